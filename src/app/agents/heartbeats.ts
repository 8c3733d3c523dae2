import type { Clock } from '../ports/clock.ts';

/** Desks show life every 30 s; without one for this long the agent is signed out. */
export const SILENCE_MS = 120_000;
/** The API says every 15 s that words of desks can reach us; beyond this they cannot. */
export const WAY_OPEN_MS = 45_000;

/**
 * Which desks fell silent. Modes: way shut (Redis or the API is away: nobody can be heard, so nobody's silence counts)
 * <-> way open (silence is counted anew from the moment the way opened). One timer a desk, moved by each beat; no wall
 * clock, so that a corrected one signs nobody out.
 */
export class Heartbeats {
  readonly #clock: Clock;
  readonly #onSilent: (agentId: string) => void;
  readonly #expected = new Map<string, (() => void) | null>();
  #shut: (() => void) | null = null;

  constructor(clock: Clock, onSilent: (agentId: string) => void) {
    this.#clock = clock;
    this.#onSilent = onSilent;
  }

  expect(agentId: string): void {
    if (!this.#expected.has(agentId)) this.#listen(agentId);
  }

  forget(agentId: string): void {
    this.#expected.get(agentId)?.();
    this.#expected.delete(agentId);
  }

  heard(agentId: string): void {
    this.wayOpen();
    if (this.#expected.has(agentId)) this.#listen(agentId);
  }

  /** A word of the API got through, whoever's it was. */
  wayOpen(): void {
    const wasShut = this.#shut === null;
    this.#shut?.();
    this.#shut = this.#clock.after(WAY_OPEN_MS, () => {
      this.#shut = null;
      for (const agentId of this.#expected.keys()) this.#cancel(agentId);
    });
    if (wasShut) for (const agentId of this.#expected.keys()) this.#listen(agentId);
  }

  /** Looked at, but could not be acted upon: the desk has the same time again. */
  again(agentId: string): void {
    if (this.#expected.has(agentId)) this.#listen(agentId);
  }

  stop(): void {
    this.#shut?.();
    for (const agentId of this.#expected.keys()) this.#cancel(agentId);
  }

  #listen(agentId: string): void {
    this.#cancel(agentId);
    if (this.#shut === null) return;
    const cancel = this.#clock.after(SILENCE_MS, () => {
      this.#expected.set(agentId, null);
      this.#onSilent(agentId);
    });
    this.#expected.set(agentId, cancel);
  }

  #cancel(agentId: string): void {
    this.#expected.get(agentId)?.();
    this.#expected.set(agentId, null);
  }
}
