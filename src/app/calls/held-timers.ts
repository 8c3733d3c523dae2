import type { CallCommand } from '../../domain/calls/call-command.ts';
import type { Clock } from '../ports/clock.ts';
import type { LiveCall } from './call-book.ts';

type TimerCommand = Extract<CallCommand, { readonly kind: 'timer' }>;

/** A switch that is not found for so long is not waited for: timers alone lead the calls on then. */
const FOUND_AT_LATEST_MS = 60_000;

/**
 * Timers of calls that are taken up again run when the switch has told what happened meanwhile: before, a telephone that
 * was answered while nobody served would be taken for one that nobody answered. Modes: holding -> let go.
 */
export class HeldTimers {
  readonly #clock: Clock;
  readonly #start: (live: LiveCall, timer: TimerCommand) => void;
  #held: { readonly live: LiveCall; readonly timer: TimerCommand; readonly sinceMs: number }[] = [];
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, start: (live: LiveCall, timer: TimerCommand) => void) {
    this.#clock = clock;
    this.#start = start;
  }

  hold(live: LiveCall, timer: TimerCommand): void {
    this.#held.push({ live, timer, sinceMs: this.#clock.now() });
    this.#cancel ??= this.#clock.after(FOUND_AT_LATEST_MS, () => this.letGo());
  }

  /** Calls that have moved on since have a timer of their own. */
  letGo(): void {
    this.stop();
    const held = this.#held;
    this.#held = [];
    const nowMs = this.#clock.now();
    for (const { live, timer, sinceMs } of held) {
      if (live.call.epoch !== timer.epoch) continue;
      this.#start(live, { ...timer, afterMs: Math.max(0, timer.afterMs - (nowMs - sinceMs)) });
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
