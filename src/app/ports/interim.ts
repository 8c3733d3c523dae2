import type { InterimState } from '../../domain/tickets/interim.ts';
import type { Transaction } from './transaction.ts';

/** Times are epoch milliseconds. */
export interface Interim {
  readonly ticketId: string;
  readonly unitCode: string;
  readonly state: InterimState;
  readonly hazard: string;
  readonly hazardDueAt: number;
  readonly assignedAt: number;
  readonly hazardRemovedAt: number | null;
  readonly causeFixedAt: number | null;
  readonly ownerUnit: string | null;
  readonly settledAt: number | null;
}

export interface InterimBook {
  /** `taken`: the ticket has an interim handler already. */
  assign(
    interim: Pick<Interim, 'ticketId' | 'unitCode' | 'hazard' | 'hazardDueAt' | 'assignedAt'>,
    tx: Transaction,
  ): Promise<'assigned' | 'taken'>;
  of(ticketId: string, tx?: Transaction): Promise<Interim | null>;
  /** The state with the moments that go with it; a hazard that recurs has a new time. */
  move(
    ticketId: string,
    to: InterimState,
    at: number,
    hazardDueAt: number | null,
    tx: Transaction,
  ): Promise<void>;
  settle(ticketId: string, ownerUnit: string, at: number, tx: Transaction): Promise<void>;
  /** Hazards that are there past their time and of which nobody was told. */
  late(at: number, limit: number): Promise<readonly string[]>;
  /** False when it was told meanwhile, or the hazard is gone. */
  markLate(ticketId: string, at: number, tx: Transaction): Promise<boolean>;
}
