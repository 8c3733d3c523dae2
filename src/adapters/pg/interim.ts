import type { Interim, InterimBook } from '../../app/ports/interim.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

export function interimBooks(db: PgDatabase): InterimBook {
  return {
    async assign({ ticketId, unitCode, hazard, hazardDueAt, assignedAt }, tx) {
      const { rowCount } = await db.on(tx).query(
        `insert into ticket_interim (ticket_id, unit_code, state, hazard, hazard_due_at, assigned_at)
         values ($1::uuid, $2, 'hazardOpen', $3, $4, $5) on conflict do nothing`,
        [ticketId, unitCode, hazard, new Date(hazardDueAt), new Date(assignedAt)],
      );
      return rowCount === 1 ? 'assigned' : 'taken';
    },

    async of(ticketId, tx) {
      const { rows } = await db.on(tx).query<Interim & Record<string, unknown>>(
        `select ticket_id as "ticketId", unit_code as "unitCode", state, hazard, ${ms('hazard_due_at')} as "hazardDueAt",
           ${ms('assigned_at')} as "assignedAt", ${ms('hazard_removed_at')} as "hazardRemovedAt",
           ${ms('cause_fixed_at')} as "causeFixedAt", owner_unit as "ownerUnit", ${ms('settled_at')} as "settledAt"
         from ticket_interim where ticket_id = $1::uuid`,
        [ticketId],
      );
      return rows[0] ?? null;
    },

    async move(ticketId, to, at, hazardDueAt, tx) {
      await db.on(tx).query(
        `update ticket_interim set state = $2,
           hazard_removed_at = case $2 when 'hazardOpen' then null when 'causeOpen' then $3 else hazard_removed_at end,
           cause_fixed_at = case $2 when 'fulfilled' then $3::timestamptz end,
           hazard_due_at = coalesce($4::timestamptz, hazard_due_at),
           overdue_at = case when $4::timestamptz is null then overdue_at end
         where ticket_id = $1::uuid`,
        [ticketId, to, new Date(at), hazardDueAt === null ? null : new Date(hazardDueAt)],
      );
    },

    async settle(ticketId, ownerUnit, at, tx) {
      await db
        .on(tx)
        .query('update ticket_interim set owner_unit = $2, settled_at = $3 where ticket_id = $1::uuid', [
          ticketId,
          ownerUnit,
          new Date(at),
        ]);
    },

    async late(at, limit) {
      const { rows } = await db.query<{ ticketId: string }>(
        `select i.ticket_id as "ticketId" from ticket_interim i join tickets t on t.id = i.ticket_id
         where i.overdue_at is null and i.state = 'hazardOpen' and i.hazard_due_at <= $1
           and t.state not in ('closed', 'archived', 'withdrawn')
         order by i.hazard_due_at limit $2`,
        [new Date(at), limit],
      );
      return rows.map(({ ticketId }) => ticketId);
    },

    async markLate(ticketId, at, tx) {
      const { rowCount } = await db.on(tx).query(
        `update ticket_interim set overdue_at = $2
         where ticket_id = $1::uuid and overdue_at is null and state = 'hazardOpen' and hazard_due_at <= $2`,
        [ticketId, new Date(at)],
      );
      return rowCount === 1;
    },
  };
}
