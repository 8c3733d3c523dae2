import type { MessageState } from '../../domain/messages/life.ts';
import type { CitizenStep, ToldLine, ToldTicket, UnitStep } from '../../domain/messages/ticket-steps.ts';
import type { UnitLoad } from '../../domain/messages/unit-digest.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

export type Audience = 'citizen' | 'unit';
/** What came of a line for one audience. Anything but `queued` says why nobody was written to. */
export const NOTICE_OUTCOMES = [
  'queued',
  'superseded',
  'stale',
  'switchedOff',
  'anonymous',
  'noNumber',
  'noContact',
  'gathered',
] as const;
export type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number];

/** A ticket with its lines that wait to be told, in their order. Times are epoch milliseconds. */
export interface WaitingTicket {
  readonly id: string;
  readonly ticket: Omit<ToldTicket, 'citizenDue' | 'unitDue'> & {
    readonly type: TicketType;
    readonly citizenDueAt: number | null;
    readonly unitDueAt: number | null;
  };
  readonly lines: readonly ToldLine[];
}

export interface DecidedNotice {
  readonly eventId: string;
  readonly ticketId: string;
  readonly audience: Audience;
  readonly unitCode: string | null;
  readonly kind: CitizenStep | UnitStep;
  readonly outcome: NoticeOutcome;
}

/** Times are ISO 8601 in UTC; numbers are masked as they leave. */
export interface TicketNoticeView {
  readonly at: string;
  readonly audience: Audience;
  readonly unitCode: string | null;
  readonly kind: CitizenStep | UnitStep;
  readonly outcome: NoticeOutcome;
  readonly decidedAt: string;
  readonly messages: readonly {
    readonly id: string;
    readonly number: string;
    readonly state: MessageState;
    readonly driver: string | null;
    readonly proof: string | null;
    readonly textHash: string | null;
    readonly failure: string | null;
    readonly finishedAt: string | null;
  }[];
}

export interface TicketNoticeBook {
  /** One worker tells at a time, until the transaction ends; false: another does. */
  lockTelling(tx: Transaction): Promise<boolean>;
  /**
   * Tickets all of whose waiting lines were written before `before`, the oldest first, and that nobody holds: nobody moves them
   * until the transaction ends.
   */
  waiting(before: number, limit: number, tx: Transaction): Promise<readonly WaitingTicket[]>;
  /** These lines wait no longer; what came of those that concern somebody is kept. */
  decided(
    eventIds: readonly string[],
    notices: readonly DecidedNotice[],
    at: number,
    tx: Transaction,
  ): Promise<void>;
  /** Numbers on which a unit is written to. */
  contacts(unitCode: string, tx: Transaction): Promise<readonly string[]>;
  /** Of whoever answers for the unit. */
  leaders(unitCode: string, tx: Transaction): Promise<readonly string[]>;
  /** On how many tickets of plain work this unit was written to since. */
  writtenLately(unitCode: string, since: number, tx: Transaction): Promise<number>;
  /** Units with tickets of whose own clock half the time is used up, or more. */
  loads(now: number, numbersAtMost: number): Promise<readonly UnitLoad[]>;
  /** Null when there is no such ticket that the reader may see. */
  ofTicket(ticketId: string, sight: Sight): Promise<readonly TicketNoticeView[] | null>;
}
