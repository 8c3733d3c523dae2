import { useI18n } from 'vue-i18n';

/** As the State Council announces them, and as the calendar that comes with the program has them. */
const FESTIVALS: Readonly<Record<string, string>> = {
  ...{ 元旦: 'newYear', 春节: 'spring', 清明节: 'qingming', 劳动节: 'labour' },
  ...{ 端午节: 'dragonBoat', 中秋节: 'midAutumn', 国庆节: 'national' },
};
const MADE_UP = '调休';

/** What a day is called in the reader's language; what somebody entered here is called as he wrote it. */
export function useDayNames(): (name: string) => string {
  const { t } = useI18n();
  const festival = (name: string): string | null =>
    Object.hasOwn(FESTIVALS, name) ? t(`common.festival.${FESTIVALS[name]}`) : null;
  return (name) => {
    if (!name.endsWith(MADE_UP)) return festival(name) ?? name;
    const of = festival(name.slice(0, -MADE_UP.length));
    return of === null ? name : t('common.madeUp', { name: of });
  };
}
