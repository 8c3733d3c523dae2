import type { FollowedTicket, FollowedTickets } from '../../app/ports/followed-tickets.ts';
import { CITIZEN_NOTES, type CitizenLine } from '../../domain/tickets/following.ts';
import { OF_CITIZENS } from './citizens-tickets.ts';
import { CLOSED_SINCE } from './closed-since.ts';
import type { PgDatabase } from './database.ts';
import { iso, ms } from './sql-instants.ts';
import { OF_REPLY, REPLY } from './ticket-reply.ts';

const due = (clock: string): string =>
  `(select ${iso('d.due_at')} from deadlines d where d.ticket_id = t.id and d.clock = '${clock}'
    and d.kind = 'overdue' and d.state <> 'cancelled')`;

const HELD = `(select jsonb_array_length(coalesce(e.body -> 'personalData', '[]')) > 0 from ticket_events e
  where e.ticket_id = t.id and e.type in ${OF_REPLY} order by e.seq desc limit 1)`;

/** Their public reason was read for what tells of a person before it was granted, as it went to the citizen in a message too. */
const EXTENSIONS = `(select coalesce(jsonb_agg(jsonb_build_object('at', ${iso('e.at')}, 'reason', e.body ->> 'publicReason',
    'dueAt', (select d ->> 'dueAt' from jsonb_array_elements(coalesce(e.body -> 'dueAt', '[]')) d
      where d ->> 'clock' = 'citizen' limit 1)) order by e.seq), '[]')
  from ticket_events e where e.ticket_id = t.id and e.type = 'extensionGranted')`;

/** His last word that it was not done: by when it is looked at, and what he was told where the result stood. */
const DISPUTE = `(select jsonb_build_object('at', ${iso('e.at')}, 'by', e.body ->> 'recheckBy',
    'answer', (select a.body ->> 'advice' from ticket_events a where a.ticket_id = t.id and a.type = 'upholdResult'
      and a.seq > e.seq order by a.seq limit 1))
  from ticket_events e where e.ticket_id = t.id and e.type = 'dispute' order by e.seq desc limit 1)`;

/** $1 the ticket's number, $2 the telephone. */
const FIND = `
  select t.id, t.number, t.state,
    case when u.code is not null then jsonb_build_object('code', u.code, 'name', u.name) end as unit,
    ${iso('t.accepted_at')} as "acceptedAt", ${due('citizen')} as "citizenDueAt", ${due('unit')} as "unitDueAt",
    ${iso(CLOSED_SINCE)} as "closedAt", case when not coalesce(${HELD}, false) then ${REPLY} end as reply,
    ${EXTENSIONS} as extensions, ${DISPUTE} as dispute
  from tickets t left join units u on u.code = t.unit_code
  where t.number = $1 and t.citizen_number <> '' and citizen_key(t.citizen_number) = citizen_key($2)
    and citizen_key($2) <> '' and not t.confidential and not t.listed_only and ${OF_CITIZENS}`;

const LINES = `
  select ${ms('at')} as at, case type when '${CITIZEN_NOTES.urge}' then 'urge' else 'add' end as wish, reason as words,
    body @> '{"piece": true}' as piece
  from ticket_events where ticket_id = $1::uuid and type = any ($2) order by seq`;

export function followedTickets(db: PgDatabase): FollowedTickets {
  return {
    async find({ number, telephone }) {
      return (await db.query<FollowedTicket>(FIND, [number, telephone])).rows[0] ?? null;
    },

    async lines(ticketId, tx) {
      return (await db.on(tx).query<CitizenLine>(LINES, [ticketId, Object.values(CITIZEN_NOTES)])).rows;
    },
  };
}
