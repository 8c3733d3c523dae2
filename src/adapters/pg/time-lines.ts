import type { TimeLineProof, TimeLines } from '../../app/ports/ticket-moves.ts';
import type { PgDatabase } from './database.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const LINES = `(select coalesce(jsonb_agg(jsonb_build_object('text', ticket_event_text(e), 'hash', encode(e.hash, 'hex'))
  order by e.seq), '[]') from ticket_events e where e.ticket_id = t.id) as lines`;

export function timeLineBooks(db: PgDatabase): TimeLines {
  return {
    async proofOf(ticketId, sight) {
      const { values, bind } = binder();
      const conditions = [`t.id = ${bind(ticketId)}::uuid`, ...sightConditions(sight, bind)];
      const { rows } = await db.query<TimeLineProof>(
        `select t.number, t.version, ${LINES} from tickets t where ${conditions.join(' and ')}`,
        values,
      );
      return rows[0] ?? null;
    },

    async proofs(after, limit) {
      const { rows } = await db.query<TimeLineProof & { id: string }>(
        `select t.id, t.number, t.version, ${LINES} from tickets t where $1::uuid is null or t.id > $1::uuid
         order by t.id limit $2`,
        [after, limit],
      );
      return rows;
    },
  };
}
