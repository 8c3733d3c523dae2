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

export interface CalendarEditBook {
  /** One at a time edits; the settings as they are then. */
  lock(tx: Transaction): Promise<TicketSettings>;
  unitKnown(code: string, tx: Transaction): Promise<boolean>;
  /** Writes the edit, raises the edition and keeps who did it, from what and to what. Returns the edition. */
  write(
    edit: CalendarEdit,
    done: { readonly by: string; readonly at: number; readonly reason: string },
    tx: Transaction,
  ): Promise<number>;
  /** Open tickets with their pending marks, by id after `after`. */
  openTickets(after: string | null, limit: number, tx: Transaction): Promise<readonly OpenTicket[]>;
  setNoticeHours(hours: NoticeHours, tx: Transaction): Promise<void>;
}
