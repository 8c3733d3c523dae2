import { type Ref, ref, shallowRef } from 'vue';
import { type FetchPage, readPages } from './read-pages.ts';
import { useAsking, useRefusalWords } from './refusal.ts';

export interface PagedRows<T> {
  readonly rows: Ref<readonly T[]>;
  readonly more: Ref<boolean>;
  /** Somebody has gone beyond the first page, or is about to: read from its start, the list would move under his hand. */
  readonly beyond: Readonly<Ref<boolean>>;
  /** Once the first page has come. */
  readonly loaded: Ref<boolean>;
  readonly busy: Ref<boolean>;
  /** Why it could not be read from its start. */
  readonly refusal: Ref<string | null>;
  /** Why no more than these rows could be read; they stay. */
  readonly restRefusal: Readonly<Ref<string | null>>;
  readonly reload: () => Promise<void>;
  /** As far as it has been read: what somebody looks at in the middle of it stays there. */
  readonly again: () => Promise<void>;
  /** Nothing after a refusal: a list that asks by itself as far as it is seen would ask without end. */
  readonly nextPage: () => Promise<void>;
  /** Somebody wants the rest all the same. */
  readonly readOn: () => Promise<void>;
}

/** A list that is read page by page by a cursor, as far as somebody scrolls. What comes for an earlier question is dropped. */
export function usePagedRows<T>(fetchPage: FetchPage<T>): PagedRows<T> {
  const rows = shallowRef<readonly T[]>([]);
  const more = ref(false);
  const beyond = ref(false);
  const loaded = ref(false);
  let after: string | undefined;
  let pagesRead = 1;
  let question = 0;
  const first = useAsking();
  const wordsOf = useRefusalWords();
  const restRefusal = ref<string | null>(null);
  /** The question whose next page is under way. */
  let following: number | null = null;

  async function readFirst(pages: number): Promise<void> {
    question += 1;
    const mine = question;
    restRefusal.value = null;
    beyond.value = pages > 1;
    // A question that is under way is about something else by now: it must not hold up this one.
    first.busy.value = false;
    await first.ask(async () => {
      const page = await readPages(fetchPage, pages);
      if (mine !== question) return;
      pagesRead = pages;
      rows.value = page.rows;
      after = page.next ?? undefined;
      more.value = page.next !== null;
      loaded.value = true;
    });
    // Refused, he has what he had.
    if (mine === question) beyond.value = pagesRead > 1;
  }

  const reload = (): Promise<void> => readFirst(1);
  const again = (): Promise<void> => readFirst(pagesRead);

  async function nextPage(): Promise<void> {
    if (restRefusal.value === null) await readOn();
  }

  async function readOn(): Promise<void> {
    const mine = question;
    if (!more.value || following === mine || first.busy.value) return;
    following = mine;
    beyond.value = true;
    restRefusal.value = null;
    try {
      const page = await fetchPage(after);
      if (mine !== question) return;
      pagesRead += 1;
      rows.value = [...rows.value, ...page.rows];
      after = page.next ?? undefined;
      more.value = page.next !== null;
    } catch (error) {
      const why = wordsOf(error);
      if (mine !== question) return;
      restRefusal.value = why;
      beyond.value = pagesRead > 1;
    } finally {
      if (following === mine) following = null;
    }
  }

  return {
    rows,
    more,
    beyond,
    loaded,
    busy: first.busy,
    refusal: first.refusal,
    restRefusal,
    reload,
    again,
    nextPage,
    readOn,
  };
}
