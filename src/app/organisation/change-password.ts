import { AppError } from '../errors.ts';
import type { Accounts, PasswordHasher } from '../ports/accounts.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { Database } from '../ports/transaction.ts';
import { refuseWeakPassword } from './credentials.ts';

export interface ChangePasswordDeps {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly hasher: PasswordHasher;
}

/**
 * Changes one's own password and signs out everywhere else.
 * Codes: account.credentialsWrong (the present password), account.passwordWeak, account.passwordSame.
 */
export async function changePassword(
  deps: ChangePasswordDeps,
  input: {
    readonly username: string;
    readonly presentPassword: string;
    readonly newPassword: string;
    /** The session that asks and stays. */
    readonly tokenHash: Uint8Array | null;
  },
): Promise<void> {
  const found = await deps.accounts.byUsername(input.username);
  if (found === null || (await deps.hasher.check(input.presentPassword, found.passwordHash)) === 'wrong') {
    throw new AppError('account.credentialsWrong');
  }
  const { account } = found;
  if (input.newPassword === input.presentPassword) throw new AppError('account.passwordSame');
  refuseWeakPassword(input.newPassword, account.username);
  const passwordHash = await deps.hasher.hash(input.newPassword);
  await deps.database.transact(async (tx) => {
    await deps.accounts.setPasswordHash(account.id, passwordHash, tx);
    await deps.sessions.removeAllOf(account.id, input.tokenHash, tx);
  });
}
