import type { LimitState } from '../../domain/deadlines/limit-life.ts';
import type { StoredLimits } from '../../domain/deadlines/limit-set.ts';
import type { Transaction } from './transaction.ts';

export interface StoredLimitSet {
  readonly number: number;
  readonly preset: string;
  /** The set that it was made from; null: the program's own, or one that was proposed before this was kept. */
  readonly base: number | null;
  /** null: the preset as the program brings it. */
  readonly content: StoredLimits | null;
  /** Epoch milliseconds. */
  readonly validFrom: number;
  readonly state: LimitState;
  readonly reason: string;
  readonly proposedBy: string | null;
  /** Who made its last move. */
  readonly decidedBy: string | null;
}

/** Times are ISO 8601 in UTC; people by name, and for who may decide by account; null for the program. */
export interface LimitSetView extends Omit<StoredLimitSet, 'proposedBy' | 'decidedBy'> {
  readonly proposedBy: string | null;
  readonly proposedById: string | null;
  readonly proposedAt: string;
  readonly decidedBy: string | null;
  readonly decidedById: string | null;
  readonly decidedAt: string | null;
  readonly decision: string;
}

/** A set that another brought in while somebody wrote on his own. */
export interface LaterLimits {
  /** Its number. */
  readonly revision: number;
  readonly state: LimitState;
  /** By name; null: the program. */
  readonly by: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string;
}

/** A set that is decided and whose instant is to come. */
export interface ComingLimits extends LaterLimits {
  /** ISO 8601, UTC. */
  readonly validFrom: string;
}

export interface LimitBook {
  /** One at a time changes what tickets are counted by, until the transaction ends. */
  lock(tx: Transaction): Promise<void>;
  /** Returns its number. `decided`: approved at once, by who proposed it. */
  add(
    set: Omit<StoredLimitSet, 'number' | 'decidedBy'> & {
      readonly proposedAt: number;
      readonly decided: boolean;
    },
    tx: Transaction,
  ): Promise<number>;
  find(number: number, tx: Transaction): Promise<StoredLimitSet | null>;
  /** Sets after this one that are in force, or may come to be; the earliest first. */
  later(number: number, tx: Transaction): Promise<readonly LaterLimits[]>;
  /** The set where it was rejected or withdrawn, with who did so, when and why; null: it may still be built on. */
  dropped(number: number, tx: Transaction): Promise<LaterLimits | null>;
  /** Of the sets up to this one the first decided one that begins after the instant; null: none does. */
  comingAfter(number: number, at: number, tx: Transaction): Promise<ComingLimits | null>;
  decide(
    number: number,
    decision: {
      readonly state: LimitState;
      readonly validFrom: number;
      readonly by: string;
      readonly at: number;
      readonly words: string;
    },
    tx: Transaction,
  ): Promise<void>;
  /** The latest first. */
  list(): Promise<readonly LimitSetView[]>;
  /** Which of these categories do not exist. */
  unknownCategories(codes: readonly string[], tx: Transaction): Promise<readonly string[]>;
  /** Tickets that are open, and keep the limits under which they were accepted. */
  openTickets(tx: Transaction): Promise<number>;
}
