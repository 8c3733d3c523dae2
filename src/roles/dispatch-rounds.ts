import { calendarBooks } from '../adapters/pg/calendar.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { dispatchCatalogueBooks } from '../adapters/pg/dispatch-catalogue.ts';
import { dispatchLessonBooks } from '../adapters/pg/dispatch-lessons.ts';
import { learnLessons } from '../app/dispatch/learn-lessons.ts';
import type { Round } from './rounds.ts';

/** What dispatching teaches is read off the time lines beside the moves. */
export function dispatchRounds(
  db: PgDatabase,
  { sweepEveryMs }: { readonly sweepEveryMs: number },
): readonly Round[] {
  const learn = learnLessons({
    dispatchCatalogue: dispatchCatalogueBooks(db),
    dispatchLessons: dispatchLessonBooks(db),
    calendar: calendarBooks(db),
    now: Date.now,
  });
  return [
    {
      name: 'dispatchLessons',
      everyMs: sweepEveryMs,
      work: async () => ((await learn()) === 'more' ? 'again' : 'done'),
    },
  ];
}
