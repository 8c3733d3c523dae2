import { AppError } from '../errors.ts';
import type { Account, Accounts, PasswordHasher, SecretMint } from '../ports/accounts.ts';
import type { Sessions } from '../ports/sessions.ts';

/** A session ends when nothing was asked with it for this long. */
export const SESSION_IDLE_MS = 12 * 60 * 60 * 1000;

export interface SignInDeps {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly hasher: PasswordHasher;
  readonly mint: SecretMint;
}

export interface SignedIn {
  readonly token: string;
  readonly account: Account;
  readonly expiresAtMs: number;
}

/**
 * Opens a session. A user name that does not exist and a wrong password take the same time and give the same
 * code. Codes: account.credentialsWrong, account.disabled (said only to who knows the password).
 */
export async function signIn(
  deps: SignInDeps,
  input: { readonly username: string; readonly password: string },
  nowMs: number,
): Promise<SignedIn> {
  const found = await deps.accounts.byUsername(input.username.trim().toLowerCase());
  if (found === null) {
    await deps.hasher.checkNobody(input.password);
    throw new AppError('account.credentialsWrong');
  }
  const { account, passwordHash } = found;
  const verdict = await deps.hasher.check(input.password, passwordHash);
  if (verdict === 'wrong') throw new AppError('account.credentialsWrong');
  if (account.disabled) throw new AppError('account.disabled');
  if (verdict === 'outdated') {
    await deps.accounts.setPasswordHash(account.id, await deps.hasher.hash(input.password));
  }
  const { token, tokenHash } = deps.mint.sessionToken();
  const expiresAtMs = nowMs + SESSION_IDLE_MS;
  // Whoever signs in sweeps up what others left.
  await deps.sessions.sweep(nowMs);
  await deps.sessions.add({ tokenHash, accountId: account.id, createdAtMs: nowMs, expiresAtMs });
  return { token, account, expiresAtMs };
}
