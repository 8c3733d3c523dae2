import type { VoiceMessage, VoiceMessages } from '../../app/ports/voice-messages.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export function voiceMessageBooks(db: PgDatabase): VoiceMessages {
  return {
    async list({ open, queue }, page) {
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const conditions: string[] = [];
      if (open !== undefined) conditions.push(`(o.call_id is null) = ${bind(open)}`);
      if (queue !== undefined) conditions.push(`v.queue = ${bind(queue)}`);
      const list = {
        columns: `v.call_id as "callId", ${iso('v.left_at')} as "leftAt", v.queue, c.line,
          c.caller_number as "callerNumber", v.duration_ms as "durationMs", v.spoken_ms as "spokenMs", o.outcome,
          o.ticket_id as "ticketId"`,
        from: `voice_messages v join calls c on c.id = v.call_id
          left join call_outcomes o on o.call_id = v.call_id`,
        ...{ conditions, values },
        by: { at: 'v.left_at', id: 'v.call_id', order: 'newestFirst' },
      } as const;
      const { rows: messages, next } = await readPage<VoiceMessage>(db, list, page);
      return { messages, next };
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
