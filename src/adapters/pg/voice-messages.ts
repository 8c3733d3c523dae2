import type { VoiceMessage, VoiceMessages } from '../../app/ports/voice-messages.ts';
import type { PgDatabase } from './database.ts';
import { cursorInstant, readCursor, writeCursor } from './page-cursor.ts';

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export function voiceMessageBooks(db: PgDatabase): VoiceMessages {
  return {
    async list({ open, queue }, { limit, after }) {
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const conditions = ['true'];
      if (open !== undefined) conditions.push(`(o.call_id is null) = ${bind(open)}`);
      if (queue !== undefined) conditions.push(`v.queue = ${bind(queue)}`);
      if (after !== undefined) {
        const [at, id] = readCursor(after);
        conditions.push(`(v.left_at, v.call_id) < (${bind(at)}::timestamptz, ${bind(id)}::uuid)`);
      }
      const { rows } = await db.query<VoiceMessage & { cursor: string }>(
        `select v.call_id as "callId", ${iso('v.left_at')} as "leftAt", v.queue, c.line,
           c.caller_number as "callerNumber", v.duration_ms as "durationMs", v.spoken_ms as "spokenMs", o.outcome,
           o.ticket_id as "ticketId", ${cursorInstant('v.left_at')} as cursor
         from voice_messages v join calls c on c.id = v.call_id left join call_outcomes o on o.call_id = v.call_id
         where ${conditions.join(' and ')} order by v.left_at desc, v.call_id desc limit ${bind(limit + 1)}`,
        values,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        messages: page.map(({ cursor, ...message }) => message),
        next: rows.length > limit && last !== undefined ? writeCursor(last.cursor, last.callId) : null,
      };
    },

    async recording(callId) {
      const { rows } = await db.query<{ recording: string }>(
        'select recording from voice_messages where call_id = $1',
        [callId],
      );
      return rows[0]?.recording ?? null;
    },
  };
}
