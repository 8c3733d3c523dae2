import { type AppealWords, mergeWords, sameWords, storableWords } from '../../domain/tickets/appeal-words.ts';
import { DRAFT_LENGTH } from '../../domain/tickets/draft-merge.ts';
import { AppError } from '../errors.ts';
import type { CallDraft, CallDraftBook } from '../ports/call-drafts.ts';
import type { Database } from '../ports/transaction.ts';

export interface KeptWords extends Pick<CallDraft, 'version' | 'words' | 'savedAt'> {
  /** What others wrote meanwhile is in it. */
  readonly merged: boolean;
  readonly conflicts: readonly (keyof AppealWords)[];
}

const instant = (at: number): string => new Date(at).toISOString();

/**
 * Keeps what is written of a call, from its first second on and whatever becomes of the page. Whoever sends says from
 * what words he went on, so that what another window or the agent before him wrote is merged and not written over; that
 * may be hours ago, on a machine that had no network. Refuses with `call.outcomeExists` once the
 * call is over and wrapped up, `draft.tooLong`.
 */
export function keepCallDraft(deps: {
  readonly database: Database;
  readonly callDrafts: CallDraftBook;
  readonly now: () => number;
}) {
  return (asked: {
    readonly callId: string;
    readonly began: AppealWords;
    readonly words: AppealWords;
    readonly accountId: string;
  }): Promise<KeptWords> =>
    deps.database.transact(async (tx) => {
      const { callId, accountId } = asked;
      const at = deps.now();
      const standing = await deps.callDrafts.hold(callId, accountId, at, tx);
      if (standing === null) throw new AppError('call.outcomeExists', { callId });
      const mine = storableWords(asked.words);
      const { words, conflicts } = mergeWords(storableWords(asked.began), standing.words, mine);
      const length = [...words.content].length;
      if (length > DRAFT_LENGTH) throw new AppError('draft.tooLong', { length, max: DRAFT_LENGTH });
      const merged = !sameWords(words, mine);
      // Sent twice, or what another had sent.
      if (sameWords(words, standing.words)) {
        return { version: standing.version, words, savedAt: standing.savedAt, merged, conflicts };
      }
      const version = standing.version + 1;
      await deps.callDrafts.change({ callId, version, words, by: accountId, at }, tx);
      return { version, words, savedAt: instant(at), merged, conflicts };
    });
}

const DAY_MS = 86_400_000;
/** An outcome can be taken back for so long that nobody wants the words any more. */
export const DRAFT_KEPT_MS = 7 * DAY_MS;
const BATCH = 500;

/** Personal data in a draft stands no longer than it is of use: in the ticket it is kept, here forgotten. */
export function forgetCallDrafts(deps: { readonly callDrafts: CallDraftBook; readonly now: () => number }) {
  return async (): Promise<'again' | 'done'> =>
    (await deps.callDrafts.forget(deps.now() - DRAFT_KEPT_MS, BATCH)) === BATCH ? 'again' : 'done';
}
