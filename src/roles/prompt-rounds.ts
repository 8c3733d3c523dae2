import { promptShelves } from '../adapters/audio/prompt-shelves.ts';
import { announcementBooks } from '../adapters/pg/announcements.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { promptBooks } from '../adapters/pg/prompts.ts';
import type { Log } from '../app/ports/log.ts';
import { keepShelves } from '../app/prompts/keep-shelves.ts';
import { keepWords } from '../app/prompts/keep-words.ts';
import type { Config } from '../config.ts';
import type { Round } from './rounds.ts';

/** A text of the register is heard by the time that its first caller has heard the greeting. */
const KEEP_EVERY_MS = 500;

/** What the worker does about prompts: it has the voice, and the folder that Asterisk plays from. */
export function promptRounds(
  db: PgDatabase,
  { promptsDir, speech }: Pick<Config, 'promptsDir' | 'speech'>,
  log: Log,
): readonly Round[] {
  const prompts = promptBooks(db);
  const shelves = promptShelves(promptsDir, speech);
  const keep = keepShelves({ prompts, shelves, log, now: Date.now });
  const words = keepWords({ prompts, announcements: announcementBooks(db), shelves, log, now: Date.now });
  return [
    {
      name: 'prompts',
      everyMs: KEEP_EVERY_MS,
      work: async () => {
        if ((await keep()) === 'kept') log.debug({}, 'the shelves of prompts were filled');
        return 'done';
      },
    },
    {
      name: 'words',
      everyMs: KEEP_EVERY_MS,
      work: async () => {
        if ((await words()) === 'kept') log.debug({}, 'the words of menus and announcements were kept');
        return 'done';
      },
    },
  ];
}
