import type {
  CalendarEdit,
  CalendarEditBook,
  CalendarEditSeen,
  NoticeHoursEdit,
  OpenTicket,
} from '../../app/ports/calendar-edits.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import { SETTINGS, settingsOf } from './calendar.ts';
import type { PgDatabase, Queryable } from './database.ts';
import { COUNTED_TICKET, OPEN_TICKET } from './deadline-counting.ts';
import { iso } from './sql-instants.ts';

/** All that the edits of a calendar change, as it stands. */
const STANDING = `select jsonb_build_object('periods', (select periods from ticket_settings),
  'years', (select coalesce(jsonb_agg(jsonb_build_object('year', year, 'basis', basis) order by year), '[]') from calendar_years),
  'days', (select coalesce(jsonb_agg(jsonb_build_object('day', day, 'working', working, 'name', name) order by day), '[]')
    from calendar_days),
  'units', (select coalesce(jsonb_object_agg(unit_code, jsonb_build_object('periods', periods, 'days', days)), '{}')
    from unit_calendars)) as standing`;

/** Of all that stood then, one calendar: the unit's that $2 names, or the centre's. */
const ofOne = (standing: 'before' | 'after'): string =>
  `case when $2::text is null then e.${standing} - 'units' else e.${standing} -> 'units' -> $2::text end`;

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

async function apply(on: Queryable, edit: CalendarEdit): Promise<void> {
  if (edit.unitCode !== null) {
    if (edit.calendar === null) {
      await on.query('delete from unit_calendars where unit_code = $1', [edit.unitCode]);
      return;
    }
    await on.query(
      `insert into unit_calendars (unit_code, periods, days) values ($1, $2::jsonb, $3::jsonb)
       on conflict (unit_code) do update set periods = excluded.periods, days = excluded.days`,
      [edit.unitCode, json(edit.calendar.periods), JSON.stringify(edit.calendar.days)],
    );
    return;
  }
  await on.query(
    `insert into calendar_years (year, basis) select year, basis
     from jsonb_to_recordset($1::jsonb) as y(year integer, basis text)
     on conflict (year) do update set basis = excluded.basis`,
    [JSON.stringify(edit.years)],
  );
  await on.query('delete from calendar_days where day = any ($1::date[])', [edit.removedDays]);
  await on.query(
    `insert into calendar_days (day, working, name) select day, working, name
     from jsonb_to_recordset($1::jsonb) as d(day date, working boolean, name text)
     on conflict (day) do update set working = excluded.working, name = excluded.name`,
    [JSON.stringify(edit.days)],
  );
  if (edit.periods !== undefined) {
    await on.query('update ticket_settings set periods = $1::jsonb', [json(edit.periods)]);
  }
}

export function calendarEditBooks(db: PgDatabase): CalendarEditBook {
  const standing = async (tx: Transaction): Promise<unknown> =>
    (await db.on(tx).query<{ standing: unknown }>(STANDING)).rows[0]?.standing;
  return {
    async lock(tx) {
      const on = db.on(tx);
      await on.query('select from ticket_settings for update');
      const { rows } = await on.query<{ settings: string | null }>(`select ${SETTINGS} as settings`);
      return settingsOf(rows[0]?.settings ?? null);
    },

    async unitKnown(code, tx) {
      return ((await db.on(tx).query('select from units where code = $1', [code])).rowCount ?? 0) > 0;
    },

    async editsSince(edition, unitCode, tx) {
      const { rows } = await db.on(tx).query<CalendarEditSeen & Record<string, unknown>>(
        `select e.edition as revision, a.display_name as by, ${iso('e.at')} as at, e.reason,
           ${ofOne('before')} as before, ${ofOne('after')} as after
         from calendar_edits e join accounts a on a.id = e.by
         where e.edition > $1 and ${ofOne('before')} is distinct from ${ofOne('after')} order by e.edition`,
        [edition, unitCode],
      );
      return rows;
    },

    async write(edit, { by, at, reason }, tx) {
      const on = db.on(tx);
      const before = await standing(tx);
      await apply(on, edit);
      const { rows } = await on.query<{ edition: number }>(
        'update ticket_settings set calendar_edition = calendar_edition + 1 returning calendar_edition as edition',
      );
      const edition = rows[0]?.edition ?? 0;
      await on.query(
        `insert into calendar_edits (edition, at, by, reason, before, after)
         values ($1, $2, $3::uuid, $4, $5::jsonb, $6::jsonb)`,
        [edition, new Date(at), by, reason, JSON.stringify(before), JSON.stringify(await standing(tx))],
      );
      return edition;
    },

    async openTickets(after, limit, tx) {
      const { rows } = await db.on(tx).query<OpenTicket>(
        `select ${COUNTED_TICKET}, t.number from tickets t
           where ${OPEN_TICKET} and ($1::uuid is null or t.id > $1::uuid) order by t.id limit $2`,
        [after, limit],
      );
      return rows;
    },

    async noticeEditsSince(revision, tx) {
      const { rows } = await db.on(tx).query<NoticeHoursEdit & Record<string, unknown>>(
        `select e.revision, a.display_name as by, ${iso('e.at')} as at
         from notice_hours_edits e join accounts a on a.id = e.by where e.revision > $1 order by e.revision`,
        [revision],
      );
      return rows;
    },

    async setNoticeHours(hours, { by, at }, tx) {
      const on = db.on(tx);
      // Whoever sets them holds the row of the settings: one number is given once.
      const { rows } = await on.query<{ revision: number }>(
        `insert into notice_hours_edits (revision, at, by, before, after)
         select coalesce((select max(revision) from notice_hours_edits), 0) + 1, $2, $3::uuid, notice_hours, $1::jsonb
         from ticket_settings returning revision`,
        [JSON.stringify(hours), new Date(at), by],
      );
      await on.query('update ticket_settings set notice_hours = $1::jsonb', [JSON.stringify(hours)]);
      return rows[0]?.revision ?? 0;
    },
  };
}
