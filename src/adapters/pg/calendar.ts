import type { CalendarSource, TicketSettings } from '../../app/ports/calendar.ts';
import type { LocalCalendar, UnitCalendar } from '../../domain/deadlines/china.ts';
import { type LimitSet, limitSetOf, type StoredLimits } from '../../domain/deadlines/limit-set.ts';
import type { NoticeHours } from '../../domain/deadlines/notice-hours.ts';
import { PRESETS, presetOf } from '../../domain/deadlines/presets.ts';
import type { PgDatabase } from './database.ts';

interface SettingsRow extends LocalCalendar {
  readonly numberPrefix: string;
  readonly forgottenCallMinutes: number;
  readonly calendarEdition: number;
  readonly noticeHours: NoticeHours;
  readonly noticeRevision: number;
  readonly units: Readonly<Record<string, UnitCalendar>> | null;
  readonly within: NonNullable<LimitSet['within']> | null;
  readonly limits: readonly {
    readonly number: number;
    readonly preset: string;
    readonly content: StoredLimits | null;
    readonly validFrom: number;
  }[];
}

/** Categories that have a limit of their own in what the program brings. */
const OF_PRESETS = PRESETS.flatMap(({ categories }) =>
  categories.map(({ category }) => `'${category}'`),
).join(', ');

/**
 * All settings as the text of one JSON object, as an expression, so that opening a ticket reads them with everything
 * else. Text, because the same text is the same settings: they are built once and not for every ticket.
 */
export const SETTINGS = `(
  select jsonb_build_object('numberPrefix', s.number_prefix, 'forgottenCallMinutes', s.forgotten_call_minutes,
    'periods', s.periods, 'calendarEdition', s.calendar_edition, 'noticeHours', s.notice_hours,
    'noticeRevision', (select coalesce(max(revision), 0) from notice_hours_edits),
    'zone', coalesce((select time_zone from municipality), 'Asia/Shanghai'),
    'years', (select coalesce(jsonb_agg(year order by year), '[]') from calendar_years),
    'days', (select coalesce(jsonb_agg(jsonb_build_object('day', day, 'working', working, 'name', name) order by day), '[]')
      from calendar_days),
    'units', (select jsonb_object_agg(unit_code, jsonb_build_object('periods', periods, 'days', days)
      order by unit_code) from unit_calendars),
    'limits', (select jsonb_agg(jsonb_build_object('number', number, 'preset', preset, 'content', content,
      'validFrom', (extract(epoch from valid_from) * 1000)::bigint) order by number)
      from limit_sets where state in ('approved', 'withdrawing')),
    'within', (select jsonb_object_agg(k.code, categories_below(k.code) order by k.code) from (
      select distinct c ->> 'category' as code from limit_sets l,
        jsonb_array_elements(coalesce(l.content -> 'categories', '[]')) c where l.state in ('approved', 'withdrawing')
      union select unnest(array[${OF_PRESETS}]::text[])) k))::text
  from ticket_settings s)`;

let last: { readonly text: string; readonly settings: TicketSettings } | null = null;

export function settingsOf(text: string | null): TicketSettings {
  if (text === null) throw new Error('ticket_settings has lost its row');
  if (last?.text === text) return last.settings;
  const row = JSON.parse(text) as SettingsRow;
  const { zone, years, days, periods } = row;
  const settings: TicketSettings = {
    numberPrefix: row.numberPrefix,
    forgottenCallMinutes: row.forgottenCallMinutes,
    calendar: { zone, years, days, periods },
    unitCalendars: row.units ?? {},
    calendarEdition: row.calendarEdition,
    noticeHours: row.noticeHours,
    noticeRevision: row.noticeRevision,
    limits: row.limits.map(({ preset, ...set }) => {
      const base = presetOf(preset);
      if (base === null) throw new Error(`no preset of time limits is called ${preset}`);
      const whole = limitSetOf(set, base);
      return row.within === null ? whole : { ...whole, within: row.within };
    }),
  };
  last = { text, settings };
  return settings;
}

/** The revision of the settings, and all of them unless the parameter names that very revision. */
export const settingsUnless = (known: string): string => `
  (select revision from settings_revision) as revision,
  case when (select revision from settings_revision) is distinct from ${known} then ${SETTINGS} end as settings`;

export interface SettingsAnswer {
  readonly revision: number;
  /** null: as at the revision that was named. */
  readonly settings: string | null;
}

interface KnownSettings {
  readonly revision: number | null;
  readonly settings: TicketSettings | null;
}

/** The settings that were read last from each database, with their revision: asked for again, they are not sent again. */
const known = new WeakMap<PgDatabase, KnownSettings>();
const NOTHING: KnownSettings = { revision: null, settings: null };

/**
 * Asks with the revision that is known here and returns the settings of the very snapshot that the answer was read in: never
 * older ones, whatever others learned meanwhile. `keeps`: not within a transaction, whose own changes may yet be undone, and
 * their number given to others.
 */
export async function withSettings<R extends SettingsAnswer>(
  db: PgDatabase,
  ask: (revision: number | null) => Promise<readonly R[]>,
  keeps = true,
): Promise<{ readonly rows: readonly R[]; readonly settings: TicketSettings }> {
  const before = known.get(db) ?? NOTHING;
  const rows = await ask(before.revision);
  const [row] = rows;
  if (row === undefined) throw new Error('a select without a row');
  if (row.revision === before.revision && before.settings !== null) {
    return { rows, settings: before.settings };
  }
  const settings = settingsOf(row.settings);
  if (keeps) known.set(db, { revision: row.revision, settings });
  return { rows, settings };
}

export function calendarBooks(db: PgDatabase): CalendarSource {
  return {
    async load(tx) {
      const ask = async (revision: number | null) => {
        const { rows } = await db
          .on(tx)
          .query<SettingsAnswer & Record<string, unknown>>(
            `select ${settingsUnless('$1::integer')}`,
            [revision],
            'ticket-settings',
          );
        return rows;
      };
      return (await withSettings(db, ask, tx === undefined)).settings;
    },
  };
}
