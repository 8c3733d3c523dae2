import { onBeforeUnmount, type Ref, ref, watch } from 'vue';
import { isRefusal, Problem } from '../api/problem.ts';
import { beforeLeaving } from '../session/typed-words.ts';
import { useRefusalWords } from './refusal.ts';

const SAVE_AFTER_MS = 1_200;
/** Whoever types without a rest is saved now and then all the same. */
const SAVE_AT_LEAST_EVERY_MS = 5_000;
const AGAIN_MS = [2_000, 5_000, 15_000, 30_000] as const;

/** `reading` until the server's is here; `failed`: kept on this machine, and sent again by itself; `over`: nothing is kept any more. */
export type SaveState = 'reading' | 'idle' | 'saving' | 'saved' | 'failed' | 'over';

/** What stands at the server, and from what somebody who writes on from there begins. */
export interface Standing<T, B> {
  readonly words: T;
  readonly base: B;
  /** When, in epoch milliseconds; null: nothing stands yet. */
  readonly savedAt: number | null;
}

export interface Shelf<T, B> {
  read(): Promise<Standing<T, B>>;
  /** `typedOn`: the base for who went on writing while it was sent. */
  save(words: T, base: B): Promise<Standing<T, B> & { readonly typedOn: B }>;
  readonly same: (one: T, other: T) => boolean;
  readonly copy: (words: T) => T;
  /** It is to stand there from the first moment, though nothing be written yet. */
  readonly begins?: boolean;
  /** The refusal after which nothing is kept any more. */
  readonly over?: string;
  /** Refusals that go away by themselves. */
  readonly passing?: readonly string[];
  /** Keeps at this machine what the server has not got yet; null: it has all. */
  readonly keepHere?: (unsaved: { readonly words: T; readonly base: B } | null) => void;
}

export interface SavedByItself {
  readonly state: Ref<SaveState>;
  readonly savedAt: Ref<number | null>;
  readonly refusal: Ref<string | null>;
  /** Something written is kept at this machine only, since a save failed or was never answered. */
  readonly behind: Ref<boolean>;
  /** Looks whether somebody else wrote meanwhile. */
  readonly refresh: () => Promise<void>;
  readonly stop: () => void;
  /** What was over is written on after all. */
  readonly resume: () => void;
}

/**
 * The server keeps words while they are written: a moment after the last key, one save at a time, and again by itself until it
 * was answered. What somebody else wrote meanwhile comes in merged, and is never taken from under who types.
 * `begun`: from what the words in `form` were written; null: nobody writes before it has been read.
 */
export function useSavedByItself<T, B>(
  form: Ref<T>,
  begun: { readonly words: T; readonly base: B } | null,
  shelf: Shelf<T, B>,
): SavedByItself {
  const state = ref<SaveState>('reading');
  const savedAt = ref<number | null>(null);
  const refusal = ref<string | null>(null);
  const behind = ref(false);
  const wordsOf = useRefusalWords();
  let base: B | null = begun?.base ?? null;
  /** As the server has it, and as it was typed from. */
  let saved = shelf.copy(begun?.words ?? form.value);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitsSince: number | null = null;
  let failures = 0;
  let gone = false;
  let running: Promise<void> = Promise.resolve();
  const isSaved = (): boolean => shelf.same(form.value, saved);
  const isToBegin = (): boolean => shelf.begins === true && savedAt.value === null;
  const isAtRest = (): boolean => ['idle', 'saved'].includes(state.value) && isSaved();

  async function read(): Promise<void> {
    try {
      const standing = await shelf.read();
      if (gone || state.value === 'over') return;
      // What was typed before it came, or was left unsaved, goes on from its own base and is merged.
      const untouched = isSaved();
      if (base === null || untouched) take(standing);
      savedAt.value = standing.savedAt;
      settle('idle');
      if (isToBegin()) void inTurn(save);
      else if (!isSaved()) {
        behind.value = true;
        void inTurn(save);
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
      fail(error, () => void inTurn(read));
    }
  }

  function take(standing: Standing<T, B>): void {
    saved = shelf.copy(standing.words);
    base = standing.base;
    if (!shelf.same(form.value, standing.words)) form.value = shelf.copy(standing.words);
  }

  function settle(to: SaveState): void {
    failures = 0;
    refusal.value = null;
    state.value = to;
  }

  async function save(): Promise<void> {
    clearTimeout(timer);
    waitsSince = null;
    if (base === null || state.value === 'over' || (isSaved() && !isToBegin())) return;
    const [sent, from] = [shelf.copy(form.value), base];
    state.value = 'saving';
    try {
      const standing = await shelf.save(sent, from);
      if ((state.value as SaveState) === 'over') return;
      savedAt.value = standing.savedAt ?? Date.now();
      if (shelf.same(form.value, sent)) {
        take(standing);
        shelf.keepHere?.(null);
      } else {
        base = standing.typedOn;
        saved = sent;
        // Should the browser die now, what is kept here goes on from what the server has.
        shelf.keepHere?.({ words: shelf.copy(form.value), base });
        later();
      }
      behind.value = false;
      settle('saved');
    } catch (error) {
      if (!isRefusal(error)) throw error;
      fail(error, later);
    }
  }

  function fail(error: unknown, again: () => void): void {
    const code = error instanceof Problem ? error.code : null;
    if (code !== null && code === shelf.over) {
      state.value = 'over';
      return;
    }
    const passes =
      !(error instanceof Problem) ||
      error.document.status >= 500 ||
      shelf.passing?.includes(error.code) === true;
    refusal.value = passes ? null : wordsOf(error);
    state.value = state.value === 'reading' && base === null ? 'reading' : 'failed';
    behind.value = true;
    if (gone || !passes) return;
    const pause = AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? 0;
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(again, pause);
  }

  /** One after the other: a save or a look that overtakes another would bring the older words back. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    running = running.then(work, work);
    return running;
  }

  async function look(): Promise<void> {
    if (!isAtRest()) return;
    try {
      const standing = await shelf.read();
      // Typed meanwhile: what others wrote is merged as it is saved.
      if (!isAtRest()) return;
      take(standing);
      savedAt.value = standing.savedAt;
    } catch (error) {
      // Asked again in a moment.
      if (!isRefusal(error)) throw error;
    }
  }

  function later(): void {
    if (gone || base === null || state.value === 'over') return;
    const now = Date.now();
    waitsSince ??= now;
    clearTimeout(timer);
    const rest = Math.max(0, Math.min(SAVE_AFTER_MS, waitsSince + SAVE_AT_LEAST_EVERY_MS - now));
    timer = setTimeout(() => void inTurn(save), rest);
  }

  watch(
    form,
    () => {
      if (state.value === 'over') return;
      if (isSaved()) {
        if (state.value !== 'saving') shelf.keepHere?.(null);
        return;
      }
      if (base !== null) shelf.keepHere?.({ words: shelf.copy(form.value), base });
      if (state.value !== 'failed' || failures === 0) later();
    },
    { deep: true },
  );
  const stay = beforeLeaving(async () => {
    await inTurn(save);
    return state.value === 'over' || isSaved();
  });
  onBeforeUnmount(() => {
    stay();
    void inTurn(save);
    gone = true;
    clearTimeout(timer);
  });
  void inTurn(read);

  return {
    ...{ state, savedAt, refusal, behind },
    refresh: () => inTurn(look),
    stop() {
      state.value = 'over';
      clearTimeout(timer);
      shelf.keepHere?.(null);
    },
    resume() {
      if (state.value !== 'over') return;
      settle('idle');
      if (!isSaved()) later();
    },
  };
}
