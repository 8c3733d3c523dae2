import type { LocalCalendar, UnitCalendar } from '../../domain/deadlines/china.ts';
import type { LimitSet } from '../../domain/deadlines/limit-set.ts';
import type { NoticeHours } from '../../domain/deadlines/notice-hours.ts';
import type { Transaction } from './transaction.ts';

/** How this municipality numbers tickets and counts their time. */
export interface TicketSettings {
  /** e.g. `RD`; stands before the date in a ticket's number. */
  readonly numberPrefix: string;
  /** An answered call without an outcome is closed by the system so many minutes after its end. */
  readonly forgottenCallMinutes: number;
  readonly calendar: LocalCalendar;
  /** Of units that have one of their own. */
  readonly unitCalendars: Readonly<Record<string, UnitCalendar>>;
  /** Raised by every edit of a calendar. */
  readonly calendarEdition: number;
  /** All that are or will be in force; never empty. */
  readonly limits: readonly LimitSet[];
  readonly noticeHours: NoticeHours;
  /** Raised by every other setting of them; 0: as they came. */
  readonly noticeRevision: number;
}

export interface CalendarSource {
  /**
   * `tx`: within whose transaction they are asked for. Without it a second connection would be wanted, and a pool full of
   * transactions that each want one more stands still.
   */
  load(tx?: Transaction): Promise<TicketSettings>;
}
