import type {
  LockedOrder,
  OrderView,
  OverdueTicket,
  RunningOrder,
  SupervisionBook,
  UnansweredOrder,
} from '../../app/ports/supervision.ts';
import { OVERDUE_LEVEL } from '../../domain/deadlines/clocks.ts';
import { CIRCULATED_STATES, type OrderMove } from '../../domain/tickets/supervision.ts';
import { REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { KEEP_TICKET, orderEffectBooks } from './order-effects.ts';
import { readPage } from './page-cursor.ts';
import { pressedTickets } from './pressed-tickets.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const VIEW = `o.id, o.number, o.ticket_id as "ticketId", t.number as "ticketNumber", t.title, o.state,
  jsonb_build_object('code', u.code, 'name', u.name) as unit, o.instrument, o.trigger, o.demand,
  o.document, o.outcome, (select p.number from supervision_orders p where p.id = o.escalates) as escalates,
  ${iso('o.issued_at')} as "issuedAt", a.display_name as "issuedBy", ${iso('o.due_at')} as "dueAt", o.explanation, o.answer,
  ${iso('o.answered_at')} as "answeredAt", o.finding, ${iso('o.finished_at')} as "finishedAt", o.effect,
  o.effect_after as "effectAfter"`;

const RUNNING = `select o.id, o.number, o.ticket_id as "ticketId", o.unit_code as "unitCode", ${ms('o.due_at')} as "dueAt",
    ${ms('coalesce(o.warn_at, o.due_at)')} as "warnAt", o.warned_at is not null as warned, o.late_at is not null as late
  from supervision_orders o where o.state = 'issued' and o.late_at is null and o.id = $1::uuid`;

/** Until $1; each branch by an index of what is to be said still. */
const DUE = `
  select o.id, ${ms('o.warn_at')} as "dueAt" from supervision_orders o
  where o.state = 'issued' and o.late_at is null and o.warned_at is null and o.warn_at <= $1
  union all
  select o.id, ${ms('o.due_at')} from supervision_orders o
  where o.state = 'issued' and o.late_at is null and o.due_at <= $1
  order by 2, 1`;

/** What a move writes beside the state and its moment: $3 the words, $4 the moment. A refused answer keeps its words. */
const SETS = {
  issue: 'demand = $3',
  answer: 'answer = $3, answered_at = $4',
  refuse: 'finding = $3',
  close: 'finding = $3, finished_at = $4',
  cancel: 'finding = $3, finished_at = $4',
} as const satisfies Record<OrderMove, string>;

const CIRCULATED = `(${CIRCULATED_STATES.map((state) => `'${state}'`).join(', ')})`;

/** An order is its unit's business: who sees the ticket by now is another unit perhaps. */
const OF_UNIT = 'o.unit_code';

export function supervisionBooks(db: PgDatabase): SupervisionBook {
  return {
    ...pressedTickets(db),
    ...orderEffectBooks(db),

    async issue(order, prefix, day, tx) {
      const { rows } = await db.on(tx).query<{ number: string }>(
        `insert into supervision_orders (id, number, ticket_id, unit_code, instrument, trigger, state, demand, issued_at,
           issued_by, due_at, moved_at, document, escalates, warn_at, explanation)
         select $1::uuid, $2 || 'DB' || $3 || '-' || lpad(nextval('supervision_number')::text, 4, '0'), $4::uuid, $5, $6,
           $7, 'issued', $8, $9, $10::uuid, $11, $9, $12::jsonb, $13::uuid, $14, $15::jsonb
         where $7 in ('person', 'unanswered', 'meetingTask') or not exists (select from supervision_orders o where o.ticket_id = $4::uuid
           and o.unit_code = $5 and o.trigger = $7 and o.state in ('issued', 'answered'))
         on conflict (escalates) do nothing returning number`,
        [
          order.id,
          prefix,
          day.replaceAll('-', ''),
          order.ticketId,
          order.unitCode,
          order.instrument,
          order.trigger,
          order.demand,
          new Date(order.issuedAt),
          order.issuedBy,
          new Date(order.dueAt),
          JSON.stringify(order.document),
          order.escalates,
          new Date(order.warnAt),
          JSON.stringify(order.explanation),
        ],
      );
      return rows[0] ?? null;
    },

    async lock(id, sight, tx) {
      const { values, bind } = binder();
      const conditions = [`o.id = ${bind(id)}::uuid`, ...sightConditions(sight, bind, OF_UNIT)];
      const { rows } = await db.on(tx).query<LockedOrder>(
        `select o.id, o.number, o.ticket_id as "ticketId", o.unit_code as "unitCode", o.state, o.instrument
         from supervision_orders o join tickets t on t.id = o.ticket_id
         where ${conditions.join(' and ')} for update`,
        values,
      );
      return rows[0] ?? null;
    },

    async move({ id }, move, to, words, at, outcome, tx) {
      await db.on(tx).query(
        `update supervision_orders set state = $2, moved_at = $4, outcome = outcome || $5::jsonb,
             ${SETS[move]} where id = $1::uuid`,
        [id, to, words, new Date(at), JSON.stringify(outcome)],
      );
      if (move === 'close') await db.on(tx).query(KEEP_TICKET, [id]);
    },

    async ordersDue(until) {
      return (await db.query<{ id: string; dueAt: number }>(DUE, [new Date(until)])).rows;
    },

    async running(id, tx) {
      const text = tx === undefined ? RUNNING : `${RUNNING} for update`;
      return (await db.on(tx).query<RunningOrder>(text, [id])).rows[0] ?? null;
    },

    async timed(id, level, at, tx) {
      const column = level === OVERDUE_LEVEL ? 'late_at' : 'warned_at';
      await db
        .on(tx)
        .query(`update supervision_orders set ${column} = $2 where id = $1::uuid`, [id, new Date(at)]);
    },

    async unanswered(nowMs, limit, id) {
      const { rows } = await db.query<UnansweredOrder>(
        `select o.id, o.number, o.ticket_id as "ticketId", o.unit_code as "unitCode", o.instrument, o.trigger
         from supervision_orders o join tickets t on t.id = o.ticket_id
           and (t.unit_code = o.unit_code or o.trigger = 'meetingTask')
         where o.state = 'issued' and o.due_at <= $1 and o.instrument <> 'notice' and ($3::uuid is null or o.id = $3::uuid)
           and not exists (select from supervision_orders n where n.escalates = o.id)
         order by o.due_at limit $2`,
        [new Date(nowMs), limit, id ?? null],
      );
      return rows;
    },

    async overdueSince(before, after, limit, one) {
      const { rows } = await db.on(one?.tx).query<OverdueTicket>(
        `select t.id as "ticketId", t.number, t.unit_code as "unitCode", ${ms('t.accepted_at')} as "acceptedAt",
           ${ms('d.due_at')} as "overdueAt"
         from tickets t join deadlines d on d.ticket_id = t.id and d.clock = 'unit' and d.kind = 'overdue'
         where t.state in ${CIRCULATED} and t.unit_code is not null and d.state = 'done' and d.due_at <= $1 and ${REAL}
           and ($2::uuid is null or t.id > $2::uuid) and ($4::uuid is null or t.id = $4::uuid)
           and not exists (select from supervision_orders o where o.ticket_id = t.id and o.unit_code = t.unit_code
             and o.trigger = 'longOverdue' and o.issued_at >= d.due_at)
         order by t.id limit $3`,
        [new Date(before), after, limit, one?.id ?? null],
      );
      return rows;
    },

    async repeats(ticketId, tx) {
      const { rows } = await db.on(tx).query<{ n: number }>(
        // Of an incident's appeals, which were one matter from the beginning, one counts.
        `select count(distinct coalesce((select i.incident_id from incident_members i
             where i.ticket_id = o.id and i.left_at is null), o.id))::integer as n
         from tickets t join tickets o on o.accepted_at <= t.accepted_at
           and (o.id = t.id or o.id in (
             select p.id from tickets p where citizen_key(t.citizen_number) <> '' and p.citizen_number <> ''
               and citizen_key(p.citizen_number) = citizen_key(t.citizen_number)
               and present_code('category', p.category_code) = present_code('category', t.category_code)
               and p.accepted_at > t.accepted_at - interval '1 year'
             union
             select other.ticket_id from thread_members own join thread_members other on other.thread_id = own.thread_id
               and other.left_at is null where own.ticket_id = t.id and own.left_at is null))
         where t.id = $1::uuid and (o.id = t.id or o.state in ('closed', 'archived') and o.day_seconds is null)`,
        [ticketId],
      );
      return rows[0]?.n ?? 0;
    },

    async list({ state, ticketId }, sight, asked) {
      const { values, bind } = binder();
      const conditions = sightConditions(sight, bind, OF_UNIT);
      if (state !== undefined) conditions.push(`o.state = ${bind(state)}`);
      if (ticketId !== undefined) conditions.push(`o.ticket_id = ${bind(ticketId)}::uuid`);
      const list = {
        columns: VIEW,
        from: `supervision_orders o join tickets t on t.id = o.ticket_id join units u on u.code = o.unit_code
          left join accounts a on a.id = o.issued_by`,
        ...{ conditions, values },
        by: { at: 'o.issued_at', id: 'o.id', order: 'newestFirst' },
      } as const;
      const { rows: orders, next } = await readPage<OrderView>(db, list, asked);
      return { orders, next };
    },
  };
}
