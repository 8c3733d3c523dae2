import { type ComputedRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { GridColumn } from '../../elements/RowGrid.vue';

const WIDTHS = {
  number: '150px',
  state: '92px',
  type: '44px',
  title: 'auto',
  category: '112px',
  unit: '112px',
  citizenDue: '128px',
  unitDue: '128px',
  accepted: '96px',
} as const;
type Column = keyof typeof WIDTHS;

/** A unit's own list does not say on each row that it is its own. */
export function useTicketColumns(withUnit: () => boolean): ComputedRef<readonly GridColumn[]> {
  const { t } = useI18n();
  return computed(() =>
    (Object.keys(WIDTHS) as Column[])
      .filter((key) => key !== 'unit' || withUnit())
      .map((key) => ({ key, label: t(`tickets.column.${key}`), width: WIDTHS[key] })),
  );
}
