import type { TicketEventView } from '../../app/ports/tickets.ts';
import type { CitizenToVisit, TicketToVisit, VisitBook, VisitCounts } from '../../app/ports/visits.ts';
import type { VisitOutcome } from '../../domain/callbacks/visit-attempts.ts';
import { LEAST_SATISFIED } from '../../domain/rating/grades.ts';
import { CONTACT_TALK_MS } from '../../domain/tickets/contact-proof.ts';
import { HANDLING_NOTES, handlingOf } from '../../domain/tickets/handling.ts';
import { REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { OUTCOME } from './ticket-reply.ts';
import { binder, sightConditions } from './ticket-sight.ts';
import { BEGAN, OF_THIS_VISIT } from './visit-rows.ts';

/** Lines in which a unit tells of its work (JY-11); names of the domain, none of which needs quoting. */
const TOLD = `'{handle,${Object.values(HANDLING_NOTES).join()}}'`;

const TICKET = `jsonb_build_object('id', t.id, 'number', t.number, 'version', t.version, 'type', t.type,
  'title', t.title, 'urgency', t.urgency,
  'unit', (select jsonb_build_object('code', u.code, 'name', u.name) from units u where u.code = t.unit_code),
  'reply', (select e.body ->> 'reply' from ticket_events e
    where e.ticket_id = t.id and e.type in ('reportDone', 'replyMended') order by e.seq desc limit 1),
  'outcome', ${OUTCOME}, 'told', (select coalesce(jsonb_agg(jsonb_build_object('at', ${iso('e.at')}, 'type', e.type, 'reason', e.reason,
    'body', e.body) order by e.seq), '[]') from ticket_events e where e.ticket_id = t.id and e.type = any (${TOLD})),
  'reworks', (select count(*) from ticket_events e where e.ticket_id = t.id and e.type = 'rework'),
  'waitingSince', ${iso('s.since')},
  'dueAt', (select ${iso('d.due_at')} from deadlines d where d.ticket_id = t.id and d.kind = 'visit'),
  'attempts', (select coalesce(jsonb_agg(jsonb_build_object('at', ${iso('v.at')}, 'outcome', v.outcome,
    'machine', v.by is null and v.link_id is null, 'given', jsonb_strip_nulls(jsonb_build_object('resolved', v.resolved, 'result', v.result,
    'process', v.process))) order by v.at), '[]') from visit_attempts v where ${OF_THIS_VISIT}))`;

type ToldLine = Pick<TicketEventView, 'at' | 'type' | 'reason' | 'body'>;
type CitizenRow = Omit<CitizenToVisit, 'tickets'> & {
  readonly tickets: readonly (Omit<TicketToVisit, 'handling'> & { readonly told: readonly ToldLine[] })[];
};

/** Since when ticket `t` waits, and what came of the last call of this visit. */
const WAITS = `cross join lateral (select e.at as since from ticket_events e
    where e.ticket_id = t.id and e.seq = ${BEGAN}) s
  left join lateral (select v.call_again_at as again, v.outcome from visit_attempts v
    where ${OF_THIS_VISIT} order by v.at desc limit 1) a on true`;

/** Whose turn comes when, as one instant: each rank lies a thousand years behind the one before it, and in it who waits longest comes first. */
const TURN = `min(s.since) + 365000 * interval '1 day' * (
  case when bool_or(t.urgency = 'urgent') then 0 else 4 end
  + case when coalesce(bool_or(a.outcome = 'toPerson'), false) then 0 else 2 end
  + case when bool_or(t.type in ('COMPLAINT', 'REPORT')) then 0 else 1 end)`;

/** One row a citizen; who has no number is a citizen of one ticket. His tickets are read of those only whom the page shows. */
const citizens = (conditions: readonly string[], having: readonly string[]): string =>
  `select min(t.id::text)::uuid as id, ${TURN} as turn, array_agg(t.id) as ids, max(a.again) as again
   from tickets t ${WAITS}
   where ${conditions.join(' and ')}
   group by coalesce(nullif(citizen_key(t.citizen_number), ''), t.id::text)
   ${having.length === 0 ? '' : `having ${having.join(' and ')}`}`;

const CITIZEN = `(select min(t.citizen_name) from tickets t where t.id = any (c.ids)) as "citizenName",
  (select min(t.citizen_number) from tickets t where t.id = any (c.ids)) as "citizenNumber",
  ${iso('c.again')} as "callAgainAt",
  (select jsonb_agg(${TICKET} order by s.since) from tickets t ${WAITS} where t.id = any (c.ids)) as tickets`;

export function visitBooks(db: PgDatabase): VisitBook {
  return {
    async toVisit(sight, { unitCode, urgency, type }, page) {
      const { values, bind } = binder();
      const conditions = [`t.state = 'returnVisit'`, ...sightConditions(sight, bind)];
      const of = (what: string, value: string | undefined): string[] =>
        value === undefined ? [] : [`bool_or(${what} = ${bind(value)})`];
      const having = [...of('t.unit_code', unitCode), ...of('t.urgency', urgency), ...of('t.type', type)];
      const list = {
        columns: CITIZEN,
        from: `(${citizens(conditions, having)}) c`,
        conditions: [],
        values,
        by: { at: 'c.turn', id: 'c.id', order: 'oldestFirst' },
      } as const;
      const { rows, next } = await readPage<CitizenRow>(db, list, page);
      const read = rows.map((row) => ({
        ...row,
        tickets: row.tickets.map(({ told, ...ticket }) => ({ ...ticket, handling: handlingOf(told) })),
      }));
      return { rows: read, next };
    },

    async attempts(ticketId, tx) {
      const { rows } = await db.on(tx).query<{ at: number; outcome: VisitOutcome }>(
        `select ${ms('v.at')} as at, v.outcome
         from tickets t join visit_attempts v on ${OF_THIS_VISIT} where t.id = $1::uuid order by v.at`,
        [ticketId],
      );
      return rows;
    },

    async add({ id, ticketId, at, by, outcome, unitCode, given, words, callAgainAt, callId, linkId }, tx) {
      await db.on(tx).query(
        // What came of it is written down: the contact is nobody's any more.
        `with freed as (delete from contact_claims where held_by = $4::uuid and number = (
           select citizen_key(t.citizen_number) from tickets t where t.id = $2::uuid))
         insert into visit_attempts (id, ticket_id, at, by, outcome, unit_code, resolved, result, process, words,
           call_again_at, call_id, link_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          id,
          ticketId,
          new Date(at),
          by,
          outcome,
          unitCode,
          given.resolved ?? null,
          given.result ?? null,
          given.process ?? null,
          words,
          callAgainAt === null ? null : new Date(callAgainAt),
          callId,
          linkId,
        ],
      );
    },

    async counts(from, to) {
      const { rows } = await db.query<VisitCounts>(COUNTS, [new Date(from), new Date(to)]);
      return rows;
    },
  };
}

/** How many answers there are, and of those the good ones. */
const tally = (which: string): string => `count(*) filter (where ${which})`;
const TALLIES = {
  answered: 'true',
  responded: 'responded',
  resolved: 'a.resolved',
  satisfiedResult: `a.result >= ${LEAST_SATISFIED}`,
  satisfiedProcess: `a.process >= ${LEAST_SATISFIED}`,
} as const;
const columns = Object.entries(TALLIES)
  .map(([name, which]) => `(${tally(which)})::integer as "${name}"`)
  .join(', ');
const excludedPairs = Object.entries(TALLIES)
  .map(([name, which]) => `'${name}', ${tally(`x.id is not null and ${which}`)}`)
  .join(', ');

const COUNTS = `
  select v.unit_code as "unitCode", u.name as "unitName", ${columns},
    jsonb_build_object(${excludedPairs}) as excluded,
    (${tally('v.by is null and v.link_id is null')})::integer as "byMachine",
    -- Each rating once, however many visits of its round were answered.
    count(distinct r.id)::integer as rated,
    (count(distinct r.id) filter (where (v.resolved and v.result >= 3) <> (r.resolved and r.result >= 3)))::integer as conflicts
  from visit_attempts v
    join tickets t on t.id = v.ticket_id
    left join units u on u.code = v.unit_code
    left join visit_exclusions x on x.ticket_id = v.ticket_id and x.unit_code = v.unit_code and x.state = 'excluded'
    -- A word that the independent sample took back counts as it was given there (G7).
    left join visit_samples s on s.attempt_id = v.id and s.false_content
    cross join lateral (select coalesce(s.resolved, v.resolved) as resolved, coalesce(s.result, v.result) as result,
      coalesce(s.process, v.process) as process) a
    left join lateral (select r.id, r.resolved, r.result from ticket_ratings r where r.ticket_id = v.ticket_id
      and r.round = (select count(*) from ticket_events e where e.ticket_id = v.ticket_id and e.type = 'reportDone'
        and e.at <= v.at)) r on true
    cross join lateral (select exists (select from ticket_events c where c.ticket_id = v.ticket_id
      and (c.type = 'contact' or c.type = 'citizenCalled' and (c.body ->> 'talkMs')::integer >= ${CONTACT_TALK_MS})
      and c.at >= t.dispatched_at
      and c.at <= t.dispatched_at + interval '1 day') as responded) c
  where v.outcome = 'answered' and v.at >= $1 and v.at < $2 and ${REAL}
  group by v.unit_code, u.name order by u.name nulls last`;
