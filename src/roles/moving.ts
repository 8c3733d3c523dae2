import { randomUUID } from 'node:crypto';
import { alarmBooks } from '../adapters/pg/alarms.ts';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { deadlineBooks } from '../adapters/pg/deadlines.ts';
import { supervisionBooks } from '../adapters/pg/supervision.ts';
import { ticketMoveBooks } from '../adapters/pg/ticket-moves.ts';

/** What whoever moves tickets by himself leans on. */
export function movingIn(db: PgDatabase) {
  return {
    now: Date.now,
    newId: randomUUID,
    database: db,
    ticketMoves: ticketMoveBooks(db),
    calendar: calendarBooks(db),
    supervision: supervisionBooks(db),
    deadlines: deadlineBooks(db),
    alarms: alarmBooks(db),
  };
}
export type Moving = ReturnType<typeof movingIn>;
