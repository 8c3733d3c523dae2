import { type Ref, ref, shallowRef } from 'vue';
import { useAsking } from './refusal.ts';

export interface RowPage<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

export interface PagedRows<T> {
  readonly rows: Ref<readonly T[]>;
  readonly more: Ref<boolean>;
  /** Once the first page has come. */
  readonly loaded: Ref<boolean>;
  readonly busy: Ref<boolean>;
  readonly refusal: Ref<string | null>;
  readonly reload: () => Promise<void>;
  readonly nextPage: () => Promise<void>;
}

/** A list that is read page by page by a cursor, as far as somebody scrolls. What comes for an earlier question is dropped. */
export function usePagedRows<T>(fetchPage: (after: string | undefined) => Promise<RowPage<T>>): PagedRows<T> {
  const rows = shallowRef<readonly T[]>([]);
  const more = ref(false);
  const loaded = ref(false);
  let after: string | undefined;
  let question = 0;
  const first = useAsking();
  const following = useAsking();

  async function reload(): Promise<void> {
    question += 1;
    const mine = question;
    // A question that is under way is about something else by now: it must not hold up this one.
    first.busy.value = false;
    await first.ask(async () => {
      const page = await fetchPage(undefined);
      if (mine !== question) return;
      rows.value = page.rows;
      after = page.next ?? undefined;
      more.value = page.next !== null;
      loaded.value = true;
    });
  }

  async function nextPage(): Promise<void> {
    if (!more.value || following.busy.value || first.busy.value) return;
    const mine = question;
    await following.ask(async () => {
      const page = await fetchPage(after);
      if (mine !== question) return;
      rows.value = [...rows.value, ...page.rows];
      after = page.next ?? undefined;
      more.value = page.next !== null;
    });
  }

  return { rows, more, loaded, busy: first.busy, refusal: first.refusal, reload, nextPage };
}
