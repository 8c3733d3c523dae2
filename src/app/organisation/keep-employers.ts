import { EMPLOYER_CODE, type Employer, type EmployerKind } from '../../domain/employers/employer.ts';
import { AppError } from '../errors.ts';
import type { EmployerBook } from '../ports/employers.ts';
import type { Agents, Units } from '../ports/organisation.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

interface Deps {
  readonly database: Database;
  readonly employers: EmployerBook;
  readonly units: Units;
  readonly now: () => number;
}

export interface NewEmployer {
  readonly code: string;
  readonly name: string;
  readonly kind: Exclude<EmployerKind, 'centre'>;
  readonly unitCode?: string | null;
  readonly contract?: string;
}

/** Codes: employer.codeInvalid, employer.unitMissing, employer.unitUnknown, employer.taken, employer.unknown, employer.hasMembers. */
export function keepEmployers({ database, employers, units, now }: Deps) {
  return {
    async add({ code, name, kind, unitCode = null, contract = '' }: NewEmployer): Promise<Employer> {
      if (!EMPLOYER_CODE.test(code)) throw new AppError('employer.codeInvalid', { code });
      if ((kind === 'unit') !== (unitCode !== null)) throw new AppError('employer.unitMissing', { kind });
      if (unitCode !== null && (await units.byCode(unitCode)) === null) {
        throw new AppError('employer.unitUnknown', { unit: unitCode });
      }
      const employer = { code, name: name.trim(), kind, unitCode, contract: contract.trim(), ended: false };
      if ((await employers.add(employer)) === 'taken') throw new AppError('employer.taken', { code, name });
      return employer;
    },

    async end(code: string): Promise<Employer> {
      return database.transact(async (tx) => {
        const how = await employers.end(code, now(), tx);
        const found = await employers.byCode(code, tx);
        if (how === 'unknown' || found === null) throw new AppError('employer.unknown', { employer: code });
        if (how === 'hasMembers' || found.kind === 'centre') {
          throw new AppError('employer.hasMembers', { employer: code });
        }
        return found;
      });
    },
  };
}

/** Whoever takes calls works for somebody, today and from each day that is entered for him. Codes: employer.ended. */
export async function assertEmployed(
  { agents, employers }: { readonly agents: Pick<Agents, 'byAccount'>; readonly employers: EmployerBook },
  agentId: string,
  tx: Transaction,
): Promise<void> {
  const today = (await agents.byAccount(agentId, tx))?.employer;
  const coming = (await employers.employments(agentId, tx)).filter(({ effective }) => !effective);
  const codes = [...(today === undefined ? [] : [today]), ...coming.map(({ employer }) => employer)];
  for (const code of new Set(codes)) {
    const employer = await employers.byCode(code, tx);
    if (employer?.ended === true) throw new AppError('employer.ended', { employer: code });
  }
}

/** The employer as it is entered; a unit that sends its first agent becomes one. Null: there is none of that code. */
export async function employerFor(
  code: string,
  { employers, units }: Pick<Deps, 'employers' | 'units'>,
  tx: Transaction,
): Promise<Employer | null> {
  const known = await employers.byCode(code, tx);
  if (known !== null) return known;
  const unit = await units.byCode(code, tx);
  if (unit === null) return null;
  const { name } = unit;
  const employer = { code, name, kind: 'unit', unitCode: code, contract: '', ended: false } as const;
  const added = await employers.add(employer, tx);
  // The name may be another's already: the code is what tells them apart.
  if (added === 'taken') await employers.add({ ...employer, name: `${name} ${code}` }, tx);
  return employers.byCode(code, tx);
}
