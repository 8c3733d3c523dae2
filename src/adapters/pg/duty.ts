import type { DutyBook } from '../../app/ports/duty.ts';
import { type CallingRule, USUAL_CALLING } from '../../domain/duty/ladder.ts';
import type { DutyList, DutyShift } from '../../domain/duty/roster.ts';
import type { PgDatabase } from './database.ts';
import { ms } from './sql-instants.ts';

const LISTS = `select code, name, unit_code as "unitCode", rule from duty_lists`;
type ListRow = Omit<DutyList, 'rule'> & { readonly rule: Partial<CallingRule> };

/** A field that the release which stored it did not know is filled in: the only place that does so. */
const listOf = (row: ListRow): DutyList => ({ ...row, rule: { ...USUAL_CALLING, ...row.rule } });

export function dutyBooks(db: PgDatabase): DutyBook {
  return {
    async lists(tx) {
      const { rows } = await db
        .on(tx)
        .query<ListRow>(`${LISTS} order by unit_code is not null, unit_code, code`);
      return rows.map(listOf);
    },

    async byCode(code) {
      const { rows } = await db.query<ListRow>(`${LISTS} where code = $1`, [code]);
      return rows[0] === undefined ? null : listOf(rows[0]);
    },

    async ofUnit(unitCode, tx) {
      const { rows } = await db.on(tx).query<ListRow>(`${LISTS} where unit_code = $1`, [unitCode]);
      return rows[0] === undefined ? null : listOf(rows[0]);
    },

    async add({ code, name, unitCode, rule }, by) {
      const { rowCount } = await db.query(
        `insert into duty_lists (code, name, unit_code, rule, created_by) values ($1, $2, $3, $4, $5)
         on conflict do nothing`,
        [code, name, unitCode, JSON.stringify(rule), by],
      );
      return rowCount === 1 ? 'added' : 'taken';
    },

    async lock(code, tx) {
      const { rows } = await db.on(tx).query<ListRow>(`${LISTS} where code = $1 for update`, [code]);
      return rows[0] === undefined ? null : listOf(rows[0]);
    },

    async shifts(code, fromMs, tx) {
      const { rows } = await db.on(tx).query<DutyShift>(
        `select id, ${ms('from_at')} as "fromMs", ${ms('to_at')} as "toMs", ladder from duty_shifts
         where list_code = $1 and removed_at is null and to_at > $2 order by from_at`,
        [code, new Date(fromMs)],
      );
      return rows;
    },

    async addShift(code, { id, fromMs, toMs, ladder }, by, tx) {
      await db.on(tx).query(
        `insert into duty_shifts (id, list_code, from_at, to_at, ladder, entered_by) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do nothing`,
        [id, code, new Date(fromMs), new Date(toMs), JSON.stringify(ladder), by],
      );
    },

    async removeShift(code, id, by, at) {
      const { rowCount } = await db.query(
        `update duty_shifts set removed_at = $4, removed_by = $3
         where id = $2 and list_code = $1 and removed_at is null`,
        [code, id, by, new Date(at)],
      );
      return rowCount === 1;
    },
  };
}
