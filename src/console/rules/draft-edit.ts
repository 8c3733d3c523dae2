import { answer, api } from '../api/client.ts';
import type { Edit, Opened, Version } from './shapes.ts';

type Draft = Pick<Version, 'number' | 'revision'>;

export interface DraftWork {
  /**
   * Does the work in the open draft, or in one that is begun for it with this title; the number of the draft. Refused and
   * tried again, it goes into the one that was begun the first time.
   */
  readonly inDraft: (title: string, key: string, work: (draft: Draft) => Promise<unknown>) => Promise<number>;
  /** The same with an edit of the rules. */
  readonly edit: (title: string, key: string, edit: Edit) => Promise<number>;
  /** The draft that was begun here, where there was none; it holds although the work was refused. */
  readonly begun: () => number | null;
}

/** `opened`: the version that is open; null: a change begins a draft of its own. */
export function useDraftEdit(opened: () => Opened | null): DraftWork {
  let begun: Draft | null = null;
  const TITLE_AT_MOST = 200;

  async function inDraft(
    title: string,
    key: string,
    work: (draft: Draft) => Promise<unknown>,
  ): Promise<number> {
    const open = opened();
    begun ??=
      open === null
        ? await answer(
            api.POST('/v1/rules/versions', {
              body: { title: title.slice(0, TITLE_AT_MOST) },
              params: { header: { 'idempotency-key': key } },
            }),
          )
        : null;
    const draft = open?.version ?? begun;
    if (draft === null) throw new Error('a draft is open or was begun');
    await work(draft);
    return draft.number;
  }
  return {
    inDraft,
    edit: (title, key, edit) =>
      inDraft(title, key, ({ number, revision }) =>
        api.POST('/v1/rules/versions/{version}/edits', {
          params: { path: { version: String(number) } },
          body: { revision, edit },
        }),
      ),
    begun: () => begun?.number ?? null,
  };
}
