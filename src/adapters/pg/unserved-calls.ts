import type { EasedCalls, UnservedCall, UnservedCalls } from '../../app/ports/unserved-calls.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

/** Nobody waits longer: a call without an end that is older ended where nobody told it. */
const WAITS_AT_MOST = `interval '6 hours'`;
const QUEUE = `coalesce((select q.name from queues q where q.code = w.body->'queues'->>-1), w.body->'queues'->>-1, '')`;

export function unservedCalls(db: PgDatabase): UnservedCalls {
  return {
    async waiting(reasonSince) {
      const { rows } = await db.query<UnservedCall>(
        `select c.id as "callId", ${QUEUE} as queue, w.body->>'reason' as reason, w.body->>'reasonEn' as "reasonEn",
           ${ms('c.queued_at')} as "waitsSince"
         from calls c join lateral (
           select f.body, f.at from call_facts f where f.call_id = c.id and f.type = 'waitExplained'
           order by f.at desc, f.seq desc limit 1) w on true
         where c.ended_at is null and c.direction = 'inbound' and c.queued_at is not null
           and c.arrived_at > $1::timestamptz - ${WAITS_AT_MOST}
           and w.at <= $1 and w.body->>'why' in ('nobodySignedIn', 'nobodyWithSkill')
           and exists (select from call_queue_visits v where v.call_id = c.id and v.left_at is null)
         order by c.queued_at`,
        [new Date(reasonSince)],
      );
      return rows;
    },

    async eased(since) {
      const { rows } = await db.query<EasedCalls>(
        `select (count(*) over ())::integer as count, ${QUEUE} as queue, w.body->>'reason' as reason
         from calls c join call_facts w on w.call_id = c.id and w.type = 'askEased' and w.at >= $1
         where c.arrived_at > $1::timestamptz - ${WAITS_AT_MOST}
         order by w.at desc, w.seq desc limit 1`,
        [new Date(since)],
      );
      return rows[0] ?? null;
    },
  };
}
