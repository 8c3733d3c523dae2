import type { ApiServices } from '../../adapters/http/services.ts';
import { calendarBooks } from '../../adapters/pg/calendar.ts';
import { calendarEditBooks } from '../../adapters/pg/calendar-edits.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { deadlineBooks } from '../../adapters/pg/deadlines.ts';
import { extensionBooks } from '../../adapters/pg/extensions.ts';
import { jobBoards } from '../../adapters/pg/job-board.ts';
import { limitBooks } from '../../adapters/pg/limits.ts';
import { upcomingDeadlines } from '../../adapters/pg/upcoming.ts';

/** Limits, calendars and what is due. */
export const booksOfDeadlines = (db: PgDatabase) =>
  ({
    calendar: calendarBooks(db),
    calendarEdits: calendarEditBooks(db),
    limits: limitBooks(db),
    deadlines: deadlineBooks(db),
    upcoming: upcomingDeadlines(db),
    extensions: extensionBooks(db),
    jobBoard: jobBoards(db),
  }) satisfies Partial<ApiServices>;
