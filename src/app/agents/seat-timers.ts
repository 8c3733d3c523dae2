import { PHONE_BLINK_MS, PHONE_GRACE_MS } from '../../domain/agents/presence.ts';
import { trialOf } from '../../domain/agents/trial.ts';
import type { Clock } from '../ports/clock.ts';
import type { Seat } from './seat.ts';

const TIMERS = ['wrapUpTimer', 'limitTimer', 'graceTimer', 'trialTimer', 'blinkTimer'] as const;

export interface TimesUp {
  wrapUpOver(seat: Seat, callId: string | null): void;
  /** A break is longer than its limit from now on. */
  overLimit(seat: Seat): void;
  phoneAway(seat: Seat): void;
  trialDue(seat: Seat): void;
  /** The phone that rings, or rang, for this call has been away for longer than a blink. */
  ringingPhoneAway(seat: Seat, callId: string): void;
}

/** What falls due at a seat: told in the one line of events. */
export class SeatTimers {
  readonly #clock: Clock;
  readonly #post: (work: () => void) => void;
  readonly #timesUp: TimesUp;

  constructor(clock: Clock, post: (work: () => void) => void, timesUp: TimesUp) {
    this.#clock = clock;
    this.#post = post;
    this.#timesUp = timesUp;
  }

  /** After the state, the reason or the end of the wrap-up changed. */
  arm(seat: Seat): void {
    const { wrapUp, callId, sinceMs } = seat.presence;
    const limitMs = seat.interval?.limitMs ?? null;
    this.#set(seat, 'wrapUpTimer', wrapUp?.untilMs ?? null, () => this.#timesUp.wrapUpOver(seat, callId));
    const overAtMs = limitMs === null ? null : sinceMs + limitMs;
    const isDue = overAtMs !== null && overAtMs > this.#clock.now();
    this.#set(seat, 'limitTimer', isDue ? overAtMs : null, () => this.#timesUp.overLimit(seat));
    this.#set(seat, 'trialTimer', trialOf(seat.presence)?.atMs ?? null, () => this.#timesUp.trialDue(seat));
  }

  /** A phone that blinks is not away: the first moment counts, not the last. */
  watchPhone(seat: Seat, away: boolean): void {
    if (away && seat.graceTimer !== null) return;
    const atMs = away ? this.#clock.now() + PHONE_GRACE_MS : null;
    this.#set(seat, 'graceTimer', atMs, () => this.#timesUp.phoneAway(seat));
  }

  /** `callId`: of the call that rings at a phone that is away; null: it is there, or rings for nobody. */
  watchRinging(seat: Seat, callId: string | null): void {
    if (callId !== null && seat.blinkTimer !== null) return;
    const atMs = callId === null ? null : this.#clock.now() + PHONE_BLINK_MS;
    this.#set(seat, 'blinkTimer', atMs, () => this.#timesUp.ringingPhoneAway(seat, callId ?? ''));
  }

  stop(seat: Seat): void {
    for (const timer of TIMERS) this.#set(seat, timer, null, () => undefined);
  }

  #set(seat: Seat, timer: (typeof TIMERS)[number], atMs: number | null, due: () => void): void {
    seat[timer]?.();
    seat[timer] = null;
    if (atMs === null) return;
    seat[timer] = this.#clock.after(Math.max(0, atMs - this.#clock.now()), () => {
      seat[timer] = null;
      this.#post(due);
    });
  }
}
