import { AppError } from '../errors.ts';
import type { Account, Accounts, PasswordHasher } from '../ports/accounts.ts';
import type { EmployerBook } from '../ports/employers.ts';
import type { Units } from '../ports/organisation.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { assertBelonging, judgedRoles, type Standing } from './account-roles.ts';
import { normalUsername, refuseWeakPassword } from './credentials.ts';

export interface CreateAccountDeps {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly units: Units;
  readonly employers: EmployerBook;
  readonly hasher: PasswordHasher;
  readonly newId: () => string;
}

export interface NewAccount extends Standing {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
}

/**
 * Codes: account.usernameInvalid, account.usernameTaken, account.displayNameMissing, account.passwordWeak,
 * account.roleUnknown, account.agentNeedsPhone, account.unitMissing, account.unitUnknown, account.employerMissing,
 * account.vendorAlone, account.employerUnknown.
 */
export async function createAccount(deps: CreateAccountDeps, input: NewAccount): Promise<Account> {
  if (input.roles.includes('agent')) {
    throw new AppError('account.agentNeedsPhone', {}, 'an agent is made with a work number and a phone');
  }
  const prepared = await prepareAccount(deps, input);
  return deps.database.transact((tx) => insertAccount(deps, prepared, tx));
}

interface PreparedAccount {
  readonly account: Account;
  readonly passwordHash: string;
}

/** What can be judged and computed before a transaction: hashing takes a noticeable part of a second. */
export async function prepareAccount(
  deps: Pick<CreateAccountDeps, 'hasher' | 'newId'>,
  input: NewAccount,
): Promise<PreparedAccount> {
  const username = normalUsername(input.username);
  const displayName = input.displayName.trim();
  if (displayName === '') throw new AppError('account.displayNameMissing');
  const standing = judgedRoles(input);
  refuseWeakPassword(input.password, username);
  return {
    account: { id: deps.newId(), username, displayName, ...standing, disabled: false },
    passwordHash: await deps.hasher.hash(input.password),
  };
}

export async function insertAccount(
  deps: Pick<CreateAccountDeps, 'accounts' | 'units' | 'employers'>,
  { account, passwordHash }: PreparedAccount,
  tx: Transaction,
): Promise<Account> {
  await assertBelonging(deps, { unitCode: account.unitCode, employer: account.employer ?? null }, tx);
  if ((await deps.accounts.add(account, passwordHash, tx)) === 'usernameTaken') {
    throw new AppError('account.usernameTaken', { username: account.username });
  }
  return account;
}
