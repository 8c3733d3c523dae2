import { HOUR_MS } from './restriction.ts';

/**
 * Calls of limited numbers that reached a person within the last hour. One writer: call control. Refused calls do not
 * count, so a number has never more entries than its limit allows.
 */
export class CallerHours {
  readonly #reached = new Map<string, number[]>();

  /** `number` in the one spelling. */
  count(number: string, nowMs: number): number {
    return this.#lastHour(number, nowMs).length;
  }

  /** The moments that now count for the number, to be kept. */
  add(number: string, nowMs: number): readonly number[] {
    const moments = [...this.#lastHour(number, nowMs), nowMs];
    this.#reached.set(number, moments);
    return moments;
  }

  /** One that was counted at this moment counts no more. The moments that are left. */
  remove(number: string, atMs: number): readonly number[] {
    const moments = [...(this.#reached.get(number) ?? [])];
    const at = moments.indexOf(atMs);
    if (at >= 0) moments.splice(at, 1);
    if (moments.length === 0) this.#reached.delete(number);
    else this.#reached.set(number, moments);
    return moments;
  }

  /** What an earlier process kept. A moment that the clock has not reached yet is none. */
  restore(number: string, moments: readonly number[], nowMs: number): void {
    const sane = moments.filter((at) => Number.isFinite(at) && at <= nowMs);
    this.#reached.set(number, sane);
  }

  /** Numbers that have nothing left within the hour; they are forgotten. */
  forget(nowMs: number): readonly string[] {
    const gone = [...this.#reached.keys()].filter((number) => this.count(number, nowMs) === 0);
    for (const number of gone) this.#reached.delete(number);
    return gone;
  }

  #lastHour(number: string, nowMs: number): readonly number[] {
    return (this.#reached.get(number) ?? []).filter((at) => at > nowMs - HOUR_MS);
  }
}
