import { type CircularFigure, type FactRow, figuresOf } from '../../domain/circulars/figures.ts';
import { AppError } from '../errors.ts';
import type { CircularScope, SupervisionFacts } from '../ports/circulars.ts';
import type { Units } from '../ports/organisation.ts';
import type { Transaction } from '../ports/transaction.ts';

/** More no signatory looks through. */
const ROWS_AT_MOST = 20_000;

/** Refuses with `circular.tooMuch`. */
export async function countFigures(
  { supervisionFacts, now }: { readonly supervisionFacts: SupervisionFacts; readonly now: () => number },
  scope: CircularScope,
  tx: Transaction,
): Promise<{ readonly rows: readonly FactRow[]; readonly figures: readonly CircularFigure[] }> {
  const rows = await supervisionFacts.count(scope, { now: now(), limit: ROWS_AT_MOST }, tx);
  if (rows === null) throw new AppError('circular.tooMuch', { rows: ROWS_AT_MOST });
  return { rows, figures: figuresOf(rows, scope.kinds, scope.units) };
}

/** Units of their own, not parts of one: whom a circular can go to. Refuses with `circular.unitUnknown`. */
export async function addressees(
  { units }: { readonly units: Units },
  wanted: readonly string[] | null,
  tx: Transaction,
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const own = (await units.list(tx)).filter(
    ({ parentCode, kind }) => parentCode === null && kind !== 'centre',
  );
  if (wanted === null) return own;
  const unknown = wanted.filter((code) => !own.some((one) => one.code === code));
  if (unknown.length > 0) throw new AppError('circular.unitUnknown', { units: unknown });
  return own.filter(({ code }) => wanted.includes(code));
}
