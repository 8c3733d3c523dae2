import type { RoundFailure } from '../../app/ports/job-board.ts';
import type { RoundRecord } from '../../app/ports/round-record.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';

/** A round that fails tries again within ten seconds: what has not been heard of for so long was a worker that is gone. */
const SILENT_AFTER = "interval '10 minutes'";
const WHY_AT_MOST = 1000;

const FAILING = `
  select round as name, (array_agg(failure order by last_at desc))[1] as why, ${iso('min(since)')} as since,
    ${iso('max(last_at)')} as "lastAt", sum(failures)::int as times, count(*)::int as workers
  from round_failures where last_at > $1::timestamptz - ${SILENT_AFTER}
  group by round order by min(since), round`;

export async function failingRounds(db: PgDatabase, now: number): Promise<readonly RoundFailure[]> {
  return (await db.query<RoundFailure>(FAILING, [new Date(now)])).rows;
}

/** `worker`: of this process, not of the machine, on which several may run. */
export function roundRecord(db: PgDatabase, worker: string): RoundRecord {
  return {
    async failed({ round, why, sinceMs, atMs, failures }) {
      await db.query(
        `insert into round_failures (round, worker, failure, since, last_at, failures) values ($1, $2, $3, $4, $5, $6)
         on conflict (round, worker) do update set failure = excluded.failure, since = excluded.since,
           last_at = excluded.last_at, failures = excluded.failures`,
        [round, worker, why.slice(0, WHY_AT_MOST), new Date(sinceMs), new Date(atMs), failures],
      );
    },
    async works(round) {
      await db.query('delete from round_failures where round = $1 and worker = $2', [round, worker]);
    },
    async forget() {
      await db.query('delete from round_failures where worker = $1', [worker]);
    },
    async prune(beforeMs) {
      await db.query('delete from round_failures where last_at < $1', [new Date(beforeMs)]);
    },
  };
}
