import type { HandOverOrder, HandOverOutcome } from '../../domain/incidents/hand-over.ts';
import type { Role } from '../../domain/tickets/ticket.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

/** What was decided: it stands before the first appeal goes. */
export interface IncidentHandOver extends HandOverOrder {
  readonly id: string;
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
  readonly decidedBy: string;
  readonly decidedAs: readonly Role[];
  /** Who had the incident before: it stays with them when nothing goes by it. Null: nobody. */
  readonly formerUnit: string | null;
  readonly isFinished: boolean;
}

export interface HandOverLine {
  readonly ticketId: string;
  readonly outcome: HandOverOutcome;
  /** Of a refusal; of one that went, what was left out; of one that waits, what went wrong the last time. */
  readonly code: string | null;
}

/** Times are ISO 8601 in UTC. */
export interface HandOverView extends HandOverOrder {
  readonly id: string;
  readonly unitName: string;
  readonly assistNames: readonly string[];
  readonly decidedAt: string;
  readonly decidedBy: string;
  readonly finishedAt: string | null;
  /** Who joins until then goes the same way; null: who joins does not. */
  readonly joinsUntil: string | null;
  /** How many appeals came to what. */
  readonly counts: Readonly<Record<HandOverOutcome, number>>;
  /** Those that could not go, or not yet because something went wrong. */
  readonly troubles: readonly (HandOverLine & { readonly number: string; readonly tries: number })[];
}

export interface IncidentHandOverBook {
  /** With a line for each ticket, all waiting. */
  add(
    handOver: Omit<IncidentHandOver, 'isFinished'>,
    ticketIds: readonly string[],
    tx: Transaction,
  ): Promise<void>;
  find(id: string, tx?: Transaction): Promise<IncidentHandOver | null>;
  /**
   * Of an incident that is locked: its appeals that are not over and that this unit has not got. `waits`: nobody has it yet;
   * else it is with another, or lies where it cannot be dispatched from.
   */
  toGive(
    to: { readonly incidentId: string; readonly unitCode: string },
    tx: Transaction,
  ): Promise<readonly { readonly ticketId: string; readonly waits: boolean }[]>;
  /** Of an incident that is locked: whether one goes on. */
  isUnderWay(incidentId: string, tx: Transaction): Promise<boolean>;
  /**
   * The last one since then by which an incident went to this unit, or goes; null: it went there in another way. To who assists
   * as he is called today, and without who is no more.
   */
  lastTo(
    to: { readonly incidentId: string; readonly unitCode: string; readonly sinceMs: number },
    tx: Transaction,
  ): Promise<HandOverOrder | null>;
  /** What a unit is called today; null: it is no more, and nobody took its place. */
  unitNow(code: string, tx: Transaction): Promise<string | null>;
  /** Not finished; the oldest first. */
  unfinished(limit: number): Promise<readonly string[]>;
  /** Holds the next line whose turn it is until the transaction ends; null: none, or others have them. */
  claim(id: string, nowMs: number, tx: Transaction): Promise<string | null>;
  /** False: it was settled by somebody else. */
  settle(
    line: {
      readonly id: string;
      readonly ticketId: string;
      readonly outcome: 'done' | 'refused';
      readonly code: string | null;
      readonly nowMs: number;
    },
    tx: Transaction,
  ): Promise<boolean>;
  /** Something went wrong with a line that waits: how often that was so by now; 0: it waits no more. */
  stumbled(id: string, ticketId: string, code: string, tx: Transaction): Promise<number>;
  postpone(id: string, ticketId: string, untilMs: number, tx: Transaction): Promise<void>;
  /** How many could not go by the last one that is finished, and lie where they were, in the incident, to be dispatched yet. */
  leftBehind(incidentId: string, tx: Transaction): Promise<number>;
  /** Incidents of which an alarm still says that some were left behind, and none is. */
  seenTo(limit: number): Promise<readonly string[]>;
  lines(id: string, tx?: Transaction): Promise<readonly HandOverLine[]>;
  /** How many of its lines came to what. */
  counts(id: string, tx?: Transaction): Promise<Readonly<Record<HandOverOutcome, number>>>;
  finish(id: string, nowMs: number, tx: Transaction): Promise<void>;
  /** Newest first, of an incident that the reader sees whole. */
  ofIncident(incidentId: string, sight: Sight): Promise<readonly HandOverView[]>;
}
