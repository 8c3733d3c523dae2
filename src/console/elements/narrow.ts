import { onScopeDispose, type Ref, readonly, ref } from 'vue';

/** A phone, or a window as narrow as one; as `look.css` has it. */
const NARROW = '(max-width: 720px)';

export function useNarrow(): Readonly<Ref<boolean>> {
  const query = matchMedia(NARROW);
  const narrow = ref(query.matches);
  const tell = (): void => {
    narrow.value = query.matches;
  };
  query.addEventListener('change', tell);
  onScopeDispose(() => query.removeEventListener('change', tell));
  return readonly(narrow);
}
