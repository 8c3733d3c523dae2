import type { QueueTally } from '../../app/ports/commands.ts';
import type { Log } from '../../app/ports/log.ts';
import type { TallyStore } from '../../app/ports/tallies.ts';
import { type JournalKind, type JournalTerm, KeyedJournal } from './keyed-journal.ts';

const COUNTED = ['offered', 'answered', 'abandoned', 'elsewhere'] as const;

const TALLIES: JournalKind<QueueTally> = {
  name: 'tallies',
  key: ({ code }) => code,
  parse(value) {
    const tally = (value ?? {}) as Partial<QueueTally>;
    const { code, name, day } = tally;
    if (typeof code !== 'string' || typeof name !== 'string' || typeof day !== 'string') return null;
    return COUNTED.every((one) => Number.isSafeInteger(tally[one])) ? (tally as QueueTally) : null;
  },
};

export class TallyJournal implements TallyStore {
  readonly #journal: KeyedJournal<QueueTally>;

  constructor(path: string, log: Log, term?: JournalTerm) {
    this.#journal = new KeyedJournal(path, TALLIES, log, term);
  }

  read(): Promise<readonly QueueTally[]> {
    return this.#journal.read();
  }

  save(tally: QueueTally): void {
    this.#journal.put(tally);
  }

  drop(code: string): void {
    this.#journal.drop(code);
  }

  flush(): Promise<void> {
    return this.#journal.flush();
  }
}
