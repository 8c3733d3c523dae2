import { type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue';
import { useAsking } from './refusal.ts';

export interface DaysReport<T> {
  /** The first and the last day, as a date field has them. */
  readonly days: Ref<[string, string]>;
  /** Of these days; null: not there yet, or refused. */
  readonly report: ShallowRef<T | null>;
  readonly refusal: Ref<string | null>;
}

/**
 * What is told of some days, read when others are chosen. Figures of other days never stand under these, whatever is answered to
 * them; and what was asked before is not waited for.
 */
export function useDaysReport<T>(
  begins: readonly [string, string],
  read: (from: string, to: string) => Promise<T>,
): DaysReport<T> {
  const days = ref<[string, string]>([...begins]);
  const report: ShallowRef<T | null> = shallowRef(null);
  const { refusal, ask, busy } = useAsking();
  watch(
    days,
    ([from, to]) => {
      report.value = null;
      busy.value = false;
      void ask(async () => {
        const found = await read(from, to);
        if (days.value[0] === from && days.value[1] === to) report.value = found;
      });
    },
    { immediate: true },
  );
  return { days, report, refusal };
}
