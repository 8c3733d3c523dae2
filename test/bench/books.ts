import { openDatabase } from '../../src/adapters/pg/database.ts';
import { until } from '../../src/demo/poll.ts';

const WITHIN_MS = 10_000;

/** Calls that are not whole in PostgreSQL, of so many that an agent ended: what was measured must have been written. */
export async function missingInBooks(databaseUrl: string, expected: number): Promise<number> {
  const db = openDatabase(databaseUrl, { max: 1, onError: () => undefined });
  const count = async (): Promise<number> => {
    const { rows } = await db.query<{ whole: string }>(
      `select count(*) as whole from calls
       where result = 'answeredByAgent' and released_by = 'agent' and ended_at is not null and recording <> ''`,
    );
    return Number(rows[0]?.whole ?? 0);
  };
  try {
    await until('the facts', WITHIN_MS, async () => ((await count()) >= expected ? true : null)).catch(
      () => null,
    );
    return expected - (await count());
  } finally {
    await db.close();
  }
}

/** By number: when the caller came into the queue. Of the calls since then, once so many of them are written whole. */
export async function arrivals(
  databaseUrl: string,
  of: { readonly since: number; readonly calls: number },
): Promise<ReadonlyMap<string, number>> {
  const db = openDatabase(databaseUrl, { max: 1, onError: () => undefined });
  try {
    const rows = await until('the arrivals', WITHIN_MS, async () => {
      const found = await db.query<{ number: string; at: number }>(
        `select caller_number as number, (extract(epoch from queued_at) * 1000)::float8 as at from calls
         where arrived_at >= $1 and ended_at is not null and queued_at is not null`,
        [new Date(of.since)],
      );
      return found.rows.length >= of.calls ? found.rows : null;
    });
    return new Map(rows.map(({ number, at }) => [number, at]));
  } finally {
    await db.close();
  }
}
