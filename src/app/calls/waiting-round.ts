import type { Call } from '../../domain/calls/call.ts';
import { canBeTold } from '../../domain/calls/notice-moves.ts';
import { noticesWhileWaiting } from '../../domain/hotlines/notices-waiting.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallEngine } from './engine.ts';

/** So many begin to hear an announcement together: a hall of waiting citizens is no burden that the switch need feel. */
const AT_ONCE = 20;
const BETWEEN_MS = 250;
/** Longer than a clock's timer goes at once. */
const LONGEST_MS = 24 * 3_600_000;

/**
 * Has those who wait looked after when an incident that concerns them begins: with a configuration that brings it, or at
 * its own hour. Whom the round misses, because he is rung for just then, hears it at his next look.
 */
export class WaitingRound {
  readonly #engine: CallEngine;
  readonly #clock: Clock;
  readonly #post: (work: () => void) => void;
  #cancel: (() => void) | null = null;

  constructor(engine: CallEngine, clock: Clock, post: (work: () => void) => void) {
    this.#engine = engine;
    this.#clock = clock;
    this.#post = post;
  }

  /** Those who are concerned now; afterwards whoever is when the next announcement begins. */
  begin(): void {
    this.stop();
    const nowMs = this.#clock.rulesNow();
    const { configuration, book } = this.#engine;
    const isConcerned = (call: Call): boolean =>
      canBeTold(call, noticesWhileWaiting(configuration, call, nowMs), this.#clock.now());
    const concerned = [...book.all()].flatMap(({ call }) => (isConcerned(call) ? [call.id] : []));
    this.#engine.lookAround(concerned.slice(0, AT_ONCE));
    const beginnings = (configuration.announcements ?? []).map(({ fromMs }) => fromMs - nowMs);
    const dues = [
      ...beginnings.filter((afterMs) => afterMs > 0),
      ...(concerned.length > AT_ONCE ? [BETWEEN_MS] : []),
    ];
    if (dues.length === 0) return;
    const afterMs = Math.min(LONGEST_MS, ...dues);
    this.#cancel = this.#clock.after(afterMs, () => this.#post(() => this.begin()));
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
