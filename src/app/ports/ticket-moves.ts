import type { VisitOutcome } from '../../domain/callbacks/visit-attempts.ts';
import type { DeadlineMark } from '../../domain/deadlines/clocks.ts';
import type { KnownCitizen } from '../../domain/privacy/personal-data.ts';
import type { MovingTicket, TicketChange } from '../../domain/tickets/ticket-move.ts';
import type { TicketNote } from '../../domain/tickets/time-line.ts';
import type { TicketMove } from '../../domain/tickets/transitions.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

export interface LockedTicket extends Omit<MovingTicket, 'tried' | 'heard'> {
  /** Of the visit that it waits for. */
  readonly visitAttempts: readonly { readonly at: number; readonly outcome: VisitOutcome }[];
  readonly number: string;
  readonly acceptedAt: number;
  /** A day counts as so many seconds; null: its time is real. */
  readonly daySeconds: number | null;
  readonly citizen: KnownCitizen;
  readonly replyHeld: boolean;
  /** The last line that wrote, mended or confirmed a reply; 0: there is none. */
  readonly replySeq: number;
  /** The last line of the time line that changed the state. */
  readonly lastMove: {
    readonly seq: number;
    readonly type: string;
    readonly at: string;
    readonly by: string | null;
  };
}

export interface TicketMoves {
  /** Holds the ticket until the transaction ends; null when there is none that the actor may see. */
  lock(id: string, sight: Sight, tx: Transaction): Promise<LockedTicket | null>;
  /** When the line of this id was said, epoch milliseconds; null: it was not. */
  saidAt(lineId: string, tx: Transaction): Promise<number | null>;
  /** A line that moves nothing; the ticket is locked by whoever asks. */
  note(ticketId: string, event: TicketNote, tx: Transaction): Promise<void>;
  /** What subscribers are told, with the transaction. */
  tell(
    row: {
      readonly topic: string;
      readonly key: string;
      readonly body: object;
      /** Epoch milliseconds; absent: at once. */
      readonly notBefore?: number;
    },
    tx: Transaction,
  ): Promise<void>;
  /** How often this stands on the time line. */
  times(ticketId: string, type: TicketMove, tx: Transaction): Promise<number>;
  /** Whether there is such a unit today. */
  unitKnown(code: string, tx: Transaction): Promise<boolean>;
  /** Of whose conduct it is; null: nobody's. False: that was said already. */
  accuse(ticketId: string, unitCode: string | null, tx: Transaction): Promise<boolean>;
  /** Row, time line, clocks and outbox. Returns the ticket's version, which is the number of the new line. */
  write(
    moved: {
      readonly id: string;
      readonly change: TicketChange;
      readonly eventId: string;
      readonly marks: readonly (DeadlineMark & { readonly id: string })[];
      /** The code of the limits that they were counted with. */
      readonly limits: string;
      readonly outbox: { readonly topic: string; readonly key: string; readonly body: object };
    },
    tx: Transaction,
  ): Promise<{ readonly version: number }>;
}

export interface TimeLineProof {
  readonly number: string;
  /** How many lines there must be. */
  readonly version: number;
  /** The exact text of each line and its hash, hexadecimal, in order. */
  readonly lines: readonly { readonly text: string; readonly hash: string }[];
}

export interface TimeLines {
  /** Null when there is none that the actor may see. */
  proofOf(ticketId: string, sight: Sight): Promise<TimeLineProof | null>;
  /** All tickets, by id after `after`, so many a time. */
  proofs(after: string | null, limit: number): Promise<readonly (TimeLineProof & { readonly id: string })[]>;
}
