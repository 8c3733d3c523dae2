import type { AgentRatings, RatingBooks, UnratedCall } from '../../app/ports/ratings.ts';
import { GRADE_ORDER } from '../../domain/rating/grades.ts';
import { betweenDays } from './call-counts.ts';
import type { PgDatabase } from './database.ts';

const OF_AGENTS = `
  select r.agent_id as "agentId", a.number, c.display_name as "displayName",
    (count(*) filter (where r.how <> 'unasked'))::int as asked,
    array[${GRADE_ORDER.map((grade) => `count(*) filter (where r.grade = ${grade})`).join(', ')}]::int[] as given
  from call_ratings r join agents a on a.account_id = r.agent_id join accounts c on c.id = a.account_id
  where ${betweenDays('r.at', '$1', '$2')} group by 1, 2, 3 order by a.number`;

// A mobile number's last eleven digits are the same in every spelling.
const UNRATED = `
  select c.id as "callId", c.caller_number as "callerNumber", a.number as agent
  from calls c join queues q on q.code = c.queue and q.rating = 'keysOrMessage'
    join agents a on a.account_id = c.agent_id
  where c.result = 'answeredByAgent' and c.released_by = 'caller' and c.ended_at >= $1
    and right(regexp_replace(c.caller_number, '\\D', '', 'g'), 11) ~ '^1[3-9][0-9]{9}$'
    and not exists (select from call_ratings r where r.call_id = c.id)
    and not exists (select from citizen_messages m where m.dedupe_key = 'rating:' || c.id)
  order by c.ended_at limit $2`;

export function ratingBooks(db: PgDatabase): RatingBooks {
  return {
    async ofAgents({ from, to }) {
      return (await db.query<AgentRatings>(OF_AGENTS, [from, to])).rows;
    },
    async unrated({ endedSince, limit }, tx) {
      return (await db.on(tx).query<UnratedCall>(UNRATED, [new Date(endedSince), limit])).rows;
    },
  };
}
