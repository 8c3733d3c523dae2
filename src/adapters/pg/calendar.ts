import type { CalendarSource, TicketSettings } from '../../app/ports/calendar.ts';
import type { PgDatabase } from './database.ts';

interface SettingsRow {
  numberPrefix: string;
  presetCode: string;
  forgottenCallMinutes: number;
  zone: string;
  years: number[];
  days: { day: string; working: boolean; name: string }[];
  periods: { fromMinute: number; toMinute: number }[] | null;
}

/** One JSON object with all settings, as an expression, so that opening a ticket reads them with everything else. */
export const SETTINGS = `(
  select jsonb_build_object('numberPrefix', s.number_prefix, 'presetCode', s.preset,
    'forgottenCallMinutes', s.forgotten_call_minutes, 'periods', s.periods,
    'zone', coalesce((select time_zone from municipality), 'Asia/Shanghai'),
    'years', (select coalesce(jsonb_agg(year), '[]') from calendar_years),
    'days', (select coalesce(jsonb_agg(jsonb_build_object('day', day, 'working', working, 'name', name)), '[]')
      from calendar_days))
  from ticket_settings s)`;

export function settingsOf(value: unknown): TicketSettings {
  const { numberPrefix, presetCode, forgottenCallMinutes, ...calendar } = value as SettingsRow;
  return { numberPrefix, presetCode, forgottenCallMinutes, calendar };
}

export function calendarBooks(db: PgDatabase): CalendarSource {
  return {
    async load() {
      const { rows } = await db.query<{ settings: unknown }>(`select ${SETTINGS} as settings`);
      const [row] = rows;
      if (row === undefined || row.settings === null) throw new Error('ticket_settings has lost its row');
      return settingsOf(row.settings);
    },
  };
}
