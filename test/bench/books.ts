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
