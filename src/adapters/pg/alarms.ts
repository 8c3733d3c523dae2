import type { Alarm, AlarmBook } from '../../app/ports/alarms.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

// What was raised before it was told in two languages has one text for both.
const VIEW = `a.id, a.key, a.kind, a.detail, coalesce(a.detail_en, a.detail) as "detailEn", a.subject, a.times, ${iso('a.raised_at')} as "raisedAt",
  ${iso('a.last_at')} as "lastAt", ${iso('a.closed_at')} as "closedAt",
  (select display_name from accounts where id = a.closed_by) as "closedBy", a.closing_reason as "closingReason",
  coalesce(a.closing_reason_en, a.closing_reason) as "closingReasonEn"`;

/** One order for both: what is closed stands where nothing open can, a thousand years before. */
const OPEN_FIRST = `(case when a.closed_at is null then a.raised_at else a.raised_at - interval '1000 years' end)`;

export function alarmBooks(db: PgDatabase): AlarmBook {
  const read: AlarmBook['page'] = ({ open, kind }, page) => {
    const { values, bind } = binder();
    const conditions = [
      ...(open === undefined ? [] : [`a.closed_at is ${open ? '' : 'not '}null`]),
      ...(kind === undefined ? [] : [`a.kind = ${bind(kind)}`]),
    ];
    const by = { at: OPEN_FIRST, id: 'a.id', order: 'newestFirst' } as const;
    return readPage<Alarm>(db, { columns: VIEW, from: 'alarms a', conditions, values, by }, page);
  };
  return {
    async raise({ id, key, kind, detail, detailEn, subject, atMs, unlessSinceMs }, tx) {
      const { rows } = await db.on(tx).query<{ times: number }>(
        `insert into alarms (id, key, kind, detail, detail_en, subject, raised_at, last_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (key) where closed_at is null do update set times = alarms.times + 1,
           last_at = greatest(alarms.last_at, excluded.last_at), subject = excluded.subject, detail = excluded.detail,
           detail_en = excluded.detail_en
           where $8::timestamptz is null or alarms.last_at < $8
         returning times`,
        [
          ...[id, key, kind, detail, detailEn, subject, new Date(atMs)],
          unlessSinceMs === undefined ? null : new Date(unlessSinceMs),
        ],
      );
      return rows[0]?.times === 1 ? 'raised' : 'again';
    },

    async reword(key, { detail, detailEn, subject }, tx) {
      const { rowCount } = await db
        .on(tx)
        .query(
          'update alarms set detail = $2, detail_en = $3, subject = $4 where key = $1 and closed_at is null',
          [key, detail, detailEn, subject],
        );
      return rowCount === 1;
    },

    async settle(key, at, { reason, reasonEn }, tx) {
      const { rowCount } = await db.on(tx).query(
        `update alarms set closed_at = $2, closing_reason = $3, closing_reason_en = $4
           where key = $1 and closed_at is null`,
        [key, new Date(at), reason, reasonEn],
      );
      return rowCount === 1;
    },

    async close(id, by, at, reason, tx) {
      const { rows } = await db.on(tx).query<Alarm>(
        `with a as (update alarms set closed_at = $2, closed_by = $3, closing_reason = $4
           where id = $1 and closed_at is null returning *) select ${VIEW} from a`,
        [id, new Date(at), by, reason],
      );
      return rows[0] ?? null;
    },

    async dismissed(keys) {
      const { rows } = await db.query<{ key: string }>(
        'select distinct key from alarms where key = any ($1) and closed_by is not null',
        [keys],
      );
      return rows.map(({ key }) => key);
    },

    async list(open, limit) {
      return (await read(open === undefined ? {} : { open }, { limit })).rows;
    },

    page: read,
  };
}
