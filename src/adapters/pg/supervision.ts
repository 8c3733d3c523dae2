import type { LockedOrder, OrderView, SupervisionBook } from '../../app/ports/supervision.ts';
import type { OrderMove } from '../../domain/tickets/supervision.ts';
import type { PgDatabase } from './database.ts';
import { cursorInstant, readCursor, writeCursor } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const VIEW = `o.id, o.number, o.ticket_id as "ticketId", t.number as "ticketNumber", t.title, o.state,
  jsonb_build_object('code', u.code, 'name', u.name) as unit, o.instrument, o.trigger, o.demand,
  ${iso('o.issued_at')} as "issuedAt", a.display_name as "issuedBy", ${iso('o.due_at')} as "dueAt", o.answer,
  ${iso('o.answered_at')} as "answeredAt", o.finding, ${iso('o.finished_at')} as "finishedAt"`;

/** What a move writes beside the state and its moment: $3 the words, $4 the moment. A refused answer keeps its words. */
const SETS = {
  issue: 'demand = $3',
  answer: 'answer = $3, answered_at = $4',
  refuse: 'finding = $3',
  close: 'finding = $3, finished_at = $4',
  cancel: 'finding = $3, finished_at = $4',
} as const satisfies Record<OrderMove, string>;

/** An order is its unit's business: who sees the ticket by now is another unit perhaps. */
const OF_UNIT = 'o.unit_code';

export function supervisionBooks(db: PgDatabase): SupervisionBook {
  return {
    async issue(order, prefix, day, tx) {
      const { rows } = await db.on(tx).query<{ number: string }>(
        `insert into supervision_orders (id, number, ticket_id, unit_code, instrument, trigger, state, demand, issued_at,
           issued_by, due_at, moved_at)
         select $1::uuid, $2 || 'DB' || $3 || '-' || lpad(nextval('supervision_number')::text, 4, '0'), $4::uuid, $5, $6,
           $7, 'issued', $8, $9, $10::uuid, $11, $9
         where $7 = 'person' or not exists (select from supervision_orders o where o.ticket_id = $4::uuid
           and o.unit_code = $5 and o.trigger = $7 and o.state in ('issued', 'answered'))
         returning number`,
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
        ],
      );
      return rows[0] ?? null;
    },

    async lock(id, sight, tx) {
      const { values, bind } = binder();
      const conditions = [`o.id = ${bind(id)}::uuid`, ...sightConditions(sight, bind, OF_UNIT)];
      const { rows } = await db.on(tx).query<LockedOrder>(
        `select o.id, o.number, o.ticket_id as "ticketId", o.unit_code as "unitCode", o.state
         from supervision_orders o join tickets t on t.id = o.ticket_id
         where ${conditions.join(' and ')} for update`,
        values,
      );
      return rows[0] ?? null;
    },

    async move({ id }, move, to, words, at, tx) {
      await db
        .on(tx)
        .query(`update supervision_orders set state = $2, moved_at = $4, ${SETS[move]} where id = $1::uuid`, [
          id,
          to,
          words,
          new Date(at),
        ]);
    },

    async list({ state, ticketId }, sight, { limit, after }) {
      const { values, bind } = binder();
      const conditions = ['true', ...sightConditions(sight, bind, OF_UNIT)];
      if (state !== undefined) conditions.push(`o.state = ${bind(state)}`);
      if (ticketId !== undefined) conditions.push(`o.ticket_id = ${bind(ticketId)}::uuid`);
      if (after !== undefined) {
        const [at, id] = readCursor(after);
        conditions.push(`(o.issued_at, o.id) < (${bind(at)}::timestamptz, ${bind(id)}::uuid)`);
      }
      const { rows } = await db.query<OrderView & { cursor: string }>(
        `select ${VIEW}, ${cursorInstant('o.issued_at')} as cursor
         from supervision_orders o join tickets t on t.id = o.ticket_id join units u on u.code = o.unit_code
           left join accounts a on a.id = o.issued_by
         where ${conditions.join(' and ')} order by o.issued_at desc, o.id desc limit ${bind(limit + 1)}`,
        values,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        orders: page.map(({ cursor, ...order }) => order),
        next: rows.length > limit && last !== undefined ? writeCursor(last.cursor, last.id) : null,
      };
    },
  };
}
