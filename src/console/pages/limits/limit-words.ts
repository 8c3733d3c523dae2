import { useI18n } from 'vue-i18n';
import type { Limit, StageLimit } from './shapes.ts';

export type AnyLimit = Limit | StageLimit;
export type LimitUnit = AnyLimit['unit'];
export const CITIZEN_UNITS = ['workingDays', 'closeOfWorkingDay', 'calendarDays', 'hours'] as const;
export const STAGE_UNITS = ['minutes', 'workingMinutes', 'workingDays'] as const;

/** A limit in words; `none`: what is said where there is none. */
export function useLimitWords(): (limit: AnyLimit | null, none: string) => string {
  const { t } = useI18n();
  return (limit, none) => {
    if (limit === null) return none;
    const { unit, amount } = limit;
    const today = (unit === 'closeOfWorkingDay' && amount === 1) || (unit === 'workingDays' && amount === 0);
    return today ? t('limits.amount.sameDay') : t(`limits.amount.${unit}`, { n: amount });
  };
}
