import type { QueueFigures } from '../../app/ports/queue-figures.ts';
import { type QueueVisits, VISIT_ENDS } from '../../domain/reporting/queue-visits.ts';
import { betweenDays } from './call-counts.ts';
import type { PgDatabase } from './database.ts';

const VISITS = `
  with visits as (
    select v.queue, v.entered_at, v.left_at,
      coalesce(v.how, case when c.ended_at is null then 'waiting' else 'untold' end) as how
    from call_queue_visits v join calls c on c.id = v.call_id
    where ${betweenDays('v.entered_at', '$1', '$2')}
  )
  select queue, count(*)::int as offered,
    ${VISIT_ENDS.map((end) => `(count(*) filter (where how = '${end}'))::int as "${end}"`).join(', ')},
    coalesce(round(sum(extract(epoch from left_at - entered_at) * 1000) filter (where how = 'answered')), 0)::float8
      as "waitedMs"
  from visits group by queue order by queue`;

const CALLS = `
  select count(distinct v.call_id)::int as calls,
    (count(distinct v.call_id) filter (where v.how = 'answered'))::int as answered
  from call_queue_visits v where ${betweenDays('v.entered_at', '$1', '$2')}`;

export function queueFigures(db: PgDatabase): QueueFigures {
  return {
    async visits({ from, to }) {
      const { rows } = await db.query<QueueVisits>(VISITS, [from, to]);
      return rows;
    },
    async calls({ from, to }) {
      const { rows } = await db.query<{ calls: number; answered: number }>(CALLS, [from, to]);
      return rows[0] ?? { calls: 0, answered: 0 };
    },
  };
}
