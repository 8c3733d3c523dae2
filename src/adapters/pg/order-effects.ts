import type { EffectTime, MeasuredOrder, OrderEffectBook } from '../../app/ports/order-effects.ts';
import { LEAST_SATISFIED } from '../../domain/rating/grades.ts';
import type { MatterCounts } from '../../domain/tickets/order-effect.ts';
import { REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';
import { unitOfLine } from './unit-of-line.ts';

const KIND = `present_code('category', t.category_code) = present_code('category', $2) and ${REAL}`;
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

/** Of order `o`. */
const TICKET_NOW = `(select jsonb_build_object('state', t.state, 'overdue',
    t.state not in ('closed', 'archived', 'withdrawn') and exists (select from deadlines d where d.ticket_id = t.id
      and d.kind = 'overdue' and d.state = 'done'))
  from tickets t where t.id = o.ticket_id)`;

/** With the move that closes it: $1 the order. */
export const KEEP_TICKET = `update supervision_orders o set ticket_at_close = ${TICKET_NOW} where o.id = $1::uuid`;

const COLUMNS = { atClose: 'effect', later: 'effect_after' } as const;
const TO_MEASURE = {
  atClose: `effect is null and finished_at <= $1 order by finished_at desc`,
  later: `effect is not null and effect_after is null and finished_at <= $1 order by finished_at`,
} as const;

const TICKETS = { atClose: 'o.ticket_at_close', later: TICKET_NOW } as const;

const takenBy = (when: EffectTime): string => `
  select o.unit_code as "unitCode", t.category_code as "categoryCode", ${ms('o.issued_at')} as "issuedAt",
    ${ms('o.finished_at')} as "finishedAt", ${TICKETS[when]} as ticket
  from supervision_orders o join tickets t on t.id = o.ticket_id
  where o.id = $1::uuid and o.finished_at is not null and o.${COLUMNS[when]} is null`;

/** Nobody's row is held while it is counted: who is at it holds the order's name. */
const TAKE = 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine';

export function orderEffectBooks(db: PgDatabase): OrderEffectBook {
  return {
    async takeToMeasure(id, when, tx) {
      const on = db.on(tx);
      const { rows } = await on.query<{ mine: boolean }>(TAKE, [`order-effect:${id}`]);
      if (rows[0]?.mine !== true) return null;
      // Read once it is ours: whoever was at it before has kept what he found.
      return (await on.query<MeasuredOrder>(takenBy(when), [id])).rows[0] ?? null;
    },

    async matterCounts(unitCode, categoryCode, { from, to }, tx) {
      const values = [unitCode, categoryCode, new Date(from), new Date(to)];
      const { rows } = await db.on(tx).query<MatterCounts>(COUNTS, values);
      const [counts] = rows;
      if (counts === undefined) throw new Error('a count without a row');
      return counts;
    },

    async keepEffect(id, when, effect, tx) {
      await db
        .on(tx)
        .query(`update supervision_orders set ${COLUMNS[when]} = $2::jsonb where id = $1::uuid`, [
          id,
          JSON.stringify(effect),
        ]);
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
