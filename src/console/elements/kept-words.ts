import { type Ref, ref, watch } from 'vue';
import { useSession } from '../session/session.ts';
import { TYPED } from '../session/typed-words.ts';

/** Nobody finds what another typed at the same desk. */
const placeOf = (accountId: string | undefined, key: string): string => `${TYPED}${accountId ?? ''}.${key}`;

/** Whether something that he typed waits there: a page then opens where it was left. */
export function useWaitingWords(): (key: string) => boolean {
  const session = useSession();
  return (key) => {
    try {
      return sessionStorage.getItem(placeOf(session.account?.id, key)) !== null;
    } catch {
      // Nothing can be kept.
      return false;
    }
  };
}

/** Nobody wants any more what waits there. */
export function useDroppedWords(): (key: string) => void {
  const session = useSession();
  return (key) => {
    try {
      sessionStorage.removeItem(placeOf(session.account?.id, key));
    } catch {
      // Nothing was kept.
    }
  };
}

/** What is typed outlives a reload and a lost session on this machine, until it has been sent. */
export function useKeptWords<T extends object>(
  key: () => string,
  empty: () => T,
): { readonly form: Ref<T>; readonly drop: () => void } {
  const form = ref(empty()) as Ref<T>;
  const session = useSession();
  const place = (): string => placeOf(session.account?.id, key());

  function read(): T {
    try {
      const kept = sessionStorage.getItem(place());
      return kept === null ? empty() : { ...empty(), ...(JSON.parse(kept) as Partial<T>) };
    } catch {
      // What cannot be read is as good as not kept.
      return empty();
    }
  }
  watch(
    key,
    () => {
      form.value = read();
    },
    { immediate: true },
  );
  watch(
    form,
    (now) => {
      try {
        const written = JSON.stringify(now);
        if (written === JSON.stringify(empty())) sessionStorage.removeItem(place());
        else sessionStorage.setItem(place(), written);
      } catch {
        // It stays on the page.
      }
    },
    { deep: true },
  );
  return {
    form,
    drop() {
      form.value = empty();
      try {
        sessionStorage.removeItem(place());
      } catch {
        // Nothing was kept.
      }
    },
  };
}
