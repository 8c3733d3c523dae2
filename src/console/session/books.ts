import { acceptHMRUpdate, defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { answer, api, whenBooksAway } from '../api/client.ts';
import { isRefusal } from '../api/problem.ts';

const AGAIN_AFTER_MS = 5_000;

/**
 * Whether the server has its books. Modes: there -> away (any request was refused for it) -> there (`/readyz` says so, which is
 * asked meanwhile). While they are away calls are taken, held, transferred and ended as ever; nothing is looked up or registered.
 */
export const useBooks = defineStore('books', () => {
  const away = ref(false);
  let timer = 0;

  async function look(): Promise<void> {
    window.clearTimeout(timer);
    try {
      const { parts } = await answer(api.GET('/readyz'));
      away.value = parts.books === 'away';
    } catch (error) {
      // Nobody answers: nothing is known that was not known before.
      if (!isRefusal(error)) throw error;
    }
    if (away.value) timer = window.setTimeout(() => void look(), AGAIN_AFTER_MS);
  }

  function lost(): void {
    if (away.value) return;
    away.value = true;
    timer = window.setTimeout(() => void look(), AGAIN_AFTER_MS);
  }
  whenBooksAway(lost);

  return { away, look, lost };
});

/** What could not be read while they were away is read then, without anybody asking. */
export function whenBooksAreBack(work: () => void): void {
  const books = useBooks();
  watch(
    () => books.away,
    (away) => {
      if (!away) work();
    },
  );
}

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useBooks, import.meta.hot));
