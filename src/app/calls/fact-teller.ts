import type { CallFact } from '../../domain/calls/facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { FactLog } from '../ports/facts.ts';
import type { LiveCall } from './call-book.ts';

export interface FactParts {
  readonly clock: Clock;
  readonly facts: FactLog;
  newId(): string;
}

/** In the detail of an end that nobody saw: its time is the last at which the call was known to live. */
const TIME_ESTIMATED = 'time estimated';
const isEnd = ({ type }: CallFact): boolean =>
  type === 'legEnded' || type === 'queueLeft' || type === 'callEnded';

/** Numbers and dates what is told of a call: each fact once, none before the one that it follows. */
export class FactTeller {
  readonly #parts: FactParts;

  constructor(parts: FactParts) {
    this.#parts = parts;
  }

  /** `endedMs`: for an end that nobody saw, the last moment at which it had not come yet; null for what happens now. */
  tell(live: LiveCall, facts: readonly CallFact[], endedMs: number | null = null): void {
    const now = this.#parts.clock.now();
    for (const fact of facts) {
      const unseen = endedMs !== null && isEnd(fact);
      const estimated = unseen && fact.type === 'callEnded';
      this.tellAt(live, unseen ? Math.min(endedMs, now) : now, [
        estimated ? { ...fact, detail: `${fact.detail}, ${TIME_ESTIMATED}` } : fact,
      ]);
    }
  }

  /** Never before what was told of the call already. */
  tellAt(live: LiveCall, atMs: number, facts: readonly CallFact[]): void {
    live.toldMs = Math.max(live.toldMs, atMs);
    for (const fact of facts) {
      const { seq, toldMs } = live;
      const id = this.#parts.newId();
      this.#parts.facts.append({ id, atMs: toldMs, callId: live.call.id, seq, ...fact });
      live.seq += 1;
    }
  }
}
