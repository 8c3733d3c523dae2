import { onBeforeUnmount, watch } from 'vue';
import { answer, api } from '../api/client.ts';

/** What is looked for, as the search takes it. */
export interface LookedFor {
  readonly words: string;
  readonly line?: string;
  readonly area?: string;
  readonly unit?: string;
  readonly category?: string;
  readonly kind?: 'entry' | 'place';
  readonly callId?: string;
}

/** Words that stand for so long are a question; half a word is none. */
const RESTED_MS = 2_500;
/** The same words of the same call are one question; of another caller, without a call, they come later. */
const ONCE_WITHIN_MS = 600_000;
const noted = new Map<string, number>();

function isNew(question: string, now: number): boolean {
  for (const [key, at] of noted) if (now - at > ONCE_WITHIN_MS) noted.delete(key);
  if (noted.has(question)) return false;
  noted.set(question, now);
  return true;
}

/**
 * Puts on record what somebody looks for, found or not, once its words have stood for a while: what nobody finds is written
 * next, and what is quoted is found sooner by them. `note`: he is done with them now.
 */
export function useAskedQuestions(question: () => LookedFor | null): {
  readonly note: (asked?: LookedFor | null) => Promise<void>;
} {
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function note(asked: LookedFor | null = question()): Promise<void> {
    clearTimeout(timer);
    if (asked === null) return;
    const key = `${asked.callId ?? ''} ${asked.words}`;
    if (!isNew(key, Date.now())) return;
    try {
      const query = { ...asked, typing: false, limit: 1 };
      await answer(api.GET('/v1/knowledge/search', { params: { query } }));
    } catch {
      // Nothing that he does waits for it: it is told with the next words, or the next key.
      noted.delete(key);
    }
  }
  watch(
    () => JSON.stringify(question()),
    () => {
      clearTimeout(timer);
      if (question() !== null) timer = setTimeout(() => void note(), RESTED_MS);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));
  return { note };
}
