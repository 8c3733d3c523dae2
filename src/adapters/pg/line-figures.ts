import type { LineFigures } from '../../app/ports/line-figures.ts';
import { LEAST_SATISFIED } from '../../domain/rating/grades.ts';
import type { LineCounts, ReportedCounts } from '../../domain/reporting/counts.ts';
import type { TrafficDay } from '../../domain/reporting/traffic.ts';
import { ANSWERED, betweenDays, COUNTS, INBOUND, localDay } from './call-counts.ts';
import type { PgDatabase } from './database.ts';

/** Of one line, or of all: `line = $3` is written out only when asked, so that the index on it is used. */
const OURS = (one: boolean): string => `
  with period as (
    select c.line, c.result, o.outcome, r.grade, ${ANSWERED} as answered,
      extract(epoch from c.talk_started_at - coalesce(c.queued_at, c.answered_at, c.arrived_at)) * 1000 as wait_ms
    from calls c left join call_outcomes o on o.call_id = c.id left join call_ratings r on r.call_id = c.id
    where ${INBOUND} and ${betweenDays('c.arrived_at', '$1', '$2')} ${one ? 'and c.line = $3' : ''}
  )
  select line, ${COUNTS},
    (count(*) filter (where answered and wait_ms <= 15000))::int as "in15s",
    coalesce(round(sum(greatest(wait_ms, 0)) filter (where answered)), 0)::float8 as "waitedMs",
    (count(*) filter (where answered and wait_ms is not null))::int as waits,
    count(grade)::int as rated,
    (count(*) filter (where grade >= ${LEAST_SATISFIED}))::int as satisfied
  from period group by line`;

const REPORTED_COUNTS = `(count(*) filter (where our_call is null))::int as calls,
    (count(*) filter (where our_call is null and answered))::int as answered,
    coalesce(sum(duration_ms) filter (where our_call is null and answered), 0)::float8 as "talkMs",
    (count(*) filter (where our_call is not null))::int as "alreadyCounted"`;

const REPORTED = (one: boolean): string => `
  select line, ${REPORTED_COUNTS}
  from reported_calls r
  where ${betweenDays('r.started_at', '$1', '$2')} ${one ? 'and r.line = $3' : ''} group by line`;

const TRAFFIC = `
  with ours as (
    select ${localDay('c.arrived_at')} as day, count(*)::int as calls,
      (count(*) filter (where ${ANSWERED}))::int as answered,
      (count(distinct nullif(c.caller_number, '')))::int as callers,
      (count(*) filter (where c.mode = 'TRANSITION'))::int as during,
      (count(*) filter (where c.mode in ('TRANSITION_ENDED', 'MERGED')))::int as after
    from calls c where ${INBOUND} and c.line = $3 and ${betweenDays('c.arrived_at', '$1', '$2')} group by 1
  ), told as (
    select ${localDay('m.created_at')} as day, count(*)::int as told
    from citizen_messages m where m.subject_kind = 'line' and m.subject_id = $3 and m.kind = 'retraining'
      and m.state <> 'cancelled' and ${betweenDays('m.created_at', '$1', '$2')} group by 1
  ), reported as (
    select ${localDay('r.started_at')} as day, count(*)::int as reported
    from reported_calls r where r.line = $3 and r.our_call is null
      and ${betweenDays('r.started_at', '$1', '$2')} group by 1
  )
  select day::text, coalesce(calls, 0) as calls, coalesce(answered, 0) as answered,
    coalesce(callers, 0) as callers, coalesce(during, 0) as during, coalesce(after, 0) as after,
    coalesce(told, 0) as told, coalesce(reported, 0) as "reportedByUnit"
  from ours full join told using (day) full join reported using (day) order by day`;

export function lineFigures(db: PgDatabase): LineFigures {
  return {
    async rows({ from, to }, line) {
      const values = line === null ? [from, to] : [from, to, line];
      const ours = await db.query<LineCounts & { line: string | null }>(OURS(line !== null), values);
      const reported = await db.query<ReportedCounts & { line: string }>(REPORTED(line !== null), values);
      return {
        ours: ours.rows.map(({ line: number, ...counts }) => ({ line: number, counts })),
        reported: reported.rows.map(({ line: number, ...counts }) => ({ line: number, reported: counts })),
      };
    },
    async reportedByDay({ from, to }) {
      const { rows } = await db.query<ReportedCounts & { day: string }>(
        `select ${localDay('r.started_at')}::text as day, ${REPORTED_COUNTS} from reported_calls r
         where ${betweenDays('r.started_at', '$1', '$2')} group by 1`,
        [from, to],
      );
      return rows.map(({ day, ...reported }) => ({ day, reported }));
    },
    async traffic({ from, to }, line) {
      const { rows } = await db.query<TrafficDay>(TRAFFIC, [from, to, line]);
      return rows;
    },
  };
}
