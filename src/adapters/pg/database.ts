import pg from 'pg';
import { type Database, DatabaseAway, type Transaction } from '../../app/ports/transaction.ts';

/** What a query factory uses: the pool, or the client of the transaction it was handed. */
export interface Queryable {
  query<R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<R>>;
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

function translate(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const lost = error instanceof Error && LOST.test(error.message);
  return AWAY.test(code) || lost ? new DatabaseAway('the database does not answer', { cause: error }) : error;
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
    ...(options.queryTimeoutMs === undefined ? {} : { query_timeout: options.queryTimeoutMs }),
  });
  // An idle client that loses its server must not take the process with it.
  let closing = false;
  pool.on('error', (error) => {
    // A connection that breaks while we close it is closed.
    if (!closing) options.onError(error);
  });

  const translated = (target: pg.Pool | pg.PoolClient): Queryable => ({
    query: async (text, values) => {
      try {
        return await target.query(text, values as unknown[] | undefined);
      } catch (error) {
        throw translate(error);
      }
    },
  });
  const whole = translated(pool);
  const clients = new WeakMap<Transaction, Queryable>();

  return {
    query: whole.query,
    on: (tx) => (tx === undefined ? whole : (clients.get(tx) ?? refuse())),
    async transact(work) {
      const client = await pool.connect().catch((error: unknown) => {
        throw translate(error);
      });
      const tx = {} as Transaction;
      clients.set(tx, translated(client));
      let broken: Error | undefined;
      // The pool listens only to idle clients; one that loses its server between two queries must not take the process.
      const onLost = (error: Error) => {
        broken = error;
      };
      client.on('error', onLost);
      try {
        await client.query('begin');
        const result = await work(tx);
        await client.query('commit');
        return result;
      } catch (error) {
        const told = translate(error);
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
    },
    close() {
      closing = true;
      return pool.end();
    },
  };
}

function refuse(): never {
  throw new Error('this transaction is over, or belongs to another database');
}
