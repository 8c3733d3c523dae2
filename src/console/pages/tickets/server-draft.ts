import { type Ref, ref } from 'vue';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { type SavedByItself, useSavedByItself } from '../../elements/saved-by-itself.ts';

type DraftKind = paths['/v1/tickets/{id}/drafts/{kind}']['get']['parameters']['path']['kind'];
export interface ServerDraft extends Pick<SavedByItself, 'state' | 'refusal'> {
  readonly text: Ref<string>;
  /** Places at which another wrote something else: both stand in the text, marked. */
  readonly conflicts: Ref<number>;
}

/** Long words are kept by the server while they are written; what a colleague wrote meanwhile is merged in. */
export function useServerDraft(ticketId: string, kind: DraftKind): ServerDraft {
  const text = ref('');
  const conflicts = ref(0);
  const path = { id: ticketId, kind };

  const { state, refusal } = useSavedByItself<string, number>(text, null, {
    same: (one, other) => one === other,
    copy: (words) => words,
    async read() {
      const draft = await answer(api.GET('/v1/tickets/{id}/drafts/{kind}', { params: { path } }));
      const savedAt = draft.savedAt === null ? null : Date.parse(draft.savedAt);
      return { words: draft.text, base: draft.version, savedAt };
    },
    async save(sent, base) {
      const body = { base, text: sent };
      const kept = await answer(api.PUT('/v1/tickets/{id}/drafts/{kind}', { params: { path }, body }));
      if (kept.merged) conflicts.value = kept.conflicts;
      // A colleague's words came in while these went on: on the base that they were written on, so that they are merged again.
      const typedOn = kept.text === sent ? kept.version : base;
      return { words: kept.text, base: kept.version, savedAt: Date.now(), typedOn };
    },
  });
  return { text, state, conflicts, refusal };
}
