import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { onTheShelves } from '../../domain/ivr/prompt-register.ts';
import { wordsOf } from '../../domain/ivr/words-spoken.ts';
import { AppError } from '../errors.ts';
import type { PromptBooks } from '../ports/prompt-books.ts';
import type { Voice } from '../ports/prompts.ts';
import type { Transaction } from '../ports/transaction.ts';

export interface SpeakRulesDeps {
  readonly prompts: Pick<PromptBooks, 'list'>;
  readonly voice: Voice;
  readonly now: () => number;
}

/**
 * The words of a version's menus lie ready before its first call: whoever publishes waits for the voice, no caller does.
 * What cannot be said, and that nobody has recorded, is not published (rules.wordsUnspoken): its caller would stand in
 * silence. What routed calls once comes back even so, and those calls pass over what is not there.
 */
export async function speakRules(
  { prompts, voice, now }: SpeakRulesDeps,
  { rules, origin }: Pick<RuleVersion, 'rules' | 'origin'>,
  tx: Transaction,
): Promise<void> {
  const unspoken = await voice.prepare(rules.menus.flatMap(wordsOf));
  if (unspoken.length === 0 || origin !== 'draft') return;
  const recorded = new Set([
    ...(await voice.byHand()).keys(),
    ...onTheShelves(await prompts.list(tx), now()).flatMap(({ name, state }) =>
      state === 'ready' ? [name] : [],
    ),
  ]);
  const missing = unspoken.filter(({ words }) => !recorded.has(words.name));
  if (missing.length === 0) return;
  throw new AppError('rules.wordsUnspoken', {
    prompts: missing.map(({ words, reason }) => `${words.name}（${words.language}）：${reason}`),
  });
}
