import type { TicketPhotoBook, TicketPhotoView } from '../../app/ports/ticket-photos.ts';
import type { PgDatabase } from './database.ts';
import { iso } from './sql-instants.ts';

const PHOTO = `p.id, p.name, p.media_type as "mediaType", encode(sha256(p.bytes), 'hex') as sha256`;

export function ticketPhotoBooks(db: PgDatabase): TicketPhotoBook {
  return {
    async add({ id, ticketId, name, mediaType, bytes, by, unitCode, at }, tx) {
      const { rows } = await db.on(tx).query<{ sha256: string }>(
        `insert into ticket_photos as p (id, ticket_id, name, media_type, bytes, added_at, added_by, unit_code)
         values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7::uuid, $8) on conflict (id) do nothing
         returning encode(sha256(p.bytes), 'hex') as sha256`,
        [id, ticketId, name, mediaType, Buffer.from(bytes), new Date(at), by, unitCode],
      );
      return rows[0]?.sha256 ?? null;
    },

    async count(ticketId, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ n: number }>('select count(*)::integer as n from ticket_photos where ticket_id = $1::uuid', [
          ticketId,
        ]);
      return rows[0]?.n ?? 0;
    },

    async has(id, tx) {
      const { rowCount } = await db.on(tx).query('select from ticket_photos where id = $1::uuid', [id]);
      return rowCount === 1;
    },

    async list(ticketId) {
      const { rows } = await db.query<TicketPhotoView>(
        `select ${PHOTO}, ${iso('p.added_at')} as at, p.unit_code as "unitCode",
           (select display_name from accounts where id = p.added_by) as by
         from ticket_photos p where p.ticket_id = $1::uuid order by p.added_at, p.id`,
        [ticketId],
      );
      return rows;
    },

    async find(id) {
      const { rows } = await db.query<NonNullable<Awaited<ReturnType<TicketPhotoBook['find']>>>>(
        `select ${PHOTO}, p.ticket_id as "ticketId", p.bytes from ticket_photos p where p.id = $1::uuid`,
        [id],
      );
      return rows[0] ?? null;
    },
  };
}
