import type { CalendarSource, TicketSettings } from '../../app/ports/calendar.ts';
import type { LocalCalendar, UnitCalendar } from '../../domain/deadlines/china.ts';
import { limitSetOf, type StoredLimits } from '../../domain/deadlines/limit-set.ts';
import type { NoticeHours } from '../../domain/deadlines/notice-hours.ts';
import { presetOf } from '../../domain/deadlines/presets.ts';
import type { PgDatabase } from './database.ts';

interface SettingsRow extends LocalCalendar {
  readonly numberPrefix: string;
  readonly forgottenCallMinutes: number;
  readonly calendarEdition: number;
  readonly noticeHours: NoticeHours;
  readonly units: Readonly<Record<string, UnitCalendar>> | null;
  readonly limits: readonly {
    readonly number: number;
    readonly preset: string;
    readonly content: StoredLimits | null;
    readonly validFrom: number;
  }[];
}

/**
 * All settings as the text of one JSON object, as an expression, so that opening a ticket reads them with everything
 * else. Text, because the same text is the same settings: they are built once and not for every ticket.
 */
export const SETTINGS = `(
  select jsonb_build_object('numberPrefix', s.number_prefix, 'forgottenCallMinutes', s.forgotten_call_minutes,
    'periods', s.periods, 'calendarEdition', s.calendar_edition, 'noticeHours', s.notice_hours,
    'zone', coalesce((select time_zone from municipality), 'Asia/Shanghai'),
    'years', (select coalesce(jsonb_agg(year order by year), '[]') from calendar_years),
    'days', (select coalesce(jsonb_agg(jsonb_build_object('day', day, 'working', working, 'name', name) order by day), '[]')
      from calendar_days),
    'units', (select jsonb_object_agg(unit_code, jsonb_build_object('periods', periods, 'days', days)
      order by unit_code) from unit_calendars),
    'limits', (select jsonb_agg(jsonb_build_object('number', number, 'preset', preset, 'content', content,
      'validFrom', (extract(epoch from valid_from) * 1000)::bigint) order by number)
      from limit_sets where state in ('approved', 'withdrawing')))::text
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
    limits: row.limits.map(({ preset, ...set }) => {
      const base = presetOf(preset);
      if (base === null) throw new Error(`no preset of time limits is called ${preset}`);
      return limitSetOf(set, base);
    }),
  };
  last = { text, settings };
  return settings;
}

export function calendarBooks(db: PgDatabase): CalendarSource {
  return {
    async load() {
      const { rows } = await db.query<{ settings: string | null }>(
        `select ${SETTINGS} as settings`,
        [],
        'ticket-settings',
      );
      return settingsOf(rows[0]?.settings ?? null);
    },
  };
}
