import { randomUUID } from 'node:crypto';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { dispatchCatalogueBooks } from '../adapters/pg/dispatch-catalogue.ts';
import { dispatchLessonBooks } from '../adapters/pg/dispatch-lessons.ts';
import { interimBooks } from '../adapters/pg/interim.ts';
import { ticketMoveBooks } from '../adapters/pg/ticket-moves.ts';
import { ticketPartBooks } from '../adapters/pg/ticket-parts.ts';
import { learnLessons } from '../app/dispatch/learn-lessons.ts';
import { markHazards } from '../app/tickets/interim-acts.ts';
import { markParts } from '../app/tickets/parts/mark-parts.ts';
import type { Round } from './rounds.ts';

/** How late a unit may learn that the time of its part runs out. */
const MARK_EVERY_MS = 10_000;
const LEARN_EVERY_MS = 2_000;

/** What dispatching teaches is read off the time lines beside the moves; parts of tickets have their own times. */
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
  const mark = markParts({
    database: db,
    ticketParts: ticketPartBooks(db),
    ticketMoves: ticketMoveBooks(db),
    now: Date.now,
    newId: randomUUID,
  });
  const hazards = markHazards({
    database: db,
    interim: interimBooks(db),
    ticketMoves: ticketMoveBooks(db),
    now: Date.now,
    newId: randomUUID,
  });
  return [
    {
      name: 'hazards',
      everyMs: Math.min(MARK_EVERY_MS, sweepEveryMs),
      work: async () => ((await hazards()) > 0 ? 'again' : 'done'),
    },
    {
      name: 'partTimes',
      everyMs: Math.min(MARK_EVERY_MS, sweepEveryMs),
      work: async () => ((await mark()) > 0 ? 'again' : 'done'),
    },
    {
      name: 'dispatchLessons',
      // A hundred lines a round at most: after a rush they are read behind it, and hold up nobody.
      everyMs: LEARN_EVERY_MS,
      work: async () => {
        await learn();
        return 'done';
      },
    },
  ];
}
