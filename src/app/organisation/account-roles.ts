import { AppError } from '../errors.ts';
import { ROLES, type Role } from '../ports/accounts.ts';
import type { EmployerBook } from '../ports/employers.ts';
import type { Units } from '../ports/organisation.ts';
import type { Transaction } from '../ports/transaction.ts';

/** What an account may do, and for whom. */
export interface Standing {
  readonly roles: readonly Role[];
  readonly unitCode?: string | null;
  /** Of a `vendorLead`, who has no other role. */
  readonly employer?: string | null;
}

/** Refuses roles that do not go together. Codes: account.roleUnknown, account.unitMissing, account.employerMissing, account.vendorAlone. */
export function judgedRoles({ roles, unitCode = null, employer = null }: Standing): {
  readonly roles: readonly Role[];
  readonly unitCode: string | null;
  readonly employer: string | null;
} {
  const unknown = roles.filter((role) => !ROLES.includes(role));
  if (unknown.length > 0 || roles.length === 0) {
    throw new AppError('account.roleUnknown', { roles: unknown, known: ROLES });
  }
  if (roles.includes('unit') && unitCode === null) throw new AppError('account.unitMissing');
  // Any other role would show a vendor's supervisor what is not his employer's.
  const isVendors = roles.includes('vendorLead');
  if (isVendors && employer === null) throw new AppError('account.employerMissing');
  if (isVendors !== (employer !== null) || (isVendors && (roles.length > 1 || unitCode !== null))) {
    throw new AppError('account.vendorAlone', { roles });
  }
  return { roles: [...new Set(roles)], unitCode, employer };
}

/** Codes: account.unitUnknown, account.employerUnknown. */
export async function assertBelonging(
  deps: { readonly units: Units; readonly employers: EmployerBook },
  { unitCode, employer }: { readonly unitCode: string | null; readonly employer: string | null },
  tx: Transaction,
): Promise<void> {
  if (unitCode !== null && (await deps.units.byCode(unitCode, tx)) === null) {
    throw new AppError('account.unitUnknown', { unit: unitCode });
  }
  if (employer !== null && (await deps.employers.byCode(employer, tx)) === null) {
    throw new AppError('account.employerUnknown', { employer });
  }
}
