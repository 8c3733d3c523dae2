import { onTheShelves, type PromptVersion } from '../../domain/ivr/prompt-register.ts';
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
type Spoken = Filled & { readonly text: string };

const signature = (versions: readonly PromptVersion[], texts: object): string =>
  JSON.stringify([versions.map(({ id, state }) => [id, state]), texts]);

/**
 * Speaks and fits what the register and the published menus ask for, before a call asks for it, and puts it where the
 * switch finds it. Does nothing while nothing has changed. A failure is told, on record and in the log, and keeps
 * neither the other prompts nor any call waiting.
 */
export function keepShelves({ prompts, shelves, log, now }: KeepShelvesDeps) {
  let done = '';
  /** Menus' texts as they were spoken; a restart speaks them again. */
  const spoken = new Map<string, Spoken>();
  return async (): Promise<'unchanged' | 'kept' | 'busy'> => {
    const nowMs = now();
    const wanted = onTheShelves(await prompts.list(), nowMs);
    const texts = await prompts.menuTexts();
    if (signature(wanted, texts) === done) return 'unchanged';
    const kept = await prompts.alone(async () => {
      const own = await Promise.all(wanted.map((version) => fitted(version, prompts, shelves, log, nowMs)));
      const onShelf = (kind: PromptVersion['kind']): readonly Filled[] =>
        own.flatMap((one) => (one !== null && one.kind === kind ? [one.filled] : []));
      await shelves.fill('uploaded', onShelf('recorded'));
      await shelves.fill('register', onShelf('spoken'));
      const failures = await speakMenus(texts, spoken, shelves);
      await shelves.fill('menus', [...spoken.values()]);
      await prompts.menuFailures(failures, nowMs);
      for (const failure of failures) {
        log.error(failure, 'a menu’s text could not be spoken, calls go on without it');
      }
      return own.every((one) => one !== null);
    });
    if (kept === null) return 'busy';
    // Where a version failed, the one before it is to come back: once more. A menu's text is not tried again.
    done = kept ? signature(onTheShelves(await prompts.list(), nowMs), texts) : '';
    return 'kept';
  };
}

async function fitted(
  { id, name, version, kind, state, text, validUntilMs }: PromptVersion,
  prompts: PromptBooks,
  shelves: PromptShelves,
  log: Log,
  nowMs: number,
): Promise<{ readonly kind: PromptVersion['kind']; readonly filled: Filled } | null> {
  const held = await prompts.audio(id);
  if (state === 'ready' && held !== null) {
    return { kind, filled: { name, audio: held, expiresAtMs: validUntilMs } };
  }
  const made = kind === 'spoken' || held === null ? await shelves.speak(text) : await shelves.fit(held);
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

/** Brings `spoken` up to the texts; what is spoken already is not spoken again. */
async function speakMenus(
  texts: Readonly<Record<string, string>>,
  spoken: Map<string, Spoken>,
  shelves: PromptShelves,
): Promise<readonly { readonly name: string; readonly reason: string }[]> {
  const failures: { name: string; reason: string }[] = [];
  for (const name of spoken.keys()) if (!Object.hasOwn(texts, name)) spoken.delete(name);
  for (const [name, text] of Object.entries(texts)) {
    if (spoken.get(name)?.text === text) continue;
    const made = await shelves.speak(text);
    if (made.kind === 'unfit') {
      // Better silence than words that no longer hold.
      spoken.delete(name);
      failures.push({ name, reason: made.reason });
    } else spoken.set(name, { name, audio: made.fitted.audio, expiresAtMs: null, text });
  }
  return failures;
}
