declare const opaque: unique symbol;

/** One all-or-nothing piece of work against the database. Opaque here: only `adapters/pg` knows what it holds. */
export interface Transaction {
  readonly [opaque]: true;
}

export interface Database {
  /**
   * Commits when `work` resolves, rolls back when it rejects. Rejects with `DatabaseAway` when there is none. `work` runs
   * again from its beginning when another transaction was in its way: what it does outside the database it may do twice.
   */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

export class DatabaseAway extends Error {
  readonly code: 'database.away' | 'database.contended' = 'database.away';
}

/** It is there, and undid this work each time for the sake of others: to a job no different, to a person no outage. */
export class DatabaseContended extends DatabaseAway {
  override readonly code = 'database.contended';
}

/** It takes longer than may be spent on it, or too many ask at once: another question, or the same one later, is answered. */
export class DatabaseSlow extends Error {
  readonly code = 'database.slow';
}
