import type { ForcedMove, ForcedMoveBook, ForcedMoveView } from '../../app/ports/forced-moves.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

export function forcedMoveBooks(db: PgDatabase): ForcedMoveBook {
  return {
    async add({ id, ticketId, from, to, unitCode, reason, askedBy, askedAt, expiresAt }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into forced_moves (id, ticket_id, from_state, to_state, unit_code, reason, asked_by, asked_at, expires_at, state)
         values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7::uuid, $8, $9, 'asked')
         on conflict (ticket_id) where state = 'asked' do nothing`,
        [id, ticketId, from, to, unitCode, reason, askedBy, new Date(askedAt), new Date(expiresAt)],
      );
      return rowCount === 1 ? 'added' : 'stands';
    },

    async find(id, tx) {
      const { rows } = await db.on(tx).query<ForcedMove & { readonly askedSeq: number }>(
        `select id, ticket_id as "ticketId", from_state as "from", to_state as "to", unit_code as "unitCode", reason,
           asked_by as "askedBy", ${ms('expires_at')} as "expiresAt", state,
           (select e.seq from ticket_events e where e.ticket_id = f.ticket_id and e.type = 'forceAsked'
             and e.body ->> 'force' = f.id::text) as "askedSeq"
         from forced_moves f where id = $1::uuid`,
        [id],
      );
      return rows[0] ?? null;
    },

    async decide(id, { state, by, at, words }, tx) {
      await db
        .on(tx)
        .query(
          `update forced_moves set state = $2, decided_by = $3::uuid, decided_at = $4, words = $5 where id = $1::uuid`,
          [id, state, by, new Date(at), words],
        );
    },

    async expired(at, limit) {
      const { rows } = await db.query<{ id: string }>(
        `select id from forced_moves where state = 'asked' and expires_at <= $1 order by expires_at limit $2`,
        [new Date(at), limit],
      );
      return rows;
    },

    list({ state, ticketId }, sight, page) {
      const { values, bind } = binder();
      const conditions = sightConditions(sight, bind);
      if (state !== undefined) conditions.push(`f.state = ${bind(state)}`);
      if (ticketId !== undefined) conditions.push(`f.ticket_id = ${bind(ticketId)}::uuid`);
      const list = {
        columns: `f.id, f.ticket_id as "ticketId", t.number as "ticketNumber", f.from_state as "from", f.to_state as "to",
          f.unit_code as "unitCode", f.reason, f.state, f.asked_by as "askedById", a.display_name as "askedBy", ${iso('f.asked_at')} as "askedAt",
          ${iso('f.expires_at')} as "expiresAt", d.display_name as "decidedBy", ${iso('f.decided_at')} as "decidedAt", f.words`,
        from: `forced_moves f join tickets t on t.id = f.ticket_id join accounts a on a.id = f.asked_by
          left join accounts d on d.id = f.decided_by`,
        ...{ conditions, values },
        by: { at: 'f.asked_at', id: 'f.id', order: 'newestFirst' },
      } as const;
      return readPage<ForcedMoveView>(db, list, page);
    },
  };
}
