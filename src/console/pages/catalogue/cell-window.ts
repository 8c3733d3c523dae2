import { computed, onBeforeUnmount, onMounted, type Ref, ref } from 'vue';

export const ROW_PX = 28;
const AHEAD = 10;

/** Which of many lines are in sight and drawn. */
export function useCellWindow<T>(scroller: Ref<HTMLElement | undefined>, rows: () => readonly T[]) {
  const top = ref(0);
  const height = ref(600);
  const from = computed(() => Math.max(0, Math.floor(top.value / ROW_PX) - AHEAD));
  const to = computed(() => Math.min(rows().length, Math.ceil((top.value + height.value) / ROW_PX) + AHEAD));
  const seen = computed(() =>
    rows()
      .slice(from.value, to.value)
      .map((row, nth) => ({ row, nth: from.value + nth })),
  );

  function measure(): void {
    top.value = scroller.value?.scrollTop ?? 0;
    height.value = scroller.value?.clientHeight ?? 600;
  }
  const watcher = new ResizeObserver(measure);
  onMounted(() => {
    if (scroller.value !== undefined) watcher.observe(scroller.value);
  });
  onBeforeUnmount(() => watcher.disconnect());

  /** The heading takes one line's place. */
  function bring(line: number): void {
    const element = scroller.value;
    if (element === undefined) return;
    const above = line * ROW_PX;
    const room = element.clientHeight - 2 * ROW_PX;
    if (above < element.scrollTop) element.scrollTop = above;
    else if (above > element.scrollTop + room) element.scrollTop = above - room;
  }
  /** As many lines as a page turns. */
  const page = (): number => Math.max(1, Math.floor(height.value / ROW_PX) - 2);
  return { from, to, seen, measure, bring, page };
}
