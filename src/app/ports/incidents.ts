import type { Urgency } from '../../domain/deadlines/stages.ts';
import type { IncidentMove, IncidentState } from '../../domain/incidents/incident-table.ts';
import type { Appealed } from '../../domain/incidents/similar.ts';
import type { FreshAppeal } from '../../domain/incidents/surge.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface IncidentRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly categoryCode: string;
  readonly branchCode: string;
  readonly area: string;
  readonly state: IncidentState;
  readonly unitCode: string | null;
  readonly announcementId: string | null;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  readonly version: number;
}

export interface IncidentStep {
  readonly move: IncidentMove;
  readonly from: IncidentState | null;
  readonly to: IncidentState;
  readonly at: number;
  /** null: the program itself. */
  readonly by: string | null;
  readonly reason: string;
}

/** Times are ISO 8601 in UTC. */
export interface IncidentSummary extends Omit<IncidentRow, 'openedAt' | 'branchCode'> {
  readonly openedAt: string;
  /** Appeals that are in it now; of them those that have not come to their end. */
  readonly members: number;
  readonly openMembers: number;
}

export interface IncidentMemberView {
  readonly ticketId: string;
  readonly number: string;
  readonly title: string;
  readonly place: string;
  readonly state: TicketState;
  readonly joinedAt: string;
  readonly joinedBy: string | null;
  readonly joinedReason: string;
  readonly leftAt: string | null;
  readonly leftBy: string | null;
  readonly leftReason: string | null;
}

export interface BroadcastView {
  readonly id: string;
  readonly kind: 'progress' | 'recovered';
  readonly text: string;
  readonly at: string;
  readonly by: string;
  readonly queued: number;
  /** Tickets whose citizens are to be called instead. */
  readonly byPhone: readonly string[];
}

export interface IncidentDetail extends IncidentSummary {
  readonly appeals: readonly IncidentMemberView[];
  readonly broadcasts: readonly BroadcastView[];
  readonly history: readonly {
    readonly at: string;
    readonly by: string | null;
    readonly move: string;
    readonly from: IncidentState | null;
    readonly to: IncidentState;
    readonly reason: string;
  }[];
}

export interface SimilarTicket extends Appealed {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: TicketState;
  readonly incidentId: string | null;
}

/** Whom a broadcast is for. */
export interface IncidentCitizen {
  readonly ticketId: string;
  readonly number: string;
  /** Nothing is written to him that somebody else might read. */
  readonly discreet: boolean;
}

export interface Broadcast {
  readonly id: string;
  readonly incidentId: string;
  readonly kind: 'progress' | 'recovered';
  readonly text: string;
  readonly at: number;
  readonly by: string;
  readonly key: string;
  readonly queued: number;
  readonly byPhone: readonly string[];
}

export interface IncidentBook {
  nextNumber(tx: Transaction): Promise<number>;
  /** null: there is no such category. */
  branchOf(categoryCode: string, tx?: Transaction): Promise<string | null>;
  add(incident: IncidentRow, step: IncidentStep, tx: Transaction): Promise<void>;
  /** Holds it until the transaction ends. */
  lock(id: string, tx: Transaction): Promise<IncidentRow | null>;
  /** With what led there; null: it did not move. */
  save(incident: IncidentRow, step: IncidentStep | null, tx: Transaction): Promise<void>;
  /** False: the announcement is another incident's, or there is none. */
  announce(id: string, announcementId: string, tx: Transaction): Promise<boolean>;

  /** Of a ticket that is locked. */
  standing(
    ticketId: string,
    tx: Transaction,
  ): Promise<{
    readonly type: TicketType;
    readonly state: TicketState;
    readonly unitCode: string | null;
    readonly incidentId: string | null;
    readonly citizen: IncidentCitizen;
  } | null>;
  join(
    member: {
      readonly id: string;
      readonly incidentId: string;
      readonly ticketId: string;
      readonly at: number;
      readonly by: string | null;
      readonly reason: string;
    },
    tx: Transaction,
  ): Promise<void>;
  /** False: it is not in this one. */
  leave(
    member: { readonly incidentId: string; readonly ticketId: string },
    end: { readonly at: number; readonly by: string | null; readonly reason: string },
    tx: Transaction,
  ): Promise<boolean>;
  /** Tickets that are in it now, by id. */
  members(id: string, tx?: Transaction): Promise<readonly string[]>;
  /** With those that were taken out of it. */
  everMembers(id: string, tx: Transaction): Promise<readonly string[]>;
  openMembers(id: string, tx: Transaction): Promise<number>;
  /** Of a ticket that is locked; returns what it was. */
  setUrgency(ticketId: string, to: Urgency, tx: Transaction): Promise<Urgency>;
  citizens(id: string, tx: Transaction): Promise<readonly IncidentCitizen[]>;
  addBroadcast(broadcast: Broadcast, tx: Transaction): Promise<void>;
  /** What came of one, by its id; null: there is none. */
  broadcastOf(id: string, tx: Transaction): Promise<Pick<Broadcast, 'queued' | 'byPhone'> | null>;
  /** Whether its citizens were told of a recovery before. */
  recoveredBefore(id: string, tx: Transaction): Promise<boolean>;
  lastBroadcast(id: string, tx: Transaction): Promise<Pick<Broadcast, 'kind' | 'text' | 'key'> | null>;

  /** Newest first; what the reader may see: a unit those with an appeal of its own. */
  list(
    filter: { readonly state?: IncidentState },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<IncidentSummary>>;
  detail(id: string, sight: Sight): Promise<IncidentDetail | null>;

  /** Open tickets accepted since, newest first, that may be like a new one. */
  candidates(since: number, sight: Sight, limit: number): Promise<readonly SimilarTicket[]>;
  /** Whoever writes down a burst meets the others here, until the transaction ends. */
  lockWatch(tx: Transaction): Promise<void>;
  underWay(tx?: Transaction): Promise<readonly IncidentRow[]>;
  /** Appeals since, in no incident and never taken out of one: a person's word stands. */
  fresh(since: number): Promise<readonly FreshAppeal[]>;
  /** How many such appeals there were in a span; epoch milliseconds. */
  count(branchCode: string, area: string, from: number, to: number): Promise<number>;
}
