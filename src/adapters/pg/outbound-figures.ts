import type { OutboundFigures, PurposeTally } from '../../app/ports/outbound-figures.ts';
import { betweenDays, INBOUND } from './call-counts.ts';
import type { PgDatabase } from './database.ts';

const CALLS_IN = `select count(*)::int as calls from calls c
  where ${INBOUND} and ${betweenDays('c.arrived_at', '$1', '$2')}`;

const REACHED = `(c.talk_started_at is not null and coalesce(c.dial_outcome, 'reached') = 'reached')`;
const lasted = (from: string, to: string): string => `extract(epoch from ${to} - ${from}) * 1000`;
const sum = (of: string, where = 'true'): string =>
  `coalesce(round(sum(${of}) filter (where ${where})), 0)::float8`;

const DIALS = `select c.purpose, count(*)::int as dials, (count(*) filter (where ${REACHED}))::int as reached,
    ${sum(lasted('c.arrived_at', `case when ${REACHED} then c.talk_started_at else c.ended_at end`))} as "ringMs",
    ${sum(lasted('c.talk_started_at', 'c.ended_at'), REACHED)} as "talkMs"
  from calls c
  where c.direction = 'outbound' and c.ended_at is not null and ${betweenDays('c.arrived_at', '$1', '$2')}
  group by c.purpose order by c.purpose`;

export function outboundFigures(db: PgDatabase): OutboundFigures {
  return {
    async callsIn({ from, to }) {
      return (await db.query<{ calls: number }>(CALLS_IN, [from, to])).rows[0]?.calls ?? 0;
    },
    async dials({ from, to }) {
      return (await db.query<PurposeTally>(DIALS, [from, to])).rows;
    },
  };
}
