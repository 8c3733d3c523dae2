import type { CallerNumber } from '../../domain/hotlines/spellings.ts';
import type { MenuCaller } from '../../domain/ivr/condition.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';

/**
 * What call control asks of the books while a call goes on. Each rejects when nobody can say in time; the call has gone
 * on by then.
 */
export interface CallerBooks {
  /** What is known of a caller before a word is spoken. */
  known(caller: CallerNumber): Promise<MenuCaller>;
  /** The latest ticket of that caller whose number ends in these four digits; null when there is none to tell of. */
  ticketOf(caller: CallerNumber, lastFour: string): Promise<SpokenTicket | null>;
}

export interface SpokenTicket {
  readonly state: TicketState;
  readonly unitCode: string | null;
}
