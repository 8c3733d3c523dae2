import { onBeforeUnmount, type Ref, ref, watch } from 'vue';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { useAsking } from '../../elements/refusal.ts';

type DraftKind = paths['/v1/tickets/{id}/drafts/{kind}']['get']['parameters']['path']['kind'];
export interface ServerDraft {
  readonly text: Ref<string>;
  readonly state: Ref<'reading' | 'idle' | 'saving' | 'saved' | 'failed'>;
  /** Places at which another wrote something else: both stand in the text, marked. */
  readonly conflicts: Ref<number>;
  readonly refusal: Ref<string | null>;
}
const SAVE_AFTER_MS = 1_200;

/** Long words are kept by the server while they are written; what a colleague wrote meanwhile is merged in. */
export function useServerDraft(ticketId: string, kind: DraftKind): ServerDraft {
  const text = ref('');
  const state = ref<'reading' | 'idle' | 'saving' | 'saved' | 'failed'>('reading');
  const conflicts = ref(0);
  const { refusal, ask } = useAsking();
  const path = { id: ticketId, kind };
  let base = 0;
  let saved = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  void ask(async () => {
    const draft = await answer(api.GET('/v1/tickets/{id}/drafts/{kind}', { params: { path } }));
    base = draft.version;
    saved = draft.text;
    // Who was quicker than the server keeps his words.
    if (text.value === '') text.value = draft.text;
    state.value = 'idle';
  });

  async function save(): Promise<void> {
    if (state.value === 'reading' || text.value === saved) return;
    const sent = text.value;
    state.value = 'saving';
    const done = await ask(async () => {
      const body = { base, text: sent };
      const kept = await answer(api.PUT('/v1/tickets/{id}/drafts/{kind}', { params: { path }, body }));
      base = kept.version;
      saved = kept.text;
      if (text.value === sent) text.value = kept.text;
      if (kept.merged) conflicts.value = kept.conflicts;
      return true;
    });
    state.value = done === true ? 'saved' : 'failed';
    if (done === true && text.value !== saved) later();
  }
  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), SAVE_AFTER_MS);
  }
  watch(text, later);
  onBeforeUnmount(() => {
    clearTimeout(timer);
    void save();
  });
  return { text, state, conflicts, refusal };
}
