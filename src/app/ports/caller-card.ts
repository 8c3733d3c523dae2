import type { IncidentState } from '../../domain/incidents/incident-table.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { CallOutcome } from './calls.ts';

/** What the books have of a caller, shown to an agent before he picks up. Times are ISO 8601 in UTC. */
export interface CallerCard {
  /** Where his newest matter is that names a place and is not confidential; '': none does. */
  readonly lastPlace: string;
  /** What agents noted of him; null: nothing. */
  readonly note: {
    readonly vulnerable: boolean;
    readonly language: string | null;
    readonly note: string;
  } | null;
  /** With agents, newest first. */
  readonly calls: readonly {
    readonly id: string;
    readonly arrivedAt: string;
    readonly lineName: string | null;
    readonly agentName: string | null;
    readonly outcome: CallOutcome | null;
    readonly ticketId: string | null;
    readonly ticketNumber: string | null;
  }[];
  /** Not closed yet, newest first. Of a confidential one title and place are empty. */
  readonly tickets: readonly {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly place: string;
    readonly state: TicketState;
    readonly unitName: string | null;
    readonly acceptedAt: string;
    readonly citizenDueAt: string | null;
    readonly confidential: boolean;
  }[];
  /** Under way; those where one of his tickets is come first. */
  readonly incidents: readonly {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly area: string;
    readonly state: IncidentState;
    readonly openedAt: string;
    readonly near: boolean;
  }[];
}

export interface CallerCards {
  /** `spellings`: the ways in which his number may have been written down; empty where it was withheld. */
  cardOf(caller: { readonly number: string; readonly spellings: readonly string[] }): Promise<CallerCard>;
}
