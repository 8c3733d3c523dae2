import { type ComputedRef, computed, onMounted } from 'vue';
import { useAsking } from '../../elements/refusal.ts';
import { useUnits } from '../../elements/units.ts';

/** Codes of whom a circular can go to: units of their own, not parts of one, and not the centre. */
export function useAddressees(): ComputedRef<readonly string[]> {
  const units = useUnits();
  const { ask } = useAsking({ toast: true });
  onMounted(() => void ask(() => units.load()));
  return computed(() =>
    units.units
      .filter(({ parentCode, kind }) => parentCode === null && kind !== 'centre')
      .map(({ code }) => code),
  );
}
