import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import {
  type Database,
  DatabaseAway,
  DatabaseContended,
  DatabaseSlow,
  type Transaction,
} from '../../app/ports/transaction.ts';

/** What a query factory uses: the pool, or the client of the transaction it was handed. */
export interface Queryable {
  /** `prepared`: a name for a text that never varies; each connection parses and plans it once, and no more. */
  query<R extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
    prepared?: string,
  ): Promise<pg.QueryResult<R>>;
}

export interface PgDatabase extends Database, Queryable {
  /** The client behind a transaction, or the pool when there is none: `db.on(tx).query(...)`. */
  on(tx?: Transaction): Queryable;
  close(): Promise<void>;
}

/** Connection lost, refused, shutting down, full: SQLSTATE 08, 57P, 53300, and the socket's own codes. */
const AWAY =
  /^(08\w{3}|57P0\d|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** What the driver says without a code. */
const LOST =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Query read timeout/;

/** A statement that was ended by its own limit, or by whoever looks after the server. */
const ENDED = '57014';

function translate(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === ENDED) return new DatabaseSlow('the statement took too long', { cause: error });
  const lost = error instanceof Error && LOST.test(error.message);
  return AWAY.test(code) || lost ? new DatabaseAway('the database does not answer', { cause: error }) : error;
}

/** Two who waited for each other (40P01), or who wrote what the other had read (40001): neither was at fault. */
const CONTENDED = /^40(P01|001)$/;
const TRIES = 5;
const AGAIN_AFTER_MS = 15;

const isContended = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && CONTENDED.test(String(error.code));

/**
 * The only place that tries again what PostgreSQL undid for the sake of another transaction: all of it, from the
 * beginning, after a short and each time longer while. Whoever still loses hears what is true: not now.
 */
async function untilUncontended<T>(once: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once();
    } catch (error) {
      if (!isContended(error)) throw error;
      if (tries === TRIES) throw new DatabaseContended('others were in the way each time', { cause: error });
      await wait(tries * AGAIN_AFTER_MS * (0.5 + Math.random()));
    }
  }
}

export function openDatabase(
  url: string,
  options: {
    readonly max?: number;
    /** A statement that got no answer for this long is given up as `DatabaseAway`; without it, one waits for ever. */
    readonly queryTimeoutMs?: number;
    readonly onError: (error: Error) => void;
  },
): PgDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 3000,
    // To compile a statement pays where it reads for minutes: of three seconds of what is due among a million entries it took 2.7.
    options: '-c jit=off',
    ...(options.queryTimeoutMs === undefined ? {} : { query_timeout: options.queryTimeoutMs }),
  });
  // An idle client that loses its server must not take the process with it.
  let closing = false;
  pool.on('error', (error) => {
    // A connection that breaks while we close it is closed.
    if (!closing) options.onError(error);
  });

  const translated = (
    target: pg.Pool | pg.PoolClient,
    onFailure: (error: unknown) => void = () => undefined,
  ): Queryable => ({
    query: async (text, values, prepared) => {
      const plain = values as unknown[] | undefined;
      try {
        return await (prepared === undefined
          ? target.query(text, plain)
          : target.query({ name: prepared, text, values: plain ?? [] }));
      } catch (error) {
        onFailure(error);
        throw translate(error);
      }
    },
  });
  const single = translated(pool);
  // A statement by itself is a transaction by itself.
  const whole: Queryable = {
    query: (text, values, prepared) => untilUncontended(() => single.query(text, values, prepared)),
  };
  const clients = new WeakMap<Transaction, Queryable>();

  const attempt = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw translate(error);
    });
    const tx = {} as Transaction;
    // Whatever the work makes of it: once a statement was undone, the transaction is.
    let undone: unknown = null;
    const onFailure = (error: unknown): void => {
      if (isContended(error)) undone = error;
    };
    clients.set(tx, translated(client, onFailure));
    let broken: Error | undefined;
    // The pool listens only to idle clients; one that loses its server between two queries must not take the process.
    const onLost = (error: Error) => {
      broken = error;
    };
    client.on('error', onLost);
    try {
      await client.query('begin');
      const result = await work(tx);
      if (undone !== null) throw undone;
      await client.query('commit');
      return result;
    } catch (error) {
      const told = translate(undone ?? error);
      if (told instanceof DatabaseAway) {
        // Nobody to say `rollback` to; dropping the connection does it.
        broken = told;
      } else {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure;
        });
      }
      throw told;
    } finally {
      clients.delete(tx);
      client.off('error', onLost);
      client.release(broken);
    }
  };

  return {
    query: whole.query,
    on: (tx) => (tx === undefined ? whole : (clients.get(tx) ?? refuse())),
    transact: (work) => untilUncontended(() => attempt(work)),
    close() {
      closing = true;
      return pool.end();
    },
  };
}

function refuse(): never {
  throw new Error('this transaction is over, or belongs to another database');
}
