import { type ComputedRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useNarrow } from '../../elements/narrow.ts';
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
const WIDE = Object.keys(WIDTHS) as Column[];
/** On a phone the first three are in sight; the list itself moves sideways for the others. */
const FIRST_ON_PHONE = ['number', 'title', 'state'] as const satisfies readonly Column[];
const PHONE: readonly Column[] = [...new Set<Column>([...FIRST_ON_PHONE, 'unitDue', 'citizenDue', ...WIDE])];

/** A unit's own list does not say on each row that it is its own. */
export function useTicketColumns(withUnit: () => boolean): ComputedRef<readonly GridColumn[]> {
  const { t } = useI18n();
  const narrow = useNarrow();
  return computed(() =>
    (narrow.value ? PHONE : WIDE)
      .filter((key) => key !== 'unit' || withUnit())
      .map((key) => ({ key, label: t(`tickets.column.${key}`), width: WIDTHS[key] })),
  );
}
