import { awaitingApproval, onTheShelves, type PromptVersion } from '../../domain/ivr/prompt-register.ts';
import type { Log } from '../ports/log.ts';
import type { PromptBooks } from '../ports/prompt-books.ts';
import type { PromptShelves } from '../ports/prompts.ts';

export interface KeepShelvesDeps {
  readonly prompts: PromptBooks;
  readonly shelves: PromptShelves;
  readonly log: Log;
  readonly now: () => number;
}

type Filled = Parameters<PromptShelves['fill']>[1][number];

const signature = (versions: readonly PromptVersion[]): string =>
  JSON.stringify(versions.map(({ id, state, approvedAtMs }) => [id, state, approvedAtMs]));

/**
 * Speaks and fits what the register asks for and puts what is approved where the switch finds it. Does nothing while nothing has
 * changed. A failure is told, on record and in the log, and keeps neither the other prompts nor any call waiting.
 */
export function keepShelves({ prompts, shelves, log, now }: KeepShelvesDeps) {
  let done = '';
  return async (): Promise<'unchanged' | 'kept' | 'busy'> => {
    const nowMs = now();
    const { wanted, waiting } = asked(await prompts.list(), nowMs);
    if (signature([...wanted, ...waiting]) === done) return 'unchanged';
    const kept = await prompts.alone(async () => {
      const own = await Promise.all(wanted.map((version) => fitted(version, prompts, shelves, log, nowMs)));
      const onShelf = (kind: PromptVersion['kind']): readonly Filled[] =>
        own.flatMap((one) => (one !== null && one.kind === kind ? [one.filled] : []));
      await shelves.fill('uploaded', onShelf('recorded'));
      await shelves.fill('register', onShelf('spoken'));
      // Whoever approves must hear it first; no caller does.
      for (const version of waiting) await fitted(version, prompts, shelves, log, nowMs);
      return own.every((one) => one !== null);
    });
    if (kept === null) return 'busy';
    // Where a version failed, the one before it is to come back: once more.
    const after = asked(await prompts.list(), nowMs);
    done = kept ? signature([...after.wanted, ...after.waiting]) : '';
    return 'kept';
  };
}

function asked(all: readonly PromptVersion[], nowMs: number) {
  return { wanted: onTheShelves(all, nowMs), waiting: awaitingApproval(all, nowMs) };
}

async function fitted(
  { id, name, version, kind, state, text, language, validUntilMs }: PromptVersion,
  prompts: PromptBooks,
  shelves: PromptShelves,
  log: Log,
  nowMs: number,
): Promise<{ readonly kind: PromptVersion['kind']; readonly filled: Filled } | null> {
  const held = await prompts.audio(id);
  if (state === 'ready' && held !== null) {
    return { kind, filled: { name, audio: held, expiresAtMs: validUntilMs } };
  }
  const made =
    kind === 'spoken' || held === null ? await shelves.speak(text, language) : await shelves.fit(held);
  if (made.kind === 'unfit') {
    await prompts.fail(id, made.reason);
    log.error(
      { name, version, reason: made.reason },
      'a prompt could not be made, what was heard before is heard on',
    );
    return null;
  }
  await prompts.ready(id, { ...made.fitted, atMs: nowMs });
  return { kind, filled: { name, audio: made.fitted.audio, expiresAtMs: validUntilMs } };
}
