import type {
  CorrectionBook,
  CorrectionItem,
  CorrectionView,
} from '../../app/ports/knowledge-corrections.ts';
import type { PgDatabase } from './database.ts';
import { toldLock } from './knowledge-rows.ts';
import { cursorInstant, readCursor, writeCursor } from './page-cursor.ts';
import { iso } from './sql-instants.ts';

const CORRECTION = `r.id, r.entry_id as "entryId", e.number as "entryNumber", r.versions,
  r.right_version as "rightVersion", r.reason, r.message, ${iso('r.at')} as at,
  jsonb_build_object('id', a.id, 'displayName', a.display_name) as by,
  (select count(*)::integer from knowledge_correction_items i where i.correction_id = r.id) as citizens,
  (select count(*)::integer from knowledge_correction_items i where i.correction_id = r.id and i.state = 'open') as open`;
const FROM = `from knowledge_corrections r join knowledge_entries e on e.id = r.entry_id join accounts a on a.id = r.by`;

const ITEM = `i.id, i.correction_id as "correctionId", i.caller_number as "callerNumber", i.calls,
  ${iso('i.heard_at')} as "heardAt", i.state, i.note,
  (select jsonb_build_object('id', a.id, 'displayName', a.display_name) from accounts a where a.id = i.by) as by,
  ${iso('i.settled_at')} as "settledAt"`;

/** A citizen is his number; who withheld it is his call. What was taken back again was told all the same. */
const HEARD = `
  select case when c.caller_number ~ '[0-9]{3}' then c.caller_number else '' end as number,
    case when c.caller_number ~ '[0-9]{3}' then '' else c.id::text end as alone,
    array_agg(distinct c.id) as calls, max(q.at) as heard_at
  from knowledge_quotes q join calls c on c.id = q.call_id
  where q.entry_id = $1::uuid and q.version = any ($2::integer[])
  group by 1, 2`;

export function correctionBooks(db: PgDatabase): CorrectionBook {
  return {
    async add({ id, entryId, versions, rightVersion, reason, message, at, by }, tx) {
      const on = db.on(tx);
      await on.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [toldLock(entryId)]);
      const { rowCount } = await on.query(
        `insert into knowledge_corrections (id, entry_id, versions, right_version, reason, message, at, by)
         values ($1::uuid, $2::uuid, $3::integer[], $4, $5, $6, $7, $8::uuid) on conflict (id) do nothing`,
        [id, entryId, versions, rightVersion, reason, message, new Date(at), by],
      );
      if (rowCount === 1) {
        await on.query(
          `insert into knowledge_correction_items (id, correction_id, caller_number, calls, heard_at)
           select gen_random_uuid(), $3::uuid, number, calls, heard_at from (${HEARD}) h`,
          [entryId, versions, id],
        );
      }
      const { rows } = await on.query<{ citizens: number; calls: number }>(
        `select count(*)::integer as citizens, coalesce(sum(cardinality(calls)), 0)::integer as calls
         from knowledge_correction_items where correction_id = $1::uuid`,
        [id],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a count without a row');
      return { outcome: rowCount === 1 ? 'added' : 'known', ...row };
    },

    async find(id) {
      const { rows } = await db.query<CorrectionView>(`select ${CORRECTION} ${FROM} where r.id = $1::uuid`, [
        id,
      ]);
      return rows[0] ?? null;
    },

    async list({ limit, after }) {
      const values: unknown[] = [limit + 1];
      let where = '';
      if (after !== undefined) {
        values.push(...readCursor(after));
        where = 'where (r.at, r.id) < ($2::timestamptz, $3::uuid)';
      }
      const { rows } = await db.query<CorrectionView & { cursor: string }>(
        `select ${CORRECTION}, ${cursorInstant('r.at')} as cursor ${FROM} ${where} order by r.at desc, r.id desc limit $1`,
        values,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        corrections: page.map(({ cursor, ...one }) => one),
        next: rows.length > limit && last !== undefined ? writeCursor(last.cursor, last.id) : null,
      };
    },

    async items(correctionId, state, { limit, after }) {
      const values: unknown[] = [correctionId, limit + 1, state ?? null];
      let behind = '';
      if (after !== undefined) {
        values.push(...readCursor(after));
        behind = 'and (i.heard_at, i.id) < ($4::timestamptz, $5::uuid)';
      }
      const { rows } = await db.query<CorrectionItem & { cursor: string }>(
        `select ${ITEM}, ${cursorInstant('i.heard_at')} as cursor from knowledge_correction_items i
         where i.correction_id = $1::uuid and ($3::text is null or i.state = $3) ${behind}
         order by i.heard_at desc, i.id desc limit $2`,
        values,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(({ cursor, ...one }) => one),
        next: rows.length > limit && last !== undefined ? writeCursor(last.cursor, last.id) : null,
      };
    },

    async lockItem(id, tx) {
      const { rows } = await db.on(tx).query<CorrectionItem & { message: string; entryId: string }>(
        `select ${ITEM}, r.message, r.entry_id as "entryId" from knowledge_correction_items i
           join knowledge_corrections r on r.id = i.correction_id
         where i.id = $1::uuid for update of i`,
        [id],
      );
      return rows[0] ?? null;
    },

    async settle({ id, state, note, by, at }, tx) {
      await db.on(tx).query(
        `update knowledge_correction_items set state = $2, note = $3, by = $4::uuid, settled_at = $5
         where id = $1::uuid and state = 'open'`,
        [id, state, note, by, new Date(at)],
      );
    },
  };
}
