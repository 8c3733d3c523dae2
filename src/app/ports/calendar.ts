import type { LocalCalendar } from '../../domain/deadlines/china.ts';

/** How this municipality numbers tickets and counts their time. */
export interface TicketSettings {
  /** e.g. `RD`; stands before the date in a ticket's number. */
  readonly numberPrefix: string;
  readonly presetCode: string;
  /** An answered call without an outcome is closed by the system so many minutes after its end. */
  readonly forgottenCallMinutes: number;
  readonly calendar: LocalCalendar;
}

export interface CalendarSource {
  load(): Promise<TicketSettings>;
}
