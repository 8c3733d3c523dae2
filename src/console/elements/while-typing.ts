import { onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue';
import { useRefusalWords } from './refusal.ts';

export interface WhileTyping<T> {
  readonly found: Ref<T | null>;
  readonly busy: Ref<boolean>;
  readonly refusal: Ref<string | null>;
}

/** Longer than between two keys of one word. */
const REST_MS = 350;

/**
 * Asks a moment after the last key; what comes for earlier words is dropped. `question` null: there is nothing to ask yet.
 * A refusal stands until the next answer and never in the way of who types.
 */
export function useWhileTyping<Q extends object, T>(
  question: () => Q | null,
  look: (question: Q) => Promise<T>,
): WhileTyping<T> {
  const found = shallowRef<T | null>(null);
  const busy = ref(false);
  const refusal = ref<string | null>(null);
  const wordsOf = useRefusalWords();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  async function ask(asked: Q): Promise<void> {
    latest += 1;
    const mine = latest;
    busy.value = true;
    try {
      const answer = await look(asked);
      if (mine !== latest) return;
      found.value = answer;
      refusal.value = null;
    } catch (error) {
      if (mine === latest) refusal.value = wordsOf(error);
    } finally {
      if (mine === latest) busy.value = false;
    }
  }
  watch(
    () => JSON.stringify(question()),
    () => {
      clearTimeout(timer);
      const asked = question();
      if (asked !== null) {
        timer = setTimeout(() => void ask(asked), REST_MS);
        return;
      }
      latest += 1;
      found.value = null;
      busy.value = false;
      refusal.value = null;
    },
    { immediate: true },
  );
  onBeforeUnmount(() => {
    clearTimeout(timer);
    latest += 1;
  });
  return { found, busy, refusal };
}
