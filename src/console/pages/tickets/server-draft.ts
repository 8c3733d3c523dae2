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
const READ_AGAIN_MS = 3_000;

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

  /** Until it has been read nobody writes here: what is stored would be overwritten unseen. */
  async function read(): Promise<void> {
    const draft = await ask(() => answer(api.GET('/v1/tickets/{id}/drafts/{kind}', { params: { path } })));
    if (draft === undefined) {
      timer = setTimeout(() => void read(), READ_AGAIN_MS);
      return;
    }
    base = draft.version;
    saved = draft.text;
    text.value = draft.text;
    state.value = 'idle';
  }
  void read();

  async function save(): Promise<void> {
    if (state.value === 'reading' || text.value === saved) return;
    const sent = text.value;
    state.value = 'saving';
    const done = await ask(async () => {
      const body = { base, text: sent };
      const kept = await answer(api.PUT('/v1/tickets/{id}/drafts/{kind}', { params: { path }, body }));
      if (kept.merged) conflicts.value = kept.conflicts;
      const typedOn = text.value !== sent;
      // A colleague's words came in, and these went on: on the base that they were written on, so that they are merged again.
      if (typedOn && kept.text !== sent) return true;
      base = kept.version;
      saved = kept.text;
      if (!typedOn) text.value = kept.text;
      return true;
    });
    state.value = done === true ? 'saved' : 'failed';
    if (done === true && text.value !== saved) later();
  }
  function later(): void {
    if (state.value === 'reading') return;
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
