import { randomUUID } from 'node:crypto';
import { promptShelves } from '../adapters/audio/prompt-shelves.ts';
import { announcementBooks } from '../adapters/pg/announcements.ts';
import { callRegister } from '../adapters/pg/calls.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { lineBooks } from '../adapters/pg/lines.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { restrictionBooks } from '../adapters/pg/restrictions.ts';
import { expireDueAnnouncements } from '../app/announcements/close-announcement.ts';
import { tellSubscribers } from '../app/announcements/tell-subscribers.ts';
import type { Log } from '../app/ports/log.ts';
import { endDueRestrictions } from '../app/restrictions/decide-restriction.ts';
import type { Config } from '../config.ts';
import type { Round } from './rounds.ts';

const DUE_EVERY_MS = 500;
const TELL_EVERY_MS = 1000;

/** What the worker does for announcements and restrictions: they end by themselves, and who asked is told. */
export function noticeRounds(
  db: PgDatabase,
  { promptsDir, speech }: Pick<Config, 'promptsDir' | 'speech'>,
  log: Log,
): readonly Round[] {
  const deps = {
    database: db,
    announcements: announcementBooks(db),
    restrictions: restrictionBooks(db),
    calls: callRegister(db),
    lines: lineBooks(db),
    configuration: configurationBooks(db),
    voice: promptShelves(promptsDir, speech),
    messages: messageBooks(db),
    now: Date.now,
    newId: randomUUID,
  };
  const expire = expireDueAnnouncements(deps);
  const end = endDueRestrictions(deps);
  const tell = tellSubscribers(deps);
  return [
    {
      name: 'dueNotices',
      everyMs: DUE_EVERY_MS,
      work: async () => {
        const [announcements, restrictions] = [await expire(), await end()];
        if (announcements + restrictions > 0)
          log.info({ announcements, restrictions }, 'announcements or restrictions came to their end');
        return 'done';
      },
    },
    {
      name: 'tellSubscribers',
      everyMs: TELL_EVERY_MS,
      work: async () => ((await db.transact(tell)) === 'more' ? 'again' : 'done'),
    },
  ];
}
