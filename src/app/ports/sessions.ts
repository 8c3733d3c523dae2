import type { Account } from './accounts.ts';
import type { Transaction } from './transaction.ts';

/** Who is signed in at the console or the API. Only the token's SHA-256 is stored. Times are epoch milliseconds. */
export interface Sessions {
  add(
    session: {
      readonly tokenHash: Uint8Array;
      readonly accountId: string;
      readonly createdAtMs: number;
      readonly expiresAtMs: number;
    },
    tx?: Transaction,
  ): Promise<void>;
  /** Null when there is none, it has expired, or its account was disabled. */
  find(
    tokenHash: Uint8Array,
    nowMs: number,
  ): Promise<{ readonly account: Account; readonly expiresAtMs: number } | null>;
  extend(tokenHash: Uint8Array, expiresAtMs: number): Promise<void>;
  remove(tokenHash: Uint8Array): Promise<void>;
  /** Signs an account out everywhere, except perhaps the session that asks for it; pages that are open are told at once. */
  removeAllOf(accountId: string, except: Uint8Array | null, tx?: Transaction): Promise<void>;
  /** Forgets expired sessions; returns how many. */
  sweep(nowMs: number): Promise<number>;
}
