import { AppError } from '../errors.ts';
import { type Account, type Accounts, type PasswordHasher, ROLES, type Role } from '../ports/accounts.ts';
import type { EmployerBook } from '../ports/employers.ts';
import type { Units } from '../ports/organisation.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { normalUsername, refuseWeakPassword } from './credentials.ts';

export interface CreateAccountDeps {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly units: Units;
  readonly employers: EmployerBook;
  readonly hasher: PasswordHasher;
  readonly newId: () => string;
}

export interface NewAccount {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly unitCode?: string | null;
  /** Of a `vendorLead`, who has no other role. */
  readonly employer?: string | null;
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
  const unknown = input.roles.filter((role) => !ROLES.includes(role));
  if (unknown.length > 0 || input.roles.length === 0) {
    throw new AppError('account.roleUnknown', { roles: unknown, known: ROLES });
  }
  const unitCode = input.unitCode ?? null;
  if (input.roles.includes('unit') && unitCode === null) throw new AppError('account.unitMissing');
  const employer = employerOf(input);
  refuseWeakPassword(input.password, username);
  return {
    account: {
      id: deps.newId(),
      username,
      displayName,
      roles: [...new Set(input.roles)],
      unitCode,
      employer,
      disabled: false,
    },
    passwordHash: await deps.hasher.hash(input.password),
  };
}

/** Any other role would show a vendor's supervisor what is not his employer's. */
function employerOf({ roles, employer = null, unitCode = null }: NewAccount): string | null {
  const isVendors = roles.includes('vendorLead');
  if (isVendors && employer === null) throw new AppError('account.employerMissing');
  if (isVendors !== (employer !== null) || (isVendors && (roles.length > 1 || unitCode !== null))) {
    throw new AppError('account.vendorAlone', { roles });
  }
  return employer;
}

export async function insertAccount(
  deps: Pick<CreateAccountDeps, 'accounts' | 'units' | 'employers'>,
  { account, passwordHash }: PreparedAccount,
  tx: Transaction,
): Promise<Account> {
  if (account.unitCode !== null && (await deps.units.byCode(account.unitCode, tx)) === null) {
    throw new AppError('account.unitUnknown', { unit: account.unitCode });
  }
  const employer = account.employer ?? null;
  if (employer !== null && (await deps.employers.byCode(employer, tx)) === null) {
    throw new AppError('account.employerUnknown', { employer });
  }
  if ((await deps.accounts.add(account, passwordHash, tx)) === 'usernameTaken') {
    throw new AppError('account.usernameTaken', { username: account.username });
  }
  return account;
}
