import { announcementPrompt, offerPrompt, offerText } from '../../domain/announcements/announcement.ts';
import type { Incident } from '../../domain/announcements/incident.ts';
import type { AnnouncementBook } from '../ports/announcements.ts';
import type { Log } from '../ports/log.ts';
import type { Speech } from '../ports/speech.ts';
import type { Database } from '../ports/transaction.ts';

const RETRY_AFTER_MS = 60_000;

/** What is spoken of an announcement, by the names of its prompts. */
function wordsOf({ id, text, offerKey }: Incident): Readonly<Record<string, string>> {
  return {
    [announcementPrompt(id)]: text,
    ...(offerKey === null ? {} : { [offerPrompt(id)]: offerText(offerKey) }),
  };
}

/**
 * Speaks what is live and has no sound yet. Calls do not wait for it: until then, and where it fails, the announcement
 * is passed over and the call goes on.
 */
export function speakAnnouncements(deps: {
  readonly database: Database;
  readonly announcements: AnnouncementBook;
  readonly speech: Speech;
  readonly log: Log;
  readonly now: () => number;
}) {
  return (): Promise<number> =>
    deps.database.transact(async (tx) => {
      const { announcements, speech, log, now } = deps;
      // Before looking: what another has just spoken is not spoken again.
      if (!(await announcements.lockSpeech(tx))) return 0;
      const unspoken = await announcements.unspoken(now(), now() - RETRY_AFTER_MS, tx);
      for (const incident of unspoken) {
        const failed = await speech.speak(wordsOf(incident));
        const failure = failed.length === 0 ? null : failed.map(({ reason }) => reason).join('; ');
        if (failure !== null)
          log.warn(
            { announcement: incident.id, failure },
            'an announcement could not be spoken, calls go on without',
          );
        await announcements.spoken(incident.id, now(), failure, tx);
      }
      return unspoken.length;
    });
}
