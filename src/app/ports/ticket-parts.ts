import type { ExtendedPart } from '../../domain/tickets/parts/extended.ts';
import type { Part, PartKind, PartTree } from '../../domain/tickets/parts/part.ts';
import type { PartMove, PartState } from '../../domain/tickets/parts/part-table.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

export interface PartEvent {
  readonly at: number;
  readonly actorId: string | null;
  readonly move: PartMove;
  readonly from: PartState | null;
  readonly words: string;
}

/** Times are ISO 8601 in UTC. */
export interface PartRow extends Omit<Part, 'assignedAt' | 'dueAt'> {
  readonly ticketId: string;
  readonly unitName: string;
  readonly task: string;
  readonly reply: string | null;
  readonly reworks: number;
  readonly assignedAt: string;
  readonly dueAt: string;
  readonly overdue: boolean;
}

/** The appeal as a unit needs it that does a part of it: what and where, not who. */
export interface PartAppeal {
  readonly ticketNumber: string;
  readonly type: string;
  readonly category: string;
  readonly urgency: string;
  readonly title: string;
  readonly content: string;
  readonly place: string;
}

export interface TicketParts {
  /** Holds the ticket, and with it all its parts, until the transaction ends. */
  lockTree(ticketId: string, tx: Transaction): Promise<PartTree | null>;
  /** The tree with its rows, for reading. */
  readTree(ticketId: string): Promise<{
    readonly tree: PartTree;
    readonly rows: readonly PartRow[];
    readonly firstUnit: string | null;
  } | null>;
  sees(ticketId: string, sight: Sight, tx?: Transaction): Promise<boolean>;
  ticketOf(partId: string, tx?: Transaction): Promise<string | null>;
  appeal(ticketId: string): Promise<PartAppeal>;
  /** The unit above this one; null when there is no such unit. */
  unitWithin(code: string, tx: Transaction): Promise<{ readonly within: string | null } | null>;
  add(
    ticketId: string,
    part: Part,
    more: { readonly task: string; readonly warnAt: number },
    event: PartEvent,
    tx: Transaction,
  ): Promise<{ readonly wordsHash: string }>;
  move(
    part: Part,
    more: { readonly reply: string | null; readonly warnAt: number | null; readonly reworked: boolean },
    event: PartEvent,
    tx: Transaction,
  ): Promise<{ readonly wordsHash: string }>;
  list(
    filter: { readonly unitCode?: string; readonly state?: PartState; readonly kind?: PartKind },
    /** A unit's people see its own parts. */
    sight: Sight,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{
    readonly parts: readonly (PartRow & { readonly ticketNumber: string; readonly title: string })[];
    readonly next: string | null;
  }>;
  /** More time for parts; who is warned of it already is warned again, in the end. */
  extend(parts: readonly ExtendedPart[], at: number, tx: Transaction): Promise<void>;
  /** Parts whose warning or whose end has come and of which nobody was told, the oldest first. */
  due(at: number, limit: number): Promise<readonly { readonly id: string; readonly ticketId: string }[]>;
  /** What of it is to be told now, noted as told; under the lock of its ticket. */
  mark(
    partId: string,
    at: number,
    tx: Transaction,
  ): Promise<{ readonly what: 'partWarning' | 'partOverdue'; readonly dueAt: number } | null>;
  /** For whoever listens, in the transaction of what happened. */
  tell(notice: object, key: string, tx: Transaction): Promise<void>;
}
