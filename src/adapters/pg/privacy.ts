import type { Citizen, CitizenLease, CitizenViews, GrantView, PrivacyBook } from '../../app/ports/privacy.ts';
import type { PgDatabase } from './database.ts';
import { iso, ms } from './sql-instants.ts';
import { REPLY } from './ticket-reply.ts';
import { binder, sightConditions } from './ticket-sight.ts';

const ACCOUNT = `jsonb_build_object('id', a.id, 'displayName', a.display_name, 'unitCode', a.unit_code) as account`;
const named = (column: string): string => `(select display_name from accounts where id = ${column})`;

export function privacyBooks(db: PgDatabase): PrivacyBook {
  return {
    async citizen(ticketId, sight, tx) {
      const { values, bind } = binder();
      const conditions = [`t.id = ${bind(ticketId)}::uuid`, ...sightConditions(sight, bind)];
      const { rows } = await db.on(tx).query<Citizen>(
        `select t.id as "ticketId", t.confidential, t.anonymous, t.listed_only as "listedOnly",
           t.citizen_name as "citizenName", t.citizen_number as "citizenNumber", t.place, t.content,
           ${REPLY} as reply
         from tickets t where ${conditions.join(' and ')}`,
        values,
      );
      return rows[0] ?? null;
    },

    async addLease({ id, ticketId, accountId, beginsAt, endsAt }, tx) {
      await db
        .on(tx)
        .query(
          'insert into citizen_leases (id, ticket_id, account_id, begins_at, ends_at) values ($1, $2, $3, $4, $5)',
          [id, ticketId, accountId, new Date(beginsAt), new Date(endsAt)],
        );
    },

    async leaseOf(ticketId, accountId, at) {
      const { rows } = await db.query<CitizenLease>(
        `select id, ticket_id as "ticketId", account_id as "accountId", ${ms('begins_at')} as "beginsAt",
           ${ms('ends_at')} as "endsAt"
         from citizen_leases where ticket_id = $1 and account_id = $2 and ends_at > $3 and begins_at <= $3
         order by ends_at desc limit 1`,
        [ticketId, accountId, new Date(at)],
      );
      return rows[0] ?? null;
    },

    async keepToList(ticketId, listedOnly, tx) {
      await db.on(tx).query('update tickets set listed_only = $2 where id = $1', [ticketId, listedOnly]);
    },

    async copyGrants({ of, to, at }, tx) {
      await db.on(tx).query(
        `insert into ticket_grants (id, ticket_id, account_id, reason, granted_by, granted_at, until)
         select gen_random_uuid(), $2, account_id, reason, granted_by, granted_at, until
         from ticket_grants where ticket_id = $1 and ended_at is null and until > $3`,
        [of, to, new Date(at)],
      );
    },

    async accountKnown(id, tx) {
      const { rowCount } = await db
        .on(tx)
        .query('select from accounts where id = $1 and disabled_at is null', [id]);
      return rowCount === 1;
    },

    async addGrant({ id, ticketId, accountId, reason, by, at, until }, tx) {
      await db.on(tx).query(
        `insert into ticket_grants (id, ticket_id, account_id, reason, granted_by, granted_at, until)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, ticketId, accountId, reason, by, new Date(at), new Date(until)],
      );
    },

    async endGrant({ id, ticketId }, { by, at, reason }, tx) {
      const { rows } = await db.on(tx).query<{ accountId: string }>(
        `update ticket_grants set ended_at = $3, ended_by = $4, ended_reason = $5
         where id = $1 and ticket_id = $2 and ended_at is null and until > $3
         returning account_id as "accountId"`,
        [id, ticketId, new Date(at), by, reason],
      );
      return rows[0] ?? null;
    },

    async grants(ticketId) {
      const { rows } = await db.query<GrantView>(
        `select g.id, ${ACCOUNT}, g.reason, ${named('g.granted_by')} as "grantedBy",
           ${iso('g.granted_at')} as "grantedAt", ${iso('g.until')} as until, ${iso('g.ended_at')} as "endedAt",
           ${named('g.ended_by')} as "endedBy", g.ended_reason as "endedReason"
         from ticket_grants g join accounts a on a.id = g.account_id
         where g.ticket_id = $1 order by g.granted_at desc, g.id desc`,
        [ticketId],
      );
      return rows;
    },

    async views(from, to) {
      const { rows } = await db.query<CitizenViews>(
        `select ${ACCOUNT}, v.leases, v.views, v.tickets
         from (select account_id, (count(*) filter (where action = 'ticket.citizenRevealed'))::int as leases,
             count(*)::int as views, count(distinct subject_id)::int as tickets
           from audit_trail where action in ('ticket.citizenRevealed', 'ticket.citizenViewed')
             and at >= $1 and at < $2 group by account_id) v
         join accounts a on a.id = v.account_id order by v.views desc, a.display_name, a.id`,
        [new Date(from), new Date(to)],
      );
      return rows;
    },
  };
}
