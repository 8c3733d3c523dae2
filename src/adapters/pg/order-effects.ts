import type { MeasuredOrder, OrderEffectBook } from '../../app/ports/order-effects.ts';
import { LEAST_SATISFIED } from '../../domain/rating/grades.ts';
import type { MatterCounts } from '../../domain/tickets/order-effect.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';
import { unitOfLine } from './unit-of-line.ts';

const KIND = `present_code('category', t.category_code) = present_code('category', $2)`;
const within = (column: string): string => `${column} >= $3 and ${column} < $4`;

/** $1 the unit, $2 the category, $3 and $4 the period. */
const COUNTS = `
  with heard as (
    select v.resolved, v.result from visit_attempts v join tickets t on t.id = v.ticket_id
    where v.outcome = 'answered' and v.unit_code = $1 and ${within('v.at')} and ${KIND}
  )
  select
    (select count(distinct e.ticket_id) from ticket_events e join tickets t on t.id = e.ticket_id
      where e.type in ('dispatch', 'coordinateAnyway', 'acceptReturn', 'handOver') and e.body ->> 'unitCode' = $1
        and ${within('e.at')} and ${KIND})::integer as appeals,
    (select count(distinct e.ticket_id) from ticket_events e join tickets t on t.id = e.ticket_id
      where e.type = 'deadlineOverdue' and e.body ->> 'clock' = 'unit' and ${within('e.at')} and ${KIND}
        and ${unitOfLine('e')} = $1)::integer as overdue,
    (select count(*) from heard)::integer as heard,
    (select count(*) from heard where resolved)::integer as resolved,
    (select count(*) from heard where result >= ${LEAST_SATISFIED})::integer as satisfied`;

const MEASURED = `
  select o.id, o.unit_code as "unitCode", t.category_code as "categoryCode", ${ms('o.issued_at')} as "issuedAt",
    ${ms('o.finished_at')} as "finishedAt", t.state as "ticketState",
    t.state not in ('closed', 'archived', 'withdrawn') and exists (select from deadlines d where d.ticket_id = t.id
      and d.kind = 'overdue' and d.state = 'done') as "ticketOverdue"
  from supervision_orders o join tickets t on t.id = o.ticket_id where o.id = $1::uuid`;

const COLUMNS = { atClose: 'effect', later: 'effect_after' } as const;
const TO_MEASURE = {
  atClose: `effect is null and finished_at <= $1 order by finished_at desc`,
  later: `effect is not null and effect_after is null and finished_at <= $1 order by finished_at`,
} as const;

export function orderEffectBooks(db: PgDatabase): OrderEffectBook {
  return {
    async measured(id) {
      return (await db.query<MeasuredOrder>(MEASURED, [id])).rows[0] ?? null;
    },

    async matterCounts(unitCode, categoryCode, { from, to }) {
      const values = [unitCode, categoryCode, new Date(from), new Date(to)];
      const { rows } = await db.query<MatterCounts>(COUNTS, values);
      const [counts] = rows;
      if (counts === undefined) throw new Error('a count without a row');
      return counts;
    },

    async keepEffect(id, when, effect) {
      const column = COLUMNS[when];
      const { rowCount } = await db.query(
        `update supervision_orders set ${column} = $2::jsonb where id = $1::uuid and ${column} is null`,
        [id, JSON.stringify(effect)],
      );
      return rowCount === 1;
    },

    async toMeasure(when, before, limit) {
      const { rows } = await db.query<{ id: string }>(
        `select id from supervision_orders where state = 'closed' and ${TO_MEASURE[when]} limit $2`,
        [new Date(before), limit],
      );
      return rows.map(({ id }) => id);
    },
  };
}
