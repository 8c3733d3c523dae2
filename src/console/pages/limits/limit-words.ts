import { useI18n } from 'vue-i18n';
import { useCodeLists } from '../../elements/code-lists.ts';
import { lineOf } from './limit-draft.ts';
import type { Content, Limit, StageLimit } from './shapes.ts';

export type AnyLimit = Limit | StageLimit;
export type LimitUnit = AnyLimit['unit'];
export const CITIZEN_UNITS = ['workingDays', 'closeOfWorkingDay', 'calendarDays', 'hours'] as const;
export const STAGE_UNITS = ['minutes', 'workingMinutes', 'workingDays'] as const;

export const URGENCIES = ['normal', 'urgent'] as const;

/** Of a line that differs: how what is in force there reads; null: it does not differ. */
export type Was = (line: string, limit: AnyLimit | null | undefined, none?: string) => string | null;
export type WasNumber = (line: string, value: number | null, none?: string) => string | null;

const HOUR_OF = { minutes: 'hours', workingMinutes: 'workingHours' } as const;
/** In the largest unit that says it whole: nobody says a hundred and twenty minutes. */
function inWhole({ unit, amount }: AnyLimit): { readonly unit: string; readonly n: number } {
  const isHours = (unit === 'minutes' || unit === 'workingMinutes') && amount > 0 && amount % 60 === 0;
  return isHours ? { unit: HOUR_OF[unit], n: amount / 60 } : { unit, n: amount };
}

/** A limit in words; `none`: what is said where there is none. */
export function useLimitWords(): (limit: AnyLimit | null, none: string) => string {
  const { t } = useI18n();
  return (limit, none) => {
    if (limit === null) return none;
    const { unit, amount } = limit;
    const today = (unit === 'closeOfWorkingDay' && amount === 1) || (unit === 'workingDays' && amount === 0);
    if (today) return t('limits.amount.sameDay');
    const whole = inWhole(limit);
    return t(`limits.amount.${whole.unit}`, { n: whole.n }, whole.n);
  };
}

const EXTENSION_LABELS: Readonly<Record<string, string>> = {
  times: 'extensionTimes',
  askWorkingDaysBefore: 'extensionBefore',
  longest: 'extensionLongest',
};
const isLimit = (value: unknown): value is AnyLimit =>
  typeof value === 'object' && value !== null && 'unit' in value;

/** A line of the table by its name as `changedLines` gives it: how it is called, and what stands there. */
export function useLineWords(): {
  readonly labelOf: (line: string) => string;
  readonly valueAt: (content: Content, line: string) => string;
} {
  const { t } = useI18n();
  const words = useLimitWords();
  const lists = useCodeLists();
  const ofUrgency = (label: string, urgency: string): string =>
    `${label} ${t(urgency === 'urgent' ? 'limits.urgentItem' : 'limits.normal')}`;
  return {
    labelOf(line) {
      const [part = '', ...rest] = line.split('.');
      const name = rest.join('.');
      switch (part) {
        case 'limits':
          return t(`tickets.type.${name}`);
        case 'urgent':
          return t('limits.ofUrgent');
        case 'categories':
          return lists.categoryName(name);
        case 'stages':
          return ofUrgency(t(`tickets.stage.${rest[0] ?? ''}`), rest[1] ?? '');
        case 'superviseAfter':
          return ofUrgency(t('limits.superviseAfter'), name);
        case 'extension':
          return t(`limits.${EXTENSION_LABELS[name] ?? name}`);
        default:
          return t(`limits.${line}`);
      }
    },
    valueAt(content, line) {
      const value = lineOf(content, line);
      if (line === 'compressed') return t(value === null ? 'limits.compressedNone' : 'limits.compressed');
      if (isLimit(value)) return words(value, '');
      if (value === null || value === undefined) {
        const [part] = line.split('.');
        if (part === 'stages') return t('limits.noLimit');
        return t(part === 'categories' || part === 'urgent' ? 'limits.byType' : 'limits.byHand');
      }
      return line === 'urgeAtPercent' ? t('limits.percent', { n: value }) : String(value);
    },
  };
}
