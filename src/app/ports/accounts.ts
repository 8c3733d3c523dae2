import { STAFF_ROLES } from '../../domain/tickets/ticket.ts';
import type { Transaction } from './transaction.ts';

/** What an account may do. `agent` also needs an entry in the agents' register. */
export const ROLES = STAFF_ROLES;
export type Role = (typeof ROLES)[number];

export interface Account {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** The handling unit that an account with the role `unit` acts for. */
  readonly unitCode: string | null;
  /** Whose agents a `vendorLead` sees, and nobody else's; null or absent for every other account. */
  readonly employer?: string | null;
  readonly disabled: boolean;
}

export interface Accounts {
  byId(id: string, tx?: Transaction): Promise<Account | null>;
  /** With the stored hash, for checking a password and nothing else. */
  byUsername(
    username: string,
    tx?: Transaction,
  ): Promise<{ readonly account: Account; readonly passwordHash: string } | null>;
  list(tx?: Transaction): Promise<readonly Account[]>;
  /** `usernameTaken` leaves the transaction usable. */
  add(account: Account, passwordHash: string, tx: Transaction): Promise<'added' | 'usernameTaken'>;
  setPasswordHash(id: string, passwordHash: string, tx?: Transaction): Promise<void>;
}

/** Slow, salted hashes of passwords; the parameters stand in the hash, so that they can grow. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** `outdated`: right, but made with weaker parameters than today's; hash it again. */
  check(password: string, passwordHash: string): Promise<'right' | 'outdated' | 'wrong'>;
  /** As long as a real check takes, for a user name that does not exist. */
  checkNobody(password: string): Promise<void>;
}

/** Random secrets for people and machines. */
export interface SecretMint {
  /** Readable aloud and typed without error, at least 80 bits. */
  password(): string;
  /** For digest authentication of a phone: letters and digits, at least 128 bits. */
  phoneSecret(): string;
  /** A session's token and the hash under which it is stored. */
  sessionToken(): { readonly token: string; readonly tokenHash: Uint8Array };
  hashToken(token: string): Uint8Array;
}
