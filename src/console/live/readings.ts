import { type Ref, readonly, ref } from 'vue';

/** `connecting` before the first picture; `cut` while what is shown may be old. */
export type LineState = 'connecting' | 'open' | 'cut';

export interface Readings {
  /** How many words have come since it was last read. */
  readonly told: Readonly<Ref<number>>;
  readonly read: () => Promise<void>;
  /** What is shown was changed by somebody else. */
  readonly heard: () => void;
  /** What was told while the line was cut nobody heard: once it is open again, that counts as a word. */
  readonly lineTurned: (line: LineState, before: LineState) => void;
  readonly stop: () => void;
}

/** Reads anew `afterMs` after the first word, one reading at a time; where it may not, the words are counted until somebody reads. */
export function readingsOf(of: {
  readonly afterMs: number;
  readonly read: () => Promise<void>;
  /** Asked when the reading is to begin. Absent: always. */
  readonly may?: () => boolean;
}): Readings {
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
  function heard(): void {
    told.value += 1;
    soon();
  }
  return {
    told: readonly(told),
    read,
    heard,
    lineTurned(line, before) {
      if (line === 'open' && before === 'cut') heard();
    },
    stop() {
      over = true;
      clearTimeout(timer);
    },
  };
}
