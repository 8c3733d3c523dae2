import { useI18n } from 'vue-i18n';

const KILOMETRE_M = 1_000;

/** As an agent says it: to ten metres, and from a kilometre on to a hundred. */
export function useDistance(): (metres: number) => string {
  const { t } = useI18n();
  return (metres) =>
    metres < KILOMETRE_M
      ? t('common.metres', { n: Math.round(metres / 10) * 10 })
      : t('common.kilometres', { n: (metres / KILOMETRE_M).toFixed(1).replace(/\.0$/, '') });
}
