import { AppError } from '../../app/errors.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { PgDatabase } from './database.ts';

/** By which numbers are spelled. Code: rules.none before a municipality is set up. */
export async function areaCodeOf(db: PgDatabase, tx?: Transaction): Promise<string> {
  const { rows } = await db
    .on(tx)
    .query<{ areaCode: string }>('select area_code as "areaCode" from municipality');
  const [municipality] = rows;
  if (municipality === undefined) throw new AppError('rules.none');
  return municipality.areaCode;
}
