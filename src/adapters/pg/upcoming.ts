import type { UpcomingDeadline, UpcomingDeadlines } from '../../app/ports/upcoming.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const COLUMNS = `d.id, d.ticket_id as "ticketId", t.number as "ticketNumber", t.title,
  case when u.code is not null then jsonb_build_object('code', u.code, 'name', u.name) end as unit,
  d.clock, d.kind, d.level, d.state, ${iso('d.due_at')} as "dueAt"`;
const FROM = `deadlines d join tickets t on t.id = d.ticket_id left join units u on u.code = t.unit_code`;

export function upcomingDeadlines(db: PgDatabase): UpcomingDeadlines {
  return {
    list(sight, { untilMs, clock, unitCode }, page) {
      const { values, bind } = binder();
      const conditions = [
        `d.state in ('pending', 'claimed')`,
        `d.due_at < ${bind(new Date(untilMs))}`,
        ...sightConditions(sight, bind),
        ...(clock === undefined ? [] : [`d.clock = ${bind(clock)}`]),
        ...(unitCode === undefined ? [] : [`t.unit_code = ${bind(unitCode)}`]),
      ];
      const by = { at: 'd.due_at', id: 'd.id', order: 'oldestFirst' } as const;
      return readPage<UpcomingDeadline>(db, { columns: COLUMNS, from: FROM, conditions, values, by }, page);
    },
  };
}
