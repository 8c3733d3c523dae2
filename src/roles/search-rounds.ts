import { randomUUID } from 'node:crypto';
import { chineseLanguage } from '../adapters/language/chinese.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { dispatchCatalogueBooks } from '../adapters/pg/dispatch-catalogue.ts';
import { importBooks } from '../adapters/pg/imports.ts';
import { knowledgeBulk } from '../adapters/pg/knowledge-bulk.ts';
import { placeBooks } from '../adapters/pg/places.ts';
import { searchIndexBooks } from '../adapters/pg/search-index.ts';
import { runImports } from '../app/knowledge/imports/run-imports.ts';
import { indexChanges } from '../app/knowledge/search/index-changes.ts';
import { learnQuotes } from '../app/knowledge/search/learn-quotes.ts';
import { SearchMemory } from '../app/knowledge/search/search-memory.ts';
import type { Log } from '../app/ports/log.ts';
import type { Round } from './rounds.ts';

const INDEX_EVERY_MS = 500;
const IMPORT_EVERY_MS = 1000;

/** What the worker does for the search: what was published is found within a second, what was quoted is learned. */
export function searchRounds(
  db: PgDatabase,
  log: Log,
  times: { readonly sweepEveryMs: number },
): readonly Round[] {
  const now = Date.now;
  const language = chineseLanguage();
  const searchIndex = searchIndexBooks(db);
  const calendar = calendarBooks(db);
  const memory = { searchIndex, dispatchCatalogue: dispatchCatalogueBooks(db), calendar, language, now };
  const searchMemory = new SearchMemory(memory);
  const index = indexChanges({ database: db, searchIndex, calendar, language, now });
  const bring = runImports({
    database: db,
    imports: importBooks(db),
    knowledgeBulk: knowledgeBulk(db),
    places: placeBooks(db),
    log,
    now,
    newId: randomUUID,
  });
  const learn = learnQuotes({ database: db, searchIndex, searchMemory, now });
  return [
    {
      name: 'imports',
      everyMs: IMPORT_EVERY_MS,
      work: async () => ((await bring()) ? 'again' : 'done'),
    },
    {
      name: 'searchIndex',
      everyMs: INDEX_EVERY_MS,
      work: async () => ((await index()) > 0 ? 'again' : 'done'),
    },
    {
      name: 'searchLessons',
      everyMs: times.sweepEveryMs,
      work: async () => ((await learn()) > 0 ? 'again' : 'done'),
    },
  ];
}
