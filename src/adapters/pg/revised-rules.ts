import type { Transaction } from '../../app/ports/transaction.ts';
import type { PgDatabase } from './database.ts';

/** Tables of one row that hold one set of rules: the latest, with its revision. */
type RulesTable = 'outbound_rules' | 'survey_rules';

interface RevisedRules<R> {
  /** Revision 0: nobody has changed the defaults. */
  read(tx?: Transaction): Promise<{ readonly revision: number; readonly rules: R }>;
  /** False: somebody else was quicker. */
  replace(
    rules: R,
    change: { readonly revision: number; readonly by: string; readonly atMs: number },
    tx: Transaction,
  ): Promise<boolean>;
}

/** `stored` fills in what an earlier release did not know. */
export function revisedRules<R>(
  db: PgDatabase,
  table: RulesTable,
  stored: (kept: unknown) => R,
): RevisedRules<R> {
  const first = `
    insert into ${table} (rules, revision, changed_at, changed_by) values ($1, 1, $2, $3)
    on conflict do nothing`;
  const next = `
    update ${table} set rules = $1, revision = revision + 1, changed_at = $2, changed_by = $3
    where revision = $4`;
  return {
    async read(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ rules: unknown; revision: number }>(`select rules, revision from ${table}`);
      const [kept] = rows;
      return { revision: kept?.revision ?? 0, rules: stored(kept?.rules) };
    },
    async replace(rules, { revision, by, atMs }, tx) {
      const values = [JSON.stringify(rules), new Date(atMs), by];
      const { rowCount } = await (revision === 0
        ? db.on(tx).query(first, values)
        : db.on(tx).query(next, [...values, revision]));
      return rowCount === 1;
    },
  };
}
