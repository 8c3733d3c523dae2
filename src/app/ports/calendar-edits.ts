import type { CalendarEntries } from '../../domain/deadlines/calendar-changes.ts';
import type { LocalCalendar, UnitCalendar } from '../../domain/deadlines/china.ts';
import type { NoticeHours } from '../../domain/deadlines/notice-hours.ts';
import type { TicketSettings } from './calendar.ts';
import type { CountedTicket } from './deadlines.ts';
import type { Transaction } from './transaction.ts';

export interface CalendarYear {
  readonly year: number;
  readonly basis: string;
}

/** What the centre's calendar or one unit's becomes. */
export type CalendarEdit =
  | {
      readonly unitCode: null;
      readonly years: readonly CalendarYear[];
      readonly days: LocalCalendar['days'];
      readonly removedDays: readonly string[];
      /** undefined: as they are; null: the usual ones. */
      readonly periods: LocalCalendar['periods'] | undefined;
    }
  /** null: as the centre's again. */
  | { readonly unitCode: string; readonly calendar: UnitCalendar | null };

/** An open ticket as it is counted, with the number by which people know it. */
export interface OpenTicket extends CountedTicket {
  readonly number: string;
}

/** What somebody entered of one calendar. */
export interface CalendarEditSeen {
  /** The edition that it made. */
  readonly revision: number;
  /** By name. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string;
  /** null: the unit had none of its own. */
  readonly before: CalendarEntries | null;
  readonly after: CalendarEntries | null;
}

/** Somebody set the hours of notices. */
export interface NoticeHoursEdit {
  readonly revision: number;
  /** By name. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface CalendarEditBook {
  /** One at a time edits; the settings as they are then. */
  lock(tx: Transaction): Promise<TicketSettings>;
  unitKnown(code: string, tx: Transaction): Promise<boolean>;
  /** What changed this calendar, null the centre's, after that edition; the earliest first. */
  editsSince(edition: number, unitCode: string | null, tx: Transaction): Promise<readonly CalendarEditSeen[]>;
  /** Writes the edit, raises the edition and keeps who did it, from what and to what. Returns the edition. */
  write(
    edit: CalendarEdit,
    done: { readonly by: string; readonly at: number; readonly reason: string },
    tx: Transaction,
  ): Promise<number>;
  /** Open tickets with their pending marks, by id after `after`. */
  openTickets(after: string | null, limit: number, tx: Transaction): Promise<readonly OpenTicket[]>;
  /** Who set the hours of notices after that revision; the earliest first. */
  noticeEditsSince(revision: number, tx: Transaction): Promise<readonly NoticeHoursEdit[]>;
  /** Sets them and keeps who did it, from what and to what. Returns the revision. */
  setNoticeHours(
    hours: NoticeHours,
    done: { readonly by: string; readonly at: number },
    tx: Transaction,
  ): Promise<number>;
}
