import { AppError } from '../errors.ts';
import type { PromptBooks } from '../ports/prompt-books.ts';

/** One version, or all of a name: heard no more, kept in the history. Codes: prompt.unknown, prompt.retiredAlready. */
export function retirePrompt({
  prompts,
  now,
}: {
  readonly prompts: PromptBooks;
  readonly now: () => number;
}) {
  return async (
    which: { readonly name: string; readonly version: number | null },
    why: { readonly by: string; readonly because: string },
  ): Promise<number> => {
    const retired = await prompts.retire(which, { ...why, atMs: now() });
    if (retired > 0) return retired;
    const known = await prompts.ofName(which.name);
    const meant = known.filter(({ version }) => which.version === null || version === which.version);
    throw new AppError(meant.length === 0 ? 'prompt.unknown' : 'prompt.retiredAlready', { ...which });
  };
}
