import { randomUUID } from 'node:crypto';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { knowledgeBooks } from '../adapters/pg/knowledge.ts';
import { knowledgeCareBooks } from '../adapters/pg/knowledge-care.ts';
import { correctionBooks } from '../adapters/pg/knowledge-corrections.ts';
import { noticeBooks } from '../adapters/pg/knowledge-notices.ts';
import { packBooks } from '../adapters/pg/knowledge-packs.ts';
import { quoteBooks } from '../adapters/pg/knowledge-quotes.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { placeReminderBooks } from '../adapters/pg/place-reminders.ts';
import { ruleBooks } from '../adapters/pg/rule-books.ts';
import { ticketBooks } from '../adapters/pg/tickets.ts';
import { draftFromEnquiries } from '../app/knowledge/draft-from-enquiries.ts';
import { followSurgesRound } from '../app/knowledge/packs/follow-surges.ts';
import { remindUnverified } from '../app/knowledge/places/remind-unverified.ts';
import { sendWeeklyLists } from '../app/knowledge/send-weekly-lists.ts';
import type { Log } from '../app/ports/log.ts';
import type { Round } from './rounds.ts';

/** A surge key that is over takes its pack with it while the next caller is greeted. */
const PACKS_EVERY_MS = 1000;

/** What the worker does for the knowledge base round by round: the week's lists, packs, places, drafts of what was answered. */
export function knowledgeRounds(
  db: PgDatabase,
  log: Log,
  { sweepEveryMs }: { readonly sweepEveryMs: number },
): readonly Round[] {
  const deps = {
    database: db,
    knowledge: knowledgeBooks(db),
    care: knowledgeCareBooks(db),
    knowledgeNotices: noticeBooks(db),
    configuration: configurationBooks(db),
    tickets: ticketBooks(db),
    alarms: alarmBooks(db),
    placeReminders: placeReminderBooks(db),
    packs: packBooks(db),
    quotes: quoteBooks(db),
    corrections: correctionBooks(db),
    messages: messageBooks(db),
    rules: ruleBooks(db),
    calendar: calendarBooks(db),
    now: Date.now,
    newId: randomUUID,
  };
  const weekly = sendWeeklyLists(deps);
  const remind = remindUnverified(deps);
  const followed = followSurgesRound(deps);
  const draft = draftFromEnquiries({ ...deps, log });
  return [
    {
      name: 'knowledgeWeek',
      everyMs: sweepEveryMs,
      work: async () => {
        const opened = await weekly();
        if (opened > 0) log.info({ tickets: opened }, 'the lists of the week went to the units');
        return 'done';
      },
    },
    {
      name: 'knowledgePacks',
      everyMs: Math.min(PACKS_EVERY_MS, sweepEveryMs),
      work: async () => {
        const packs = await followed();
        if (packs > 0) log.info({ packs }, 'knowledge packs followed their surge keys');
        return 'done';
      },
    },
    {
      name: 'placesToVerify',
      everyMs: sweepEveryMs,
      work: async () => {
        const reminded = await remind();
        if (reminded.ticketsOpened + reminded.alarmsRaised > 0)
          log.info({ ...reminded }, 'keepers of places long unverified were asked');
        return 'done';
      },
    },
    {
      name: 'knowledgeDrafts',
      everyMs: sweepEveryMs,
      work: async () => ((await draft()) > 0 ? 'again' : 'done'),
    },
  ];
}
