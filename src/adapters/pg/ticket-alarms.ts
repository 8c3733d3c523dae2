import type { StandingTicketAlarm, TicketAlarms } from '../../app/ports/ticket-alarms.ts';
import { TICKET_ALARMS } from '../../domain/tickets/ticket-alarms.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

const endOf = (stage: string): string =>
  `(select jsonb_build_object('deadlineId', d.id, 'dueAt', ${ms('d.due_at')}) from deadlines d
      where d.ticket_id = t.id and d.clock = 'stage' and d.kind = '${stage}' and d.level = 100)`;

const STANDING = `
  select a.key, a.kind, jsonb_build_object('id', t.id, 'state', t.state,
    'adjudication', ${endOf('adjudicate')}, 'recheck', ${endOf('recheck')},
    'reviewOn', case when t.state = 'longTerm' then (select e.body ->> 'reviewOn' from ticket_events e
      where e.ticket_id = t.id and e.type in ('shelve', 'reviewPlan') order by e.seq desc limit 1) end) as ticket
  from alarms a join tickets t on t.id::text = a.subject
  where a.closed_at is null and a.kind = any ($1::text[])`;

export function ticketAlarmBooks(db: PgDatabase): TicketAlarms {
  return {
    async standing() {
      return (await db.query<StandingTicketAlarm>(STANDING, [TICKET_ALARMS])).rows;
    },
  };
}
