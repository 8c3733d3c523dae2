import { type ComputedRef, computed } from 'vue';
import { useNow } from './now.ts';

const HALF_MINUTE_MS = 30_000;

/** The time in steps that are fine enough for deadlines: a list of hundreds is not drawn anew each second. */
export function useHalfMinute(): ComputedRef<number> {
  const now = useNow();
  return computed(() => Math.ceil(now.value / HALF_MINUTE_MS) * HALF_MINUTE_MS);
}
