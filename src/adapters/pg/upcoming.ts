import type { UpcomingDeadline, UpcomingDeadlines } from '../../app/ports/upcoming.ts';
import type { PgDatabase } from './database.ts';

const UPCOMING = `
  select d.id, d.ticket_id as "ticketId", t.number as "ticketNumber", t.title,
    case when u.code is not null then jsonb_build_object('code', u.code, 'name', u.name) end as unit,
    d.clock, d.kind, d.level, d.state,
    to_char(d.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dueAt"
  from deadlines d
  join tickets t on t.id = d.ticket_id
  left join units u on u.code = t.unit_code
  where d.state in ('pending', 'claimed') and d.due_at < $1
    and ($2 = 'all' or ($2 = 'unit' and t.unit_code = $3))
    and (not t.confidential or $4 = 'all' or t.created_by = $5::uuid or t.unit_code = $3)
  order by d.due_at, d.id limit $6`;

export function upcomingDeadlines(db: PgDatabase): UpcomingDeadlines {
  return {
    async list({ scope, unitCode, confidential, accountId }, untilMs, limit) {
      const { rows } = await db.query<UpcomingDeadline>(UPCOMING, [
        new Date(untilMs),
        scope,
        unitCode,
        confidential,
        accountId,
        limit,
      ]);
      return rows;
    },
  };
}
