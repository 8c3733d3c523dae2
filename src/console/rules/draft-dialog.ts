import type { Ref } from 'vue';
import type { Problem } from '../api/problem.ts';
import { type AskedForm, useAskedForm } from '../elements/asked-dialog.ts';
import { useClash } from './clash.ts';
import { type DraftWork, useDraftEdit } from './draft-edit.ts';
import type { Opened } from './shapes.ts';

interface DraftDialog<T> extends Pick<AskedForm<T>, 'form' | 'busy' | 'refusal'> {
  /** The refusal with what it knows: what others changed, what the check found. */
  readonly problem: Ref<Problem | null>;
  /** Does it in the draft and returns that draft's number; null: it was refused, and stands in the dialog. */
  readonly put: (work: (draft: DraftWork, key: string) => Promise<number>) => Promise<number | null>;
  /**
   * Puts the refusal away for another try: what was typed stays, what the others did comes under it. Returns the draft that was
   * begun although the work was refused.
   */
  readonly newest: () => number | null;
}

/** What a dialog that changes the rules needs. `opened`: the version that is open; null: a change begins a draft of its own. */
export function useDraftDialog<T extends object>(
  key: () => string,
  empty: () => T,
  opened: () => Opened | null,
): DraftDialog<T> {
  const { problem, heard } = useClash();
  const { form, busy, refusal, send } = useAskedForm(key, empty);
  const draft = useDraftEdit(opened);
  return {
    form,
    busy,
    refusal,
    problem,
    async put(work) {
      let number: number | null = null;
      const done = await send((sent) =>
        heard(async () => {
          number = await work(draft, sent);
        }),
      );
      return done ? number : null;
    },
    newest() {
      problem.value = null;
      refusal.value = null;
      return draft.begun();
    },
  };
}
