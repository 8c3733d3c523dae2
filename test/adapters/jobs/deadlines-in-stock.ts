import { randomUUID } from 'node:crypto';
import type { PgDatabase } from '../../../src/adapters/pg/database.ts';

/** `count` dispatched tickets with one pending deadline each, due evenly between `from` and `to`; returns their ids. */
export async function stockDeadlines(
  db: PgDatabase,
  count: number,
  from: number,
  to: number,
): Promise<{ deadlineId: string; ticketId: string }[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    deadlineId: randomUUID(),
    ticketId: randomUUID(),
    number: `T-${randomUUID()}`,
    due: new Date(from + ((to - from) * index) / Math.max(1, count - 1)).toISOString(),
  }));
  await db.query(
    `insert into tickets (id, number, type, category_code, title, content, state, unit_code, accepted_at)
     select "ticketId", number, 'HELP', 'urban', 't', 't', 'dispatched', 'lighting', now()
     from jsonb_to_recordset($1::jsonb) as r("ticketId" uuid, number text)`,
    [JSON.stringify(rows)],
  );
  await db.query(
    `insert into deadlines (id, ticket_id, clock, kind, level, starts_at, due_at, preset, explanation)
     select "deadlineId", "ticketId", 'citizen', 'overdue', 100, now(), due, 'jiangsu-3-5', '{}'
     from jsonb_to_recordset($1::jsonb) as r("deadlineId" uuid, "ticketId" uuid, due timestamptz)`,
    [JSON.stringify(rows)],
  );
  return rows;
}

/** Of all deadlines: how many are finished, and how many have not exactly one event on the time line. */
export async function firedOnce(
  db: PgDatabase,
): Promise<{ done: number; open: number; lost: number; doubled: number }> {
  const { rows } = await db.query<{ done: number; open: number; lost: number; doubled: number }>(
    `with e as (select d.id, d.state, (select count(*) from ticket_events v where v.ticket_id = d.ticket_id
         and case
           when d.kind = 'sign' and d.level = 100 then v.type = 'signFor'
           when d.clock = 'stage' then v.type = case d.level when 100 then 'stageOverdue' else 'stageWarning' end
             and v.body ->> 'stage' = d.kind and (v.body ->> 'level')::int = d.level
           else v.type in ('deadlineOverdue', 'deadlineWarning') and (v.body ->> 'level')::int = d.level
             and v.body ->> 'clock' = d.clock
         end) as events
       from deadlines d)
     select (count(*) filter (where state = 'done'))::int as done,
       (count(*) filter (where state in ('pending', 'claimed')))::int as open,
       (count(*) filter (where state = 'done' and events = 0))::int as lost,
       (count(*) filter (where events > 1))::int as doubled from e`,
  );
  return rows[0] ?? { done: -1, open: -1, lost: -1, doubled: -1 };
}
