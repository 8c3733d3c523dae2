import { addDays, instantOf, localDateOf } from '../../domain/deadlines/local-time.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { Clock } from '../ports/clock.ts';
import type { Fact, FactLog } from '../ports/facts.ts';
import type { LiveBoard, QueueTally } from '../ports/live-board.ts';
import type { TallyStore } from '../ports/tallies.ts';

export interface TallyParts {
  readonly clock: Clock;
  readonly store: TallyStore;
  readonly board: Pick<LiveBoard, 'queue' | 'queueGone'>;
}

const NOTHING = { offered: 0, answered: 0, abandoned: 0, elsewhere: 0 } as const;
type Counted = keyof typeof NOTHING;

/**
 * What each queue took today, by the local day, for screens: counted along the facts as they are told, kept across
 * restarts, begun anew at midnight. The figures that are reported are counted from the books.
 */
export class QueueTallies {
  readonly #parts: TallyParts;
  readonly #tallies = new Map<string, QueueTally>();
  #zone = 'UTC';
  #cancelMidnight: (() => void) | null = null;

  constructor(parts: TallyParts) {
    this.#parts = parts;
  }

  /** Once, before the first configuration. */
  async restore(): Promise<void> {
    for (const tally of await this.#parts.store.read()) this.#tallies.set(tally.code, tally);
  }

  useConfiguration({ queues, municipality }: Pick<Configuration, 'queues' | 'municipality'>): void {
    this.#zone = municipality.timeZone;
    const gone = new Set(this.#tallies.keys());
    for (const { code, name } of queues) {
      gone.delete(code);
      this.#put({ ...this.#today(code), name });
    }
    for (const code of gone) {
      this.#tallies.delete(code);
      this.#parts.store.drop(code);
      this.#parts.board.queueGone(code);
    }
    this.#awaitMidnight();
  }

  /** What is told goes on to `log`, and is counted. */
  counting(log: FactLog): FactLog {
    return {
      append: (fact) => {
        log.append(fact);
        this.#take(fact);
      },
      flush: () => log.flush(),
    };
  }

  stop(): void {
    this.#cancelMidnight?.();
  }

  #take(fact: Fact): void {
    if (fact.type === 'queueEntered') this.#count(fact.queue, 'offered');
    if (fact.type !== 'queueLeft') return;
    const how = fact.how === 'answered' || fact.how === 'abandoned' ? fact.how : 'elsewhere';
    this.#count(fact.queue, how);
  }

  #count(code: string, what: Counted): void {
    // A queue that the rules do not have (any more) is on no screen.
    if (!this.#tallies.has(code)) return;
    const tally = this.#today(code);
    this.#put({ ...tally, [what]: tally[what] + 1 });
  }

  #today(code: string): QueueTally {
    const day = localDateOf(this.#parts.clock.now(), this.#zone);
    const known = this.#tallies.get(code);
    return known?.day === day ? known : { code, name: known?.name ?? code, day, ...NOTHING };
  }

  #put(tally: QueueTally): void {
    this.#tallies.set(tally.code, tally);
    this.#parts.store.save(tally);
    this.#parts.board.queue(tally);
  }

  #awaitMidnight(): void {
    this.#cancelMidnight?.();
    const { clock } = this.#parts;
    const now = clock.now();
    const midnight = instantOf(addDays(localDateOf(now, this.#zone), 1), 0, this.#zone);
    this.#cancelMidnight = clock.after(Math.max(1_000, midnight - now), () => {
      for (const code of this.#tallies.keys()) this.#put(this.#today(code));
      this.#awaitMidnight();
    });
  }
}
