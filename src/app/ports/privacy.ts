import type { Sight } from '../../domain/tickets/visibility.ts';
import type { Transaction } from './transaction.ts';

/** Who a ticket's citizen is, as the books hold it: never in an answer but through a lease. */
export interface Citizen {
  readonly ticketId: string;
  readonly confidential: boolean;
  readonly anonymous: boolean;
  readonly listedOnly: boolean;
  readonly citizenName: string;
  readonly citizenNumber: string;
  readonly place: string;
  readonly content: string;
  /** The public reply with whatever it tells of him; null: none yet. */
  readonly reply: string | null;
}

/** Leave to see one citizen's name and number for a while. */
export interface CitizenLease {
  readonly id: string;
  readonly ticketId: string;
  readonly accountId: string;
  readonly beginsAt: number;
  readonly endsAt: number;
}

/** One entry on the list of those who need to know a ticket. Times are ISO 8601 in UTC. */
export interface GrantView {
  readonly id: string;
  readonly account: { readonly id: string; readonly displayName: string; readonly unitCode: string | null };
  readonly reason: string;
  readonly grantedBy: string;
  readonly grantedAt: string;
  readonly until: string;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly endedReason: string | null;
}

export interface NewGrant {
  readonly id: string;
  readonly ticketId: string;
  readonly accountId: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  readonly until: number;
}

/** How often one person looked at citizens in a period. */
export interface CitizenViews {
  readonly account: { readonly id: string; readonly displayName: string; readonly unitCode: string | null };
  /** Reasons given. */
  readonly leases: number;
  /** Times that a name and a number were shown, the first of each lease among them. */
  readonly views: number;
  readonly tickets: number;
}

export interface PrivacyBook {
  citizen(ticketId: string, sight: Sight, tx?: Transaction): Promise<Citizen | null>;
  addLease(lease: CitizenLease, tx: Transaction): Promise<void>;
  /** The one that ends last of those that hold at this moment. */
  leaseOf(ticketId: string, accountId: string, at: number): Promise<CitizenLease | null>;

  keepToList(ticketId: string, listedOnly: boolean, tx: Transaction): Promise<void>;
  /** Whoever may read the one by name may read the other, for as long. */
  copyGrants(
    grants: { readonly of: string; readonly to: string; readonly at: number },
    tx: Transaction,
  ): Promise<void>;
  accountKnown(id: string, tx: Transaction): Promise<boolean>;
  addGrant(grant: NewGrant, tx: Transaction): Promise<void>;
  /** Null: there is none, or it is over. */
  endGrant(
    grant: { readonly id: string; readonly ticketId: string },
    end: { readonly by: string; readonly at: number; readonly reason: string },
    tx: Transaction,
  ): Promise<{ readonly accountId: string } | null>;
  /** Newest first, those that are over as well. */
  grants(ticketId: string): Promise<readonly GrantView[]>;

  /** Who looked most first. `from` inclusive, `to` exclusive, epoch milliseconds. */
  views(from: number, to: number): Promise<readonly CitizenViews[]>;
}
