import type { MeasuredTalk, TalkQualityBook } from '../../app/ports/talk-quality.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';

export function talkQualityBooks(db: PgDatabase): TalkQualityBook {
  return {
    async talkedOn({ callId, leg, agentId }) {
      const { rows } = await db.query<{ his: boolean }>(
        `select agent_id is not distinct from $3::uuid as his from call_legs
         where call_id = $1::uuid and leg = $2`,
        [callId, leg, agentId],
      );
      const [row] = rows;
      return row === undefined ? 'unknown' : row.his ? 'yes' : 'no';
    },

    async add({ callId, leg, agentId, at, seconds, loss, jitterMs, roundTripMs, mos, worstMos, bad }) {
      await db.query(
        `insert into talk_quality (call_id, leg, agent_id, measured_at, seconds, loss, jitter_ms, round_trip_ms, mos, worst_mos, bad)
         values ($1::uuid, $2, $3::uuid, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (call_id, leg) do nothing`,
        [callId, leg, agentId, new Date(at), seconds, loss, jitterMs, roundTripMs, mos, worstMos, bad],
      );
    },

    async ofCall(callId) {
      const { rows } = await db.query<MeasuredTalk>(
        `select q.leg, q.agent_id as "agentId", g.number as "agentNumber", ${iso('q.measured_at')} as "measuredAt", q.seconds,
           q.loss, q.jitter_ms as "jitterMs", q.round_trip_ms as "roundTripMs", q.mos, q.worst_mos as "worstMos", q.bad
         from talk_quality q left join agents g on g.account_id = q.agent_id
         where q.call_id = $1::uuid order by q.measured_at, q.leg`,
        [callId],
      );
      return rows;
    },
  };
}
