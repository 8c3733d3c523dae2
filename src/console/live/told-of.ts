import { onScopeDispose, type Ref, readonly, ref, watch } from 'vue';
import { type LineState, useLive } from './live.ts';
import type { NoticeSeen } from './messages.ts';

export interface ToldOf {
  /** How many notices have come since it was last read. */
  readonly told: Readonly<Ref<number>>;
  readonly read: () => Promise<void>;
}

/**
 * What a page shows was changed by somebody else: it is read anew `afterMs` after the first word of it, for more words come
 * at the same time. What was told while the line was cut nobody heard: once it is open again, that counts as a word.
 * `may` is asked when the reading is to begin and not when the notice comes: by then somebody may be in the middle of it.
 */
export function useToldOf(of: {
  readonly concerns: (notice: NoticeSeen) => boolean;
  readonly afterMs: number;
  readonly read: () => Promise<void>;
  /** Absent: always. */
  readonly may?: () => boolean;
}): ToldOf {
  const live = useLive();
  const told = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let readings = 0;
  let over = false;

  async function read(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    told.value = 0;
    readings += 1;
    try {
      await of.read();
    } finally {
      readings -= 1;
      if (told.value > 0) soon();
    }
  }
  function due(): void {
    timer = undefined;
    if (of.may?.() ?? true) void read();
  }
  /** A reading under way is not begun anew by every word: in a busy house it would never end. */
  function soon(): void {
    if (over || readings > 0 || timer !== undefined) return;
    timer = setTimeout(due, of.afterMs);
  }

  const deaf = live.onNotice((notice) => {
    if (!of.concerns(notice)) return;
    told.value += 1;
    soon();
  });
  watch(
    () => live.line,
    (line: LineState, before: LineState) => {
      if (line === 'open' && before === 'cut') soon();
    },
  );
  onScopeDispose(() => {
    over = true;
    deaf();
    clearTimeout(timer);
  });
  return { told: readonly(told), read };
}
