import type { EndedUnitCall, UnitCallBook, UnitCallView, UnitPhone } from '../../app/ports/unit-calls.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';

const PHONE = 'id, unit_code as "unitCode", number, label, notices, leader';
/** What became of the call, by its facts. */
const TALK_MS = `case when c.talk_started_at is not null
  then (extract(epoch from c.ended_at - c.talk_started_at) * 1000)::int end`;
const OUTCOME = `case when c.ended_at is null then null when c.talk_started_at is not null and c.dial_outcome is null
  then 'reached' else coalesce(c.dial_outcome, 'notPlaced') end`;

export function unitCallBooks(db: PgDatabase): UnitCallBook {
  return {
    phones({ unitCode }, page) {
      const conditions = ['removed_at is null', ...(unitCode === undefined ? [] : ['unit_code = $1'])];
      const values = unitCode === undefined ? [] : [unitCode];
      const by = { at: 'added_at', id: 'id', order: 'oldestFirst' } as const;
      return readPage<UnitPhone>(db, { columns: PHONE, from: 'unit_phones', conditions, values, by }, page);
    },

    async phone(id) {
      const { rows } = await db.query<UnitPhone>(
        `select ${PHONE} from unit_phones where id = $1 and removed_at is null`,
        [id],
      );
      return rows[0] ?? null;
    },

    async addPhone({ id, unitCode, number, label, notices, leader }, by, at) {
      const { rowCount } = await db.query(
        `insert into unit_phones (id, unit_code, number, label, notices, added_at, added_by, leader)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing`,
        [id, unitCode, number, label, notices, new Date(at), by, leader],
      );
      return rowCount === 1 ? 'added' : 'known';
    },

    async removePhone(id, by, at) {
      const { rowCount } = await db.query(
        'update unit_phones set removed_at = $2, removed_by = $3 where id = $1 and removed_at is null',
        [id, new Date(at), by],
      );
      return rowCount === 1;
    },

    async add({ callId, ticketId, accountId, unitCode, phoneId, askedAt }) {
      await db.query(
        `insert into unit_calls (call_id, ticket_id, account_id, unit_code, phone_id, asked_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (call_id) do nothing`,
        [callId, ticketId, accountId, unitCode, phoneId, new Date(askedAt)],
      );
    },

    async ofTicket(ticketId) {
      const { rows } = await db.query<UnitCallView>(
        `select o.call_id as "callId", ${iso('o.asked_at')} as "askedAt", a.display_name as by,
           jsonb_build_object('code', u.code, 'name', u.name) as unit, p.label as phone,
           ${iso('c.ended_at')} as "endedAt", ${OUTCOME} as outcome, ${TALK_MS} as "talkMs",
           coalesce(o.proves_contact, false) as "provesContact"
         from unit_calls o join accounts a on a.id = o.account_id join units u on u.code = o.unit_code
           join unit_phones p on p.id = o.phone_id left join calls c on c.id = o.call_id
         where o.ticket_id = $1 order by o.asked_at desc, o.call_id`,
        [ticketId],
      );
      return rows;
    },

    async takeEnded(tx) {
      const { rows } = await db.on(tx).query<EndedUnitCall>(
        `select o.call_id as "callId", o.ticket_id as "ticketId", o.account_id as "accountId",
           o.unit_code as "unitCode", o.phone_id as "phoneId", ${ms('o.asked_at')} as "askedAt",
           ${ms('c.ended_at')} as "endedAt", p.label as "phoneLabel", ${OUTCOME} as outcome, ${TALK_MS} as "talkMs"
         from unit_calls o join calls c on c.id = o.call_id join unit_phones p on p.id = o.phone_id
         where o.noted_at is null and c.ended_at is not null
         order by c.ended_at limit 1 for update of o skip locked`,
      );
      return rows[0] ?? null;
    },

    async noted(callId, at, provesContact, tx) {
      await db
        .on(tx)
        .query('update unit_calls set noted_at = $2, proves_contact = $3 where call_id = $1', [
          callId,
          new Date(at),
          provesContact,
        ]);
    },
  };
}
