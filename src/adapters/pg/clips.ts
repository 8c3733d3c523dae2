import type { Clip, ClipBook } from '../../app/ports/clips.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

const person = (column: string): string =>
  `(select json_build_object('id', id, 'displayName', display_name) from accounts where id = ${column})`;

const VIEW = `c.id, c.ticket_id as "ticketId", c.call_id as "callId", c.unit_code as "unitCode", c.purpose, c.state,
  ${person('c.asked_by')} as "askedBy", ${iso('c.asked_at')} as "askedAt", ${person('c.decided_by')} as "decidedBy",
  ${iso('c.decided_at')} as "decidedAt", c.decision, ${iso('c.until')} as until,
  case when c.from_ms is null then null
    else json_build_object('fromMs', c.from_ms, 'toMs', c.to_ms, 'muted', c.muted) end as cut`;

export function clipBooks(db: PgDatabase): ClipBook {
  return {
    async add({ id, ticketId, callId, unitCode, purpose, askedBy, askedMs }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into recording_clips (id, ticket_id, call_id, unit_code, purpose, state, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, 'asked', $6, $7)
         on conflict (ticket_id, unit_code) where state = 'asked' do nothing`,
        [id, ticketId, callId, unitCode, purpose, askedBy, new Date(askedMs)],
      );
      return rowCount === 1;
    },

    async decide(id, from, { state, by, atMs, reason, cut, untilMs }, tx) {
      const { rowCount } = await db.on(tx).query(
        `update recording_clips set state = $3, decided_by = $4, decided_at = $5, decision = $6,
           from_ms = coalesce($7, from_ms), to_ms = coalesce($8, to_ms), muted = coalesce($9::jsonb, muted),
           until = coalesce($10, until)
         where id = $1 and state = $2`,
        [
          id,
          from,
          state,
          by,
          new Date(atMs),
          reason,
          cut?.fromMs ?? null,
          cut?.toMs ?? null,
          cut === undefined ? null : JSON.stringify(cut.muted),
          untilMs === undefined ? null : new Date(untilMs),
        ],
      );
      return rowCount === 1;
    },

    async find(id) {
      const { rows } = await db.query<Clip>(`select ${VIEW} from recording_clips c where c.id = $1`, [id]);
      return rows[0] ?? null;
    },

    list({ unitCode, state, ticketId }, page) {
      const { values, bind } = binder();
      const conditions = [
        ...(unitCode === undefined ? [] : [`c.unit_code = ${bind(unitCode)}`]),
        ...(state === undefined ? [] : [`c.state = ${bind(state)}`]),
        ...(ticketId === undefined ? [] : [`c.ticket_id = ${bind(ticketId)}::uuid`]),
      ];
      const by = { at: 'c.asked_at', id: 'c.id', order: 'newestFirst' } as const;
      return readPage<Clip>(db, { columns: VIEW, from: 'recording_clips c', conditions, values, by }, page);
    },
  };
}
