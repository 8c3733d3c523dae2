import type { CallbackStore } from '../../app/ports/callback-store.ts';
import type { Log } from '../../app/ports/log.ts';
import type { Callback } from '../../domain/callbacks/callback.ts';
import { CALLBACK_TABLE } from '../../domain/callbacks/callback-table.ts';
import { type JournalKind, type JournalTerm, KeyedJournal } from './keyed-journal.ts';

const CALLBACKS: JournalKind<Callback> = {
  name: 'callbacks',
  key: ({ id }) => id,
  parse(value) {
    const { id, number, queue, state, rule } = (value ?? {}) as Partial<Callback>;
    const whole = typeof id === 'string' && typeof number === 'string' && typeof queue === 'string';
    return whole && rule !== undefined && state !== undefined && state in CALLBACK_TABLE
      ? (value as Callback)
      : null;
  },
};

/** Callbacks that are not over, on the local disk. */
export class CallbackJournal implements CallbackStore {
  readonly #journal: KeyedJournal<Callback>;

  constructor(path: string, log: Log, term?: JournalTerm) {
    this.#journal = new KeyedJournal(path, CALLBACKS, log, term);
  }

  read(): Promise<readonly Callback[]> {
    return this.#journal.read();
  }

  save(callback: Callback): void {
    this.#journal.put(callback);
  }

  remove(id: string): void {
    this.#journal.drop(id);
  }

  flush(): Promise<void> {
    return this.#journal.flush();
  }
}
