import type { PgDatabase } from '../../src/adapters/pg/database.ts';

/** A heap of tickets whose deadlines fall due together; the mark stands before their numbers. */
export type Stock = string;

/**
 * The marks of a ticket whose time is over, in the proportion of a bad day: both clocks' warnings, the citizen's end,
 * the first contact and the visit that were missed, and of one ticket in ten the unit's own end, which brings an order.
 */
const MARKS = `(values ('citizen', 'warning', 50), ('citizen', 'warning', 80), ('citizen', 'overdue', 100),
  ('unit', 'warning', 50), ('unit', 'warning', 80), ('unit', 'overdue', 100), ('stage', 'contact', 100))`;
const MARKS_OF_TEN = 61;

/** `count` deadlines, due evenly between `from` and `to`, in epoch milliseconds. */
export async function stockDue(db: PgDatabase, count: number, from: number, to: number): Promise<Stock> {
  const stock = `S${Date.now()}`;
  await db.query(
    `insert into tickets (id, number, type, category_code, title, content, citizen_number, state, unit_code, accepted_at,
       dispatched_at)
     select gen_random_uuid(), $1 || '-' || n, 'HELP', 'uncategorised', 't', 't', '13912345678', 'dispatched',
       (select code from units order by code limit 1), now(), now()
     from generate_series(0, $2) n`,
    [stock, Math.ceil((count * 10) / MARKS_OF_TEN) + 10],
  );
  await db.query(
    `insert into deadlines (id, ticket_id, clock, kind, level, starts_at, due_at, preset, explanation)
     select gen_random_uuid(), id, clock, kind, level, now(),
       $3::timestamptz + ($4::float8 * (row_number() over (order by nth, level, clock) - 1) / $2) * interval '1 ms',
       'jiangsu-3-5', '{}'
     from (
       select t.id, m.*, split_part(t.number, '-', 2)::integer as nth
       from tickets t cross join ${MARKS} m(clock, kind, level)
       where t.number like $1 || '-%'
         and (m.clock <> 'unit' or m.level < 100 or split_part(t.number, '-', 2)::integer % 10 = 0)
       order by nth limit $2
     ) due`,
    [stock, count, new Date(from), to - from],
  );
  return stock;
}

/** How many of them are still open. */
export async function countDue(db: PgDatabase, stock: Stock): Promise<number> {
  const { rows } = await db.query<{ open: number }>(
    `select count(*)::integer as open from deadlines d join tickets t on t.id = d.ticket_id
     where d.state in ('pending', 'claimed') and t.number like $1 || '-%'`,
    [stock],
  );
  return rows[0]?.open ?? Number.NaN;
}

export interface Outcome {
  readonly lost: number;
  readonly doubled: number;
  /** From the due time to the commit that made it known; of one that is open still, until now. */
  readonly lateMs: readonly number[];
  readonly firstAt: number;
  readonly lastAt: number;
}

export async function outcomeOf(db: PgDatabase, stock: Stock): Promise<Outcome> {
  const { rows } = await db.query<{
    lost: number;
    doubled: number;
    late: number[];
    firstAt: number;
    lastAt: number;
  }>(
    `with d as (
       select d.*, extract(epoch from case when d.state in ('pending', 'claimed') then now()
         else pg_xact_commit_timestamp(d.xmin) end) * 1000 as known
       from deadlines d join tickets t on t.id = d.ticket_id where t.number like $1 || '-%'
     ), e as (
       select d.id, (select count(*) from ticket_events v where v.ticket_id = d.ticket_id
         and v.type in ('deadlineWarning', 'deadlineOverdue', 'stageWarning', 'stageOverdue')
         and v.body ->> 'clock' = d.clock and (v.body ->> 'level')::integer = d.level) as lines from d
     )
     select (select count(*) from e where lines = 0)::integer as lost,
       (select count(*) from e where lines > 1)::integer as doubled,
       (select array_agg((known - extract(epoch from due_at) * 1000)::float8) from d) as late,
       (select min(known)::float8 from d) as "firstAt", (select max(known)::float8 from d) as "lastAt"`,
    [stock],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a count without a row');
  return { lost: row.lost, doubled: row.doubled, lateMs: row.late, firstAt: row.firstAt, lastAt: row.lastAt };
}
