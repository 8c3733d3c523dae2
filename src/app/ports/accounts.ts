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

/** As a list of accounts shows it. */
export interface AccountListed extends Account {
  /** His number in the agents' register, also of who is no agent any more; null: he was never one. */
  readonly agentNumber: string | null;
}

export interface Accounts {
  byId(id: string, tx?: Transaction): Promise<Account | null>;
  /** With the stored hash, for checking a password and nothing else. */
  byUsername(
    username: string,
    tx?: Transaction,
  ): Promise<{ readonly account: Account; readonly passwordHash: string } | null>;
  list(tx?: Transaction): Promise<readonly AccountListed[]>;
  /** As it stands, and nobody else changes it until the transaction ends. */
  lock(id: string, tx: Transaction): Promise<Account | null>;
  /** Everybody who is an administrator now; nobody becomes or ceases to be one until the transaction ends. */
  lockAdmins(tx: Transaction): Promise<readonly string[]>;
  /** Roles, unit, employer, and whether it is in use. */
  change(account: Account, atMs: number, tx: Transaction): Promise<void>;
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
