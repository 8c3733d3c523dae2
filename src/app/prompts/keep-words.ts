import { wordsOfAnnouncement } from '../../domain/announcements/spoken.ts';
import { wordsOf } from '../../domain/ivr/words-spoken.ts';
import type { AnnouncementBook } from '../ports/announcements.ts';
import type { Log } from '../ports/log.ts';
import type { PromptBooks } from '../ports/prompt-books.ts';
import type { PromptShelves, Unspoken } from '../ports/prompts.ts';

export interface KeepWordsDeps {
  readonly prompts: PromptBooks;
  readonly announcements: Pick<AnnouncementBook, 'live' | 'unspoken' | 'spoken'>;
  readonly shelves: Pick<PromptShelves, 'prepare' | 'clear'>;
  readonly log: Log;
  readonly now: () => number;
}

/** Nobody stays in a call for longer on a version that is no longer in force. */
const KEPT_MS = 24 * 3_600_000;
/** A voice that fails may come back; whoever waits for a citizen's answer does not look at it every second. */
const RETRY_AFTER_MS = 60_000;

/**
 * Keeps the words of menus and announcements where the switch finds them: those in force, those that may be published,
 * and those that calls may still be on. What is published is spoken by whoever publishes it; this speaks drafts ahead,
 * tries again what failed, mends a shelf that was lost, and takes away what nobody asks for any more.
 */
export function keepWords({ prompts, announcements, shelves, log, now }: KeepWordsDeps) {
  let done = '';
  let retryAtMs = Number.POSITIVE_INFINITY;
  return async (): Promise<'unchanged' | 'kept'> => {
    const nowMs = now();
    const live = await announcements.live();
    const waiting = await announcements.unspoken(nowMs, nowMs - RETRY_AFTER_MS);
    const edition = await prompts.menusEdition(nowMs - KEPT_MS);
    const signature = JSON.stringify([edition, live.map(({ id }) => id)]);
    if (signature === done && waiting.length === 0 && nowMs < retryAtMs) return 'unchanged';
    const ofMenus = (await prompts.menusInUse(nowMs - KEPT_MS)).flatMap(wordsOf);
    const words = [...ofMenus, ...live.flatMap(wordsOfAnnouncement)];
    const unspoken = await shelves.prepare(words);
    await shelves.clear(words, nowMs - KEPT_MS);
    const named = new Set(ofMenus.map(({ name }) => name));
    await prompts.menuFailures(byName(unspoken.filter((one) => named.has(one.words.name))), nowMs);
    for (const incident of waiting) {
      const own = new Set(wordsOfAnnouncement(incident).map(({ name }) => name));
      const failed = unspoken.filter((one) => own.has(one.words.name));
      await announcements.spoken(incident.id, nowMs, reasonOf(failed));
    }
    for (const { words: said, reason } of unspoken) {
      log.error(
        { name: said.name, language: said.language, reason },
        'words could not be spoken, calls go on without them',
      );
    }
    retryAtMs = unspoken.length === 0 ? Number.POSITIVE_INFINITY : nowMs + RETRY_AFTER_MS;
    done = signature;
    return 'kept';
  };
}

/** Why not all of it could be spoken; null: it was. */
export const reasonOf = (unspoken: readonly Unspoken[]): string | null =>
  unspoken.length === 0 ? null : unspoken.map(({ reason }) => reason).join('; ');

/** A name may have failed in more than one wording. */
function byName(
  unspoken: readonly Unspoken[],
): readonly { readonly name: string; readonly reason: string }[] {
  const names = [...new Set(unspoken.map(({ words }) => words.name))];
  return names.map((name) => ({
    name,
    reason: reasonOf(unspoken.filter(({ words }) => words.name === name)) ?? '',
  }));
}
