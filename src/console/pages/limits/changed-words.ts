import { useI18n } from 'vue-i18n';
import type { Problem } from '../../api/problem.ts';
import { type CalendarDraft, periodsText } from './calendar-draft.ts';
import type { CalendarChanged } from './shapes.ts';

interface ChangedLine {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** What the draft says of the same; null: nothing. */
  readonly mine: string | null;
}

/** What another made of a calendar meanwhile, line by line, beside what the draft says of the same. */
export function useChangedWords(draft: () => CalendarDraft): (problem: Problem) => readonly ChangedLine[] {
  const { t } = useI18n();
  const dayWords = (one: { readonly working: boolean; readonly name: string } | null): string =>
    one === null
      ? t('limits.calendar.announced')
      : `${t(one.working ? 'limits.calendar.working' : 'limits.calendar.off')} ${one.name}`;
  const hours = (periods: Parameters<typeof periodsText>[0] | null): string =>
    periods === null ? t('limits.calendar.usualPeriods') : periodsText(periods);

  return ({ document: { data } }) => {
    const changed = data?.changed as CalendarChanged | undefined;
    if (changed === undefined) return [];
    const { days, removed, years, periods } = draft();
    const ofDay = (day: string): string | null => {
      const drafted = days.find((one) => one.day === day);
      if (drafted !== undefined) return dayWords(drafted);
      return removed.includes(day) ? dayWords(null) : null;
    };
    return [
      ...changed.days.map(({ day, before, after }) => ({
        ...{ what: day, before: dayWords(before), after: dayWords(after) },
        mine: ofDay(day),
      })),
      ...changed.years.map((year) => ({
        what: t('limits.calendar.year', { n: year }),
        ...{ before: '—', after: t('limits.calendar.known', { n: year }) },
        mine: years.find((one) => one.year === year)?.basis ?? null,
      })),
      ...(changed.periods === null
        ? []
        : [
            {
              what: t('limits.calendar.periods'),
              ...{ before: hours(changed.periods.before), after: hours(changed.periods.after) },
              mine: periods === undefined ? null : hours(periods),
            },
          ]),
    ];
  };
}
