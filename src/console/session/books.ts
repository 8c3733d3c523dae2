import { acceptHMRUpdate, defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { api, whenBooksAway } from '../api/client.ts';
import { isRefusal } from '../api/problem.ts';

const AGAIN_AFTER_MS = 5_000;
/** It answers within a second and a half, also of a database that does not move. */
const SAID_WITHIN_MS = 3_000;

/**
 * Whether the server has its books: `/readyz` says so. It is asked when any request was refused for want of them, which also
 * happens to one that waited in a crowd, and from time to time while they are away. Meanwhile calls are taken, held,
 * transferred and ended as ever; nothing is looked up or registered.
 */
export const useBooks = defineStore('books', () => {
  const away = ref(false);
  /** How often they were there again, after an outage or for who was refused without one. */
  const backs = ref(0);
  let timer = 0;
  let looking: Promise<void> | null = null;

  /** Many requests are refused in one moment: it is asked once for all of them. */
  function look(): Promise<void> {
    looking ??= ask().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function ask(): Promise<void> {
    window.clearTimeout(timer);
    const was = away.value;
    try {
      const { data, error } = await api.GET('/readyz', { signal: AbortSignal.timeout(SAID_WITHIN_MS) });
      const said = data ?? error;
      // A proxy's page is nothing that it says of itself.
      if (typeof said === 'object' && said !== null && 'parts' in said)
        away.value = said.parts.books === 'away';
    } catch (error) {
      // Nobody answers: nothing is known that was not known before.
      if (!isRefusal(error)) throw error;
    }
    if (away.value) timer = window.setTimeout(() => void look(), AGAIN_AFTER_MS);
    else if (was) backs.value += 1;
  }

  /** Resolves when it is known how they stand, so that whoever was refused is told on a page that says so already. */
  async function lost(): Promise<void> {
    if (away.value) return;
    await look();
    if (away.value) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      backs.value += 1;
    }, AGAIN_AFTER_MS);
  }
  whenBooksAway(lost);

  return { away, backs, look, lost };
});

/** What could not be read for want of them is read then, without anybody asking. */
export function whenBooksAreBack(work: () => void): void {
  const books = useBooks();
  watch(
    () => books.backs,
    () => work(),
  );
}

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useBooks, import.meta.hot));
