import { approvalRefusal } from '../../domain/ivr/prompt-approval.ts';
import { AppError } from '../errors.ts';
import type { PromptEntry } from '../ports/prompt-books.ts';
import type { PromptDeps } from './add-prompt.ts';

/**
 * A second person's yes: from then on callers hear the version. Codes: prompt.unknown, prompt.ownWork,
 * prompt.approvedAlready, prompt.retiredAlready, prompt.cannotBeMade, prompt.endInThePast.
 */
export function approvePrompt({ database, prompts, now }: PromptDeps) {
  return (which: { readonly name: string; readonly version: number }, by: string): Promise<PromptEntry> =>
    database.transact(async (tx) => {
      const found = async (): Promise<PromptEntry> => {
        const all = await prompts.ofName(which.name, tx);
        const meant = all.find(({ version }) => version === which.version);
        if (meant === undefined) throw new AppError('prompt.unknown', which);
        return meant;
      };
      await prompts.lock(tx);
      const meant = await found();
      const refusal = approvalRefusal(meant, { accountId: by, maker: meant.makerId }, now());
      if (refusal !== null) throw new AppError(refusal, which);
      await prompts.approve(meant.id, { by, atMs: now() }, tx);
      return found();
    });
}
