import { type ComputedRef, computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { momentOf } from '../../elements/moments.ts';
import { useNarrow } from '../../elements/narrow.ts';
import type { GridColumn } from '../../elements/RowGrid.vue';
import type { TicketSummary } from './shapes.ts';

const WIDTHS = {
  number: '150px',
  state: '92px',
  type: '92px',
  title: 'auto',
  category: '112px',
  unit: '112px',
  citizenDue: '118px',
  unitDue: '118px',
  accepted: '96px',
} as const;
type Column = keyof typeof WIDTHS;
const WIDE = Object.keys(WIDTHS) as Column[];
/** On a phone the first two are in sight; the list itself moves sideways for the others. */
const FIRST_ON_PHONE = ['title', 'state', 'number'] as const satisfies readonly Column[];
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

/** What stands in the columns that are words alone. No component for each: a row passes by in a blink, and has nine cells. */
export function useTicketWords(
  now: Readonly<Ref<number>>,
): (ticket: TicketSummary, column: string) => string {
  const { t } = useI18n();
  return (ticket, column) => {
    switch (column) {
      case 'number':
        return ticket.number;
      case 'type':
        return t(`tickets.type.${ticket.type}`);
      case 'category':
        return ticket.category.name;
      case 'unit':
        return ticket.unit?.name ?? '—';
      case 'accepted':
        return momentOf(ticket.acceptedAt, now.value);
      default:
        return '';
    }
  };
}
