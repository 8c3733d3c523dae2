import type { SurgeModeBook, SurgeModeSeen } from '../../app/ports/surge-modes.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

/** Two leads who turn the switch at once, in whichever process. */
const LOCK_KEY = 1_234_500_029;

const SEEN = `
  select s.id, s.queues, ${ms('s.from_at')} as "fromMs", ${ms('s.until_at')} as "untilMs", s.recalls,
    s.helpers::text[] as helpers, s.wrap_up_ms as "wrapUpMs", s.callback_after_ms as "callbackAfterMs",
    s.announcement_id as "announcementId", s.reason, s.opened_by as "openedBy", a.display_name as "openedByName",
    n.text, ${ms('s.ended_at')} as "endedMs"
  from surge_modes s join accounts a on a.id = s.opened_by left join announcements n on n.id = s.announcement_id`;
const ELSEWHERE = [
  'lead',
  'supervisor',
  'operator',
  'reviewer',
  'dispatcher',
  'adjudicator',
  'returnVisitor',
];

export function surgeModeBooks(db: PgDatabase): SurgeModeBook {
  const tell = (id: string, atMs: number, tx: Transaction) =>
    db
      .on(tx)
      .query(`insert into outbox (topic, key, body) values ('surgeMode', $1, $2::jsonb)`, [
        id,
        JSON.stringify({ kind: 'surgeMode', surgeModeId: id, unitCode: null, atMs }),
      ]);
  return {
    async lock(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    },
    async latest(tx) {
      const { rows } = await db.on(tx).query<SurgeModeSeen>(`${SEEN} order by s.from_at desc, s.id limit 1`);
      return rows[0] ?? null;
    },
    async find(id, tx) {
      const { rows } = await db.on(tx).query<SurgeModeSeen>(`${SEEN} where s.id = $1`, [id]);
      return rows[0] ?? null;
    },
    async open(mode, tx) {
      await db.on(tx).query(
        `insert into surge_modes (id, queues, from_at, until_at, recalls, helpers, wrap_up_ms, callback_after_ms,
           announcement_id, reason, opened_by) values ($1, $2, $3, $4, $5, $6::uuid[], $7, $8, $9, $10, $11)`,
        [
          mode.id,
          mode.queues,
          new Date(mode.fromMs),
          new Date(mode.untilMs),
          mode.recalls,
          mode.helpers,
          mode.wrapUpMs,
          mode.callbackAfterMs,
          mode.announcementId,
          mode.reason,
          mode.openedBy,
        ],
      );
      await tell(mode.id, mode.fromMs, tx);
    },
    async end(id, { atMs, by, reason }, tx) {
      await db
        .on(tx)
        .query('update surge_modes set ended_at = $2, ended_by = $3, end_reason = $4 where id = $1', [
          id,
          new Date(atMs),
          by,
          reason,
        ]);
      await tell(id, atMs, tx);
    },
    async backOffice(tx) {
      const { rows } = await db.on(tx).query<{ id: string }>(
        `select c.id from agents g join accounts c on c.id = g.account_id
         where c.disabled_at is null and c.unit_code is null and c.roles && $1::text[] order by g.number`,
        [ELSEWHERE],
      );
      return rows.map(({ id }) => id);
    },
  };
}
