import { randomUUID } from 'node:crypto';
import { promptShelves } from '../adapters/audio/prompt-shelves.ts';
import { pdfPress } from '../adapters/documents/pdf-press.ts';
import { presetFolder } from '../adapters/files/preset-folder.ts';
import type { ApiServices } from '../adapters/http/services.ts';
import { chineseLanguage } from '../adapters/language/chinese.ts';
import { secretMint } from '../adapters/passwords/mint.ts';
import { scryptHasher } from '../adapters/passwords/scrypt.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { dispatchCatalogueBooks } from '../adapters/pg/dispatch-catalogue.ts';
import { packBooks } from '../adapters/pg/knowledge-packs.ts';
import { lineBooks } from '../adapters/pg/lines.ts';
import { searchIndexBooks } from '../adapters/pg/search-index.ts';
import type { RedisCommandSender } from '../adapters/redis/command-sender.ts';
import type { RedisLiveBoardReader } from '../adapters/redis/live-board-reader.ts';
import type { RedisNoticeFeed, RedisNoticePublisher } from '../adapters/redis/notices.ts';
import { spreadsheets } from '../adapters/tables/spreadsheet.ts';
import { SearchMemory } from '../app/knowledge/search/search-memory.ts';
import type { Config } from '../config.ts';
import { booksOfCalls } from './books/calls.ts';
import { booksOfDeadlines } from './books/deadlines.ts';
import { booksOfTheDesk } from './books/desk.ts';
import { booksOfDispatch } from './books/dispatch.ts';
import { booksOfFigures } from './books/figures.ts';
import { booksOfTheHouse } from './books/house.ts';
import { booksOfKnowledge } from './books/knowledge.ts';
import { booksOfThePublic } from './books/public.ts';
import { booksOfRules } from './books/rules.ts';
import { booksOfSupervision } from './books/supervision.ts';
import { booksOfTickets } from './books/tickets.ts';
import { booksOfVisits } from './books/visits.ts';

/** The ways to the other processes. */
export interface Links {
  readonly commands: RedisCommandSender;
  readonly board: RedisLiveBoardReader;
  readonly notices: RedisNoticeFeed;
  readonly publisher: RedisNoticePublisher;
}

/** What the counter leans on, from the real adapters. */
export function apiServices(
  db: PgDatabase,
  { commands, board, notices, publisher }: Links,
  { promptsDir, speech, documentFont }: Pick<Config, 'promptsDir' | 'speech' | 'documentFont'>,
): ApiServices {
  const lines = lineBooks(db);
  const searchIndex = searchIndexBooks(db);
  const dispatchCatalogue = dispatchCatalogueBooks(db);
  return {
    now: () => Date.now(),
    newId: () => randomUUID(),
    database: db,
    ...booksOfCalls(db),
    ...booksOfDeadlines(db),
    ...booksOfTheDesk(db),
    ...booksOfDispatch(db),
    ...booksOfFigures(db),
    ...booksOfTheHouse(db),
    ...booksOfKnowledge(db),
    ...booksOfThePublic(db),
    ...booksOfRules(db),
    ...booksOfSupervision(db),
    ...booksOfTickets(db),
    ...booksOfVisits(db),
    hasher: scryptHasher(),
    mint: secretMint,
    queues: lines.queues,
    lines,
    press: pdfPress(documentFont),
    dispatchCatalogue,
    spreadsheets,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    searchIndex,
    searchMemory: new SearchMemory({
      searchIndex,
      dispatchCatalogue,
      calendar: calendarBooks(db),
      packs: packBooks(db),
      language: chineseLanguage(),
      now: Date.now,
    }),
    voice: promptShelves(promptsDir, speech),
    presets: presetFolder(),
    commands,
    board,
    notices,
    publisher,
    checkDatabase: async () => {
      await db.query('select 1');
    },
    redisReady: () => commands.ready && notices.ready,
  };
}
