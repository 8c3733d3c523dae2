import { DatabaseSlow } from '../../app/ports/transaction.ts';
import type { PgDatabase, Queryable } from './database.ts';

export interface Bounds {
  /** What a statement may take, with what it waits for of others. */
  readonly statementMs: number;
  /** Statements under way at a time; the next waits for its turn, and this long. */
  readonly atOnce: number;
  readonly waitMs: number;
}

/**
 * The same database for whoever asks without an account: PostgreSQL itself ends what takes too long, and whatever the public
 * asks, it holds so many connections and no more; the others are for those who have a citizen on the line. What is ended, or gets
 * no turn, rejects with `DatabaseSlow`.
 */
export function boundedDatabase(db: PgDatabase, { statementMs, atOnce, waitMs }: Bounds): PgDatabase {
  const turns = new Turns(atOnce, waitMs);
  const bounded: Queryable = {
    async query(text, values, prepared) {
      await turns.take();
      try {
        return await db.transact(async (tx) => {
          const on = db.on(tx);
          await on.query(`set local statement_timeout = ${statementMs}`);
          return on.query(text, values, prepared);
        });
      } finally {
        turns.give();
      }
    },
  };
  return { ...db, query: bounded.query, on: (tx) => (tx === undefined ? bounded : db.on(tx)) };
}

/** free -> all taken -> a line of those who wait, the first to come the first to go; who waited too long leaves it. */
class Turns {
  #free: number;
  readonly #waitMs: number;
  readonly #line = new Set<() => void>();

  constructor(atOnce: number, waitMs: number) {
    this.#free = atOnce;
    this.#waitMs = waitMs;
  }

  take(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#line.delete(go);
        reject(new DatabaseSlow('too many ask at once'));
      }, this.#waitMs);
      this.#line.add(go);
    });
  }

  give(): void {
    const [next] = this.#line;
    if (next === undefined) this.#free += 1;
    else {
      this.#line.delete(next);
      next();
    }
  }
}
