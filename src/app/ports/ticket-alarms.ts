import type { AlarmedTicket, TicketAlarm } from '../../domain/tickets/ticket-alarms.ts';

export interface StandingTicketAlarm {
  readonly key: string;
  readonly kind: TicketAlarm;
  readonly ticket: AlarmedTicket;
}

export interface TicketAlarms {
  /** Open alarms about tickets, each with its ticket as it is now. */
  standing(): Promise<readonly StandingTicketAlarm[]>;
}
