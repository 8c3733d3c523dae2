import {
  type CorrectionBook,
  type CorrectionItem,
  type CorrectionView,
  correctedBy,
  correctedKey,
  type WrittenItem,
} from '../../app/ports/knowledge-corrections.ts';
import type { PgDatabase } from './database.ts';
import { toldLock } from './knowledge-rows.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';

const CORRECTION = `r.id, r.entry_id as "entryId", r.right_version as "rightVersion", e.number as "entryNumber", r.versions,
  r.right_version as "rightVersion", r.reason, r.message, ${iso('r.at')} as at,
  jsonb_build_object('id', a.id, 'displayName', a.display_name) as by,
  (select count(*)::integer from knowledge_correction_items i where i.correction_id = r.id) as citizens,
  (select count(*)::integer from knowledge_correction_items i where i.correction_id = r.id and i.state = 'open') as open`;
const TABLES = `knowledge_corrections r join knowledge_entries e on e.id = r.entry_id join accounts a on a.id = r.by`;

const ITEM = `i.id, i.correction_id as "correctionId", i.caller_number as "callerNumber", i.calls,
  ${iso('i.heard_at')} as "heardAt", i.state, i.note,
  (select jsonb_build_object('id', a.id, 'displayName', a.display_name) from accounts a where a.id = i.by) as by,
  ${iso('i.settled_at')} as "settledAt", case when i.call_out is not null
    then jsonb_build_object('callId', i.call_out, 'at', ${iso('i.called_out_at')}) end as "calledOut",
  i.unwritten_why as unwritten`;

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
      const { rows } = await db.query<CorrectionView>(
        `select ${CORRECTION} from ${TABLES} where r.id = $1::uuid`,
        [id],
      );
      return rows[0] ?? null;
    },

    async list(page) {
      const list = {
        columns: CORRECTION,
        from: TABLES,
        ...{ conditions: [], values: [] },
        by: { at: 'r.at', id: 'r.id', order: 'newestFirst' },
      } as const;
      const { rows: corrections, next } = await readPage<CorrectionView>(db, list, page);
      return { corrections, next };
    },

    async items(correctionId, state, page) {
      const list = {
        columns: ITEM,
        from: 'knowledge_correction_items i',
        conditions: ['i.correction_id = $1::uuid', '($2::text is null or i.state = $2)'],
        values: [correctionId, state ?? null],
        by: { at: 'i.heard_at', id: 'i.id', order: 'newestFirst' },
      } as const;
      const { rows: items, next } = await readPage<CorrectionItem>(db, list, page);
      return { items, next };
    },

    async entryOf(itemId, tx) {
      const { rows } = await db.on(tx).query<{ entryId: string }>(
        `select r.entry_id as "entryId" from knowledge_correction_items i
           join knowledge_corrections r on r.id = i.correction_id where i.id = $1::uuid`,
        [itemId],
      );
      return rows[0]?.entryId ?? null;
    },

    async lockItem(id, tx) {
      const { rows } = await db.on(tx).query<
        CorrectionItem & {
          unwrittenTimes: number;
          message: string;
          entryId: string;
          entryNumber: string;
          rightVersion: number | null;
        }
      >(
        `select ${ITEM}, i.unwritten_times as "unwrittenTimes", r.message, r.entry_id as "entryId", r.right_version as "rightVersion", e.number as "entryNumber"
         from knowledge_correction_items i join knowledge_corrections r on r.id = i.correction_id
           join knowledge_entries e on e.id = r.entry_id
         where i.id = $1::uuid for update of i`,
        [id],
      );
      return rows[0] ?? null;
    },

    async correctedWith(key) {
      const item = correctedBy(key);
      if (item === null) return null;
      const { rows } = await db.query<{ version: number | null; counted: boolean }>(
        `select r.right_version as version, i.state = 'written' and i.unwritten_times = $2 as counted
         from knowledge_correction_items i join knowledge_corrections r on r.id = i.correction_id where i.id = $1::uuid`,
        [item.id, item.unwrittenTimes],
      );
      return rows[0] ?? null;
    },

    async writtenWith(entryId, version, tx) {
      const { rows } = await db.on(tx).query<WrittenItem & Record<string, unknown>>(
        `select i.id, i.unwritten_times as "unwrittenTimes"
         from knowledge_corrections r join knowledge_correction_items i on i.correction_id = r.id
         where r.entry_id = $1::uuid and r.right_version = $2 and i.state = 'written' order by i.id`,
        [entryId, version],
      );
      return rows.map(correctedKey);
    },

    async reopen(key, why, tx) {
      const item = correctedBy(key);
      if (item === null) return false;
      const { rowCount } = await db.on(tx).query(
        `update knowledge_correction_items set state = 'open', settled_at = null, by = null, note = '',
           unwritten_times = unwritten_times + 1, unwritten_why = $3
         where id = $1::uuid and unwritten_times = $2 and state = 'written'`,
        [item.id, item.unwrittenTimes, why],
      );
      return rowCount === 1;
    },

    async noteCall({ id, callId, at }) {
      await db.query(
        'update knowledge_correction_items set call_out = $2::uuid, called_out_at = $3 where id = $1::uuid',
        [id, callId, new Date(at)],
      );
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
