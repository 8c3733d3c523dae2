import type { DialOutcome } from '../../domain/callbacks/dial-outcome.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

/** A telephone of a unit from which its people call citizens. */
export interface UnitPhone {
  readonly id: string;
  readonly unitCode: string;
  /** In the one spelling. */
  readonly number: string;
  /** As its people know it: 办公室. */
  readonly label: string;
  /** The unit is written to here. */
  readonly notices: boolean;
  /** Of who answers for the unit: urging that did not help goes to him in copy. */
  readonly leader: boolean;
}

export interface UnitCall {
  readonly callId: string;
  readonly ticketId: string;
  readonly accountId: string;
  readonly unitCode: string;
  readonly phoneId: string;
  readonly askedAt: number;
}

/** A call that is over and stands on no time line yet. */
export interface EndedUnitCall extends UnitCall {
  readonly endedAt: number;
  readonly phoneLabel: string;
  /** null: nobody talked. */
  readonly talkMs: number | null;
  readonly outcome: DialOutcome | 'notPlaced';
}

/** Who called from where, when, and what came of it. Times are ISO 8601 in UTC; no number of the citizen's. */
export interface UnitCallView {
  readonly callId: string;
  readonly askedAt: string;
  readonly by: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly phone: string;
  /** null while it goes on. */
  readonly endedAt: string | null;
  readonly outcome: DialOutcome | 'notPlaced' | null;
  readonly talkMs: number | null;
  readonly provesContact: boolean;
}

export interface UnitCallBook {
  /** In the order in which they were entered; of one unit, or of all. Refuses with `page.invalid`. */
  phones(filter: { readonly unitCode?: string }, page: PageAsked): Promise<Paged<UnitPhone>>;
  phone(id: string): Promise<UnitPhone | null>;
  /** `known`: the unit has it already. */
  addPhone(phone: UnitPhone, by: string, at: number): Promise<'added' | 'known'>;
  /** False: there is none, or it was removed before. */
  removePhone(id: string, by: string, at: number): Promise<boolean>;

  /** Asked for again it is the same call. */
  add(call: UnitCall): Promise<void>;
  ofTicket(ticketId: string): Promise<readonly UnitCallView[]>;
  /** One that is over and not noted, held until the transaction ends; null: there is none. */
  takeEnded(tx: Transaction): Promise<EndedUnitCall | null>;
  noted(callId: string, at: number, provesContact: boolean, tx: Transaction): Promise<void>;
}
