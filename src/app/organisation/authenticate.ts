import type { Account, SecretMint } from '../ports/accounts.ts';
import type { Sessions } from '../ports/sessions.ts';
import { SESSION_IDLE_MS } from './sign-in.ts';

/** The expiry slides in steps, so that not every request writes. */
const SLIDE_STEP_MS = 5 * 60 * 1000;

export interface Authenticated {
  readonly account: Account;
  readonly tokenHash: Uint8Array;
  readonly expiresAtMs: number;
  /** The database could not be asked; it is known from before that this is his session. */
  readonly booksAway?: true;
}

/** Whose token this is, as of now (roles are read afresh); null when nobody's. */
export async function authenticate(
  deps: { readonly sessions: Sessions; readonly mint: SecretMint },
  token: string,
  nowMs: number,
): Promise<Authenticated | null> {
  const tokenHash = deps.mint.hashToken(token);
  const session = await deps.sessions.find(tokenHash, nowMs);
  if (session === null) return null;
  const expiresAtMs = nowMs + SESSION_IDLE_MS;
  if (expiresAtMs - session.expiresAtMs < SLIDE_STEP_MS) return { ...session, tokenHash };
  await deps.sessions.extend(tokenHash, expiresAtMs);
  return { account: session.account, tokenHash, expiresAtMs };
}
