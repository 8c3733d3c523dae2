import type { Log } from '../../app/ports/log.ts';
import type { CallerHoursStore } from '../../app/ports/restrictions.ts';
import { type JournalKind, type JournalTerm, KeyedJournal } from './keyed-journal.ts';

interface Reached {
  readonly number: string;
  readonly reachedMs: readonly number[];
}
const REACHED: JournalKind<Reached> = {
  name: 'callerHours',
  key: ({ number }) => number,
  parse(value) {
    const { number, reachedMs } = (value ?? {}) as Partial<Reached>;
    const isWhole = typeof number === 'string' && Array.isArray(reachedMs);
    return isWhole ? { number, reachedMs: reachedMs.filter((at) => typeof at === 'number') } : null;
  },
};

/** Numbers of citizens stand in it: the owner's alone, as everything in its folder. */
export class CallerHoursJournal implements CallerHoursStore {
  readonly #journal: KeyedJournal<Reached>;

  constructor(path: string, log: Log, term?: JournalTerm) {
    this.#journal = new KeyedJournal(path, REACHED, log, term);
  }

  read(): Promise<readonly Reached[]> {
    return this.#journal.read();
  }

  save(number: string, reachedMs: readonly number[]): void {
    this.#journal.put({ number, reachedMs });
  }

  drop(number: string): void {
    this.#journal.drop(number);
  }

  flush(): Promise<void> {
    return this.#journal.flush();
  }
}
