import type { TicketNoticeBook, TicketNoticeView, WaitingTicket } from '../../app/ports/ticket-notices.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { UnitLoad } from '../../domain/messages/unit-digest.ts';
import { WORKED_ON } from '../../domain/tickets/parts/part-table.ts';
import { REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { iso, ms } from './sql-instants.ts';
import { REPLY } from './ticket-reply.ts';
import { binder, sightConditions } from './ticket-sight.ts';

/** Two workers at once would tell a ticket's lines out of order. */
const TELLING_LOCK = 1_234_500_033;

const due = (clock: string, what: string): string =>
  `(select ${what} from deadlines d where d.ticket_id = t.id and d.clock = '${clock}' and d.kind = 'overdue'
    and d.state <> 'cancelled')`;

/** Assisting units whose parts line e took back; what a unit gave to its own people is its own business. */
const PART_UNITS = `(select coalesce(jsonb_agg(distinct p.unit_code), '[]') from ticket_parts p
  join ticket_part_events pe on pe.part_id = p.id and pe.move = 'withdraw' and pe.at = e.at
    and pe.words = 'ticket: ' || e.type
  where p.ticket_id = t.id and p.kind = 'assist' and p.unit_code is distinct from t.unit_code)`;

/** Assisting units that have work of ticket t in hand: who presses it presses them. */
const HELPERS = `(select coalesce(jsonb_agg(distinct p.unit_code), '[]') from ticket_parts p
  where p.ticket_id = t.id and p.kind = 'assist' and p.state in (${WORKED_ON.map((state) => `'${state}'`).join(', ')})
    and p.unit_code is distinct from t.unit_code)`;
/** The how manieth time that the hotline or the program presses the unit of line e. */
const NTH_URGE = `(select count(*)::integer from ticket_events o where o.ticket_id = t.id and o.seq <= e.seq
  and o.type = 'urged' and o.body ->> 'unitCode' = e.body ->> 'unitCode')`;

/**
 * To note who was told names the ticket, for which it must not be somebody's. One that is waits for the next round: all that are
 * told in this one, and the round itself, would wait with it.
 */
const WAITING = `
  with quiet as (select ticket_id, min(at) as since from ticket_notices_due
    group by ticket_id having max(at) <= $1
  ), w as (
    select q.ticket_id, q.since from quiet q join tickets free on free.id = q.ticket_id
    order by q.since, q.ticket_id limit $2 for key share of free skip locked
  )
  select t.id,
    jsonb_build_object('number', t.number, 'type', t.type, 'urgency', t.urgency, 'confidential', t.confidential or
        t.listed_only, 'anonymous', t.anonymous, 'citizenNumber', t.citizen_number, 'unitCode', t.unit_code,
      'unitName', u.name, 'citizenDueAt', ${due('citizen', ms('d.due_at'))}, 'unitDueAt', ${due('unit', ms('d.due_at'))},
      'provisional', coalesce(${due('citizen', 'd.provisional')}, false), 'reply', ${REPLY}) as ticket,
    (select jsonb_agg(jsonb_build_object('eventId', e.id, 'at', ${ms('e.at')}, 'type', e.type, 'fromState',
        e.from_state, 'toState', e.to_state, 'body', e.body, 'formerUnit', (select p.body ->> 'unitCode' from ticket_events p
          where p.ticket_id = t.id and p.seq < e.seq and p.to_state is not null and p.body ? 'unitCode'
          order by p.seq desc limit 1), 'partUnits', ${PART_UNITS})
        || case when e.type in ('urged', 'citizenUrged') then jsonb_build_object('helpers', ${HELPERS}, 'nthUrge', ${NTH_URGE})
          else '{}' end order by e.seq)
      from ticket_notices_due n join ticket_events e on e.id = n.event_id where n.ticket_id = t.id) as lines
  from w join tickets t on t.id = w.ticket_id left join units u on u.code = t.unit_code order by w.since, t.id`;

/** A unit has these; its clock runs. */
export const WITH_UNIT = `('dispatched', 'signedFor', 'returned', 'inContact', 'handling', 'longTerm')`;

const warnedAt = (level: number): string =>
  `(select w.due_at from deadlines w where w.ticket_id = t.id and w.clock = 'unit' and w.kind = 'warning' and w.level = ${level})`;
/** $1 now, $2 how many numbers. */
const LOADS = `
  select unit_code as "unitCode", count(*) filter (where due_at <= $1)::integer as overdue,
    count(*) filter (where due_at > $1 and at80 <= $1)::integer as past80,
    count(*) filter (where due_at > $1 and at80 > $1)::integer as past50,
    (array_agg(number order by due_at, number))[1:$2] as numbers
  from (select t.unit_code, t.number, d.due_at, ${warnedAt(50)} as at50, ${warnedAt(80)} as at80 from tickets t
    join deadlines d on d.ticket_id = t.id and d.clock = 'unit' and d.kind = 'overdue' and d.state <> 'cancelled'
    where t.state in ${WITH_UNIT} and t.unit_code is not null and ${REAL}) pressing
  where at50 <= $1 group by unit_code order by unit_code`;

const OF_TICKET = `
  select ${iso('e.at')} as at, n.audience, n.unit_code as "unitCode", n.kind, n.outcome, ${iso('n.decided_at')} as "decidedAt",
    (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'state', m.state, 'driver', m.driver,
        'proof', m.proof, 'textHash', m.text_hash, 'failure', m.failure, 'finishedAt', ${iso('m.finished_at')})
        order by m.created_at, m.id), '[]')
      from citizen_messages m where m.subject_kind = 'ticket' and m.subject_id = n.ticket_id::text
        and starts_with(m.dedupe_key, 'ticketStep:' || n.event_id || ':' || n.audience || coalesce(':' || n.unit_code, ''))) as messages
  from ticket_notices n join ticket_events e on e.id = n.event_id
  where n.ticket_id = $1::uuid order by e.seq desc, n.audience`;

export function ticketNoticeBooks(db: PgDatabase): TicketNoticeBook {
  const phones = async (which: 'notices' | 'leader', unitCode: string, tx: Transaction) => {
    const { rows } = await db.on(tx).query<{ number: string }>(
      `select number from unit_phones where unit_code = $1 and ${which} and removed_at is null
       order by added_at, id`,
      [unitCode],
    );
    return rows.map(({ number }) => number);
  };
  return {
    async lockTelling(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [TELLING_LOCK]);
      return rows[0]?.mine === true;
    },

    async waiting(before, limit, tx) {
      return (await db.on(tx).query<WaitingTicket>(WAITING, [new Date(before), limit])).rows;
    },

    async decided(eventIds, notices, at, tx) {
      await db.on(tx).query(
        `with told as (delete from ticket_notices_due where event_id = any ($1::uuid[]))
         insert into ticket_notices (event_id, ticket_id, audience, unit_code, kind, outcome, decided_at)
         select "eventId", "ticketId", audience, "unitCode", kind, outcome, $3
         from jsonb_to_recordset($2::jsonb) as n("eventId" uuid, "ticketId" uuid, audience text,
           "unitCode" text, kind text, outcome text)
         on conflict do nothing`,
        [eventIds, JSON.stringify(notices), new Date(at)],
      );
    },

    contacts: (unitCode, tx) => phones('notices', unitCode, tx),
    leaders: (unitCode, tx) => phones('leader', unitCode, tx),

    async writtenLately(unitCode, since, tx) {
      const { rows } = await db.on(tx).query<{ n: number }>(
        `select count(*)::integer as n from ticket_notices
         where unit_code = $1 and kind = 'unitWork' and outcome = 'queued' and decided_at > $2`,
        [unitCode, new Date(since)],
      );
      return rows[0]?.n ?? 0;
    },

    async loads(now, numbersAtMost) {
      return (await db.query<UnitLoad>(LOADS, [new Date(now), numbersAtMost])).rows;
    },

    async ofTicket(ticketId, sight) {
      const { values, bind } = binder();
      const conditions = [`t.id = ${bind(ticketId)}::uuid`, ...sightConditions(sight, bind)];
      const seen = await db.query(`select from tickets t where ${conditions.join(' and ')}`, values);
      if (seen.rowCount === 0) return null;
      return (await db.query<TicketNoticeView>(OF_TICKET, [ticketId])).rows;
    },
  };
}
