import type { Transaction } from './transaction.ts';

/** Since when nobody has looked: verified before this local day; or never, and written before this instant. */
export interface Unverified {
  readonly verifiedBefore: string;
  readonly writtenBefore: number;
}

export interface UnverifiedPlace {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly address: string;
  /** Null: nobody ever looked. */
  readonly verifiedOn: string | null;
  /** How often this keeper was asked before. */
  readonly times: number;
}

export interface NeglectedPlaces {
  readonly unitCode: string;
  readonly unitName: string;
  readonly places: number;
}

/**
 * Who was asked to look at which place. Its keeper is the partner, group or platform once it is a unit of its own, else the
 * unit that answers for it; what is nobody's is the centre's.
 */
export interface PlaceReminderBook {
  /** Units that keep such a place and have no open ticket about it. `centre` null: what is nobody's waits. */
  unitsToAsk(which: Unverified, centre: string | null): Promise<readonly string[]>;
  /** Of one unit, the longest unseen first. */
  unverified(
    unitCode: string,
    which: Unverified,
    centre: string | null,
    limit: number,
    tx: Transaction,
  ): Promise<readonly UnverifiedPlace[]>;
  noteAsked(
    placeIds: readonly string[],
    asked: { readonly unitCode: string; readonly ticketId: string; readonly at: number },
    tx: Transaction,
  ): Promise<void>;
  /**
   * Somebody looked since, it closed, or another keeps it now: who was asked for it is asked no more. Units of which an alarm
   * stands and that neglect nothing now, whenever that came to be.
   */
  forgetDone(centre: string | null, tx: Transaction): Promise<readonly string[]>;
  /** First asked before `since`, in vain, and told to nobody yet: each place once. */
  takeNeglected(since: number, at: number, tx: Transaction): Promise<readonly NeglectedPlaces[]>;
}
