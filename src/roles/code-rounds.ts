import { randomUUID } from 'node:crypto';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import { codeBooks } from '../adapters/pg/codes.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { dispatchCatalogueBooks } from '../adapters/pg/dispatch-catalogue.ts';
import { beginEditions } from '../app/codes/begin-editions.ts';
import { watchLapses } from '../app/codes/watch-lapses.ts';
import type { Log } from '../app/ports/log.ts';
import type { Round } from './rounds.ts';

/** A list that begins at midnight is in use within seconds of it. */
const EVERY_MS = 5_000;
/** What ran out did so at midnight: nobody is later for ten minutes. */
const LAPSES_EVERY_MS = 600_000;

export function codeRounds(db: PgDatabase, log: Log): readonly Round[] {
  const deps = {
    database: db,
    codes: codeBooks(db),
    dispatchCatalogue: dispatchCatalogueBooks(db),
    calendar: calendarBooks(db),
    now: Date.now,
    newId: randomUUID,
    log,
  };
  const begin = beginEditions(deps);
  const watch = watchLapses({ ...deps, alarms: alarmBooks(db) });
  return [
    {
      name: 'codeEditions',
      everyMs: EVERY_MS,
      work: async () => {
        const begun = await begin();
        if (begun > 0) log.info({ editions: begun }, 'editions of code lists began');
        return 'done';
      },
    },
    {
      name: 'lapses',
      everyMs: LAPSES_EVERY_MS,
      work: async () => {
        const lapses = await watch();
        if (lapses > 0)
          log.warn({ lapses }, 'code lists or catalogue entries ran out with nothing in their place');
        return 'done';
      },
    },
  ];
}
