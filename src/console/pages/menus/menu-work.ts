import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { answer, api } from '../../api/client.ts';
import { useKeptWords } from '../../elements/kept-words.ts';
import { useAsking } from '../../elements/refusal.ts';
import type { Opened } from '../../rules/shapes.ts';
import type { Menu, SeenMenu, TextFault } from './shapes.ts';

interface Written {
  /** null: as the server has it. */
  text: string | null;
  /** What the server had when it was begun. */
  from: string;
}

export interface MenuWork {
  /** As it is written now, on the server or here. */
  readonly text: Ref<string>;
  /** Drawing and check of it; while a line cannot be read, those of the last text that could. */
  readonly seen: Ref<SeenMenu | null>;
  readonly faults: Ref<readonly TextFault[]>;
  readonly isChanged: Ref<boolean>;
  /** Others have changed this very menu since. */
  readonly isOvertaken: Ref<boolean>;
  /** What is shown is of what is written. */
  readonly isChecked: Ref<boolean>;
  readonly refusal: Ref<string | null>;
  readonly write: (text: string) => void;
  /** Changes it as data: its text follows. */
  readonly change: (menu: Menu) => Promise<void>;
  /** Such a change is under way: what is typed now would be lost to it. */
  readonly isChanging: Ref<boolean>;
  /** Drops what was written here. */
  readonly discard: () => void;
  /** What was written here is the server's now. */
  readonly settle: (found: SeenMenu) => void;
  /** What was written here goes on top of what the others did. */
  readonly insist: () => void;
}

/** As long as somebody types, the check waits. */
const AFTER_KEY_MS = 300;

/**
 * A menu that somebody works on. Its text is what is kept, here until it is put into the draft; its drawing and the check
 * come from the server, which reads both.
 */
export function useMenuWork(
  base: () => Opened,
  /** By its number; `published`: what is in force, whichever version that comes to be. */
  refOf: () => string,
  code: () => string,
): MenuWork {
  const { form, drop } = useKeptWords<Written>(
    // Not by the version in force: what somebody else publishes meanwhile must not take away what is written on it.
    () => `menus.${refOf()}.${code()}`,
    () => ({ text: null, from: '' }),
  );
  const kept = shallowRef<SeenMenu | null>(null);
  const seen = shallowRef<SeenMenu | null>(null);
  const faults = shallowRef<readonly TextFault[]>([]);
  const checkedText = ref<string | null>(null);
  const isChanging = ref(false);
  const loading = useAsking();
  const checking = useAsking();
  let question = 0;
  let timer = 0;
  onScopeDispose(() => window.clearTimeout(timer));

  const text = computed(() => form.value.text ?? kept.value?.text ?? '');
  const isChanged = computed(() => form.value.text !== null && form.value.text !== kept.value?.text);

  /** What comes for an earlier text is dropped. */
  async function asked<T>(work: () => Promise<T>, then: (found: T) => void): Promise<void> {
    question += 1;
    const mine = question;
    // Of an earlier text by now: it must not hold up this one.
    checking.busy.value = false;
    await checking.ask(async () => {
      const found = await work();
      if (mine === question) then(found);
    });
  }
  const params = () => ({ path: { version: refOf(), menu: code() } });
  const checkPath = '/v1/rules/versions/{version}/menus/{menu}/check' as const;

  async function check(): Promise<void> {
    // What comes of the change is checked; asked for beside it, the change would be dropped for it.
    if (isChanging.value) return;
    const written = text.value;
    await asked(
      () => answer(api.POST(checkPath, { params: params(), body: { text: written } })),
      (found) => {
        faults.value = found.faults;
        if (found.seen !== null) seen.value = found.seen;
        checkedText.value = written;
      },
    );
  }
  function asKept(): void {
    seen.value = kept.value;
    faults.value = [];
    checkedText.value = kept.value?.text ?? null;
  }
  let loads = 0;
  async function load(): Promise<void> {
    loads += 1;
    const mine = loads;
    loading.busy.value = false;
    await loading.ask(async () => {
      const { revision: _revision, ...found } = await answer(
        api.GET('/v1/rules/versions/{version}/menus/{menu}', { params: params() }),
      );
      if (mine !== loads) return;
      kept.value = found;
      seen.value ??= found;
      if (!isChanged.value) asKept();
    });
    if (isChanged.value) await check();
  }
  watch(
    () => [refOf(), base().version.id, base().version.revision, code()],
    () => void load(),
    { immediate: true },
  );

  function put(next: string): void {
    const from = form.value.text === null ? (kept.value?.text ?? '') : form.value.from;
    form.value = { text: next, from };
  }
  return {
    text,
    seen,
    faults,
    isChanged,
    isOvertaken: computed(
      () => isChanged.value && kept.value !== null && form.value.from !== kept.value.text,
    ),
    isChecked: computed(() => checkedText.value === text.value),
    refusal: computed(() => loading.refusal.value ?? checking.refusal.value),
    write(next) {
      put(next);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void check(), AFTER_KEY_MS);
    },
    async change(menu) {
      window.clearTimeout(timer);
      const body = { menu: menu as unknown as SeenMenu['menu'] };
      isChanging.value = true;
      await asked(
        () => answer(api.POST(checkPath, { params: params(), body })),
        (found) => {
          if (found.seen === null) return;
          seen.value = found.seen;
          faults.value = [];
          put(found.seen.text);
          checkedText.value = found.seen.text;
        },
      );
      isChanging.value = false;
      if (checkedText.value !== text.value) await check();
    },
    isChanging,
    discard() {
      window.clearTimeout(timer);
      drop();
      asKept();
    },
    settle(found) {
      kept.value = found;
      // What was typed while it was sent goes on being written.
      if (form.value.text !== found.text) return;
      window.clearTimeout(timer);
      drop();
      asKept();
    },
    insist() {
      form.value = { ...form.value, from: kept.value?.text ?? '' };
    },
  };
}
