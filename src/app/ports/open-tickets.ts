import type { TicketState } from '../../domain/tickets/transitions.ts';

/** What is open now of one unit (null: with nobody), by state; a long-term item is open like any other. */
export interface OpenTickets {
  readonly unitCode: string | null;
  readonly unitName: string | null;
  readonly states: readonly { readonly state: TicketState; readonly tickets: number }[];
  /** Past the citizen's limit. */
  readonly overdue: number;
  /** Long-term items whose day of review is over. */
  readonly planLate: number;
}

export interface OpenTicketFigures {
  openTickets(today: string): Promise<readonly OpenTickets[]>;
}
