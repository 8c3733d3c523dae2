import type { ClaimedImport, ImportBook, ImportLine, ImportView } from '../../app/ports/imports.ts';
import { importDecisionRefusal } from '../../domain/knowledge/files/import-decision.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso } from './sql-instants.ts';
import { binder } from './ticket-sight.ts';

const COLUMNS = `i.id, i.kind, i.file_name as "fileName", i.publish, i.state, i.lines, i.looked_at as "lookedAt", i.refused, i.outcome,
    i.failure, a.display_name as by, i.by as "byId", ${iso('i.at')} as at, d.display_name as "decidedBy", ${iso('i.finished_at')} as "finishedAt"`;
const FROM = 'imports i join accounts a on a.id = i.by left join accounts d on d.id = i.decided_by';

const LINES_AT_ONCE = 500;
/** That only one is being written is a rule of the table, so that two who look at once cannot both begin. */
const ONE_AT_A_TIME = 'imports_one_running';

export function importBooks(db: PgDatabase): ImportBook {
  return {
    async add({ id, kind, fileName, publish, state, refused, by, given, at }, lines, tx) {
      const on = db.on(tx);
      const { rowCount } = await on.query(
        `insert into imports (id, kind, file_name, publish, state, lines, refused, by, given, at)
         values ($1::uuid, $2, $3, $4, $5, $6, $7::jsonb, $8::uuid, $9, $10) on conflict do nothing`,
        [id, kind, fileName, publish, state, lines.length, JSON.stringify(refused), by, given, new Date(at)],
      );
      if (rowCount !== 1) return;
      // In pieces: a file of 20 MB in one would hold up everybody who asks this process meanwhile.
      for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
        await on.query(
          `insert into import_lines (import_id, line, code, content)
           select $1::uuid, line, code, content
           from jsonb_to_recordset($2::jsonb) r(line integer, code text, content jsonb)`,
          [id, JSON.stringify(lines.slice(from, from + LINES_AT_ONCE))],
        );
      }
    },

    async byId(id) {
      const { rows } = await db.query<ImportView & Record<string, unknown>>(
        `select ${COLUMNS} from ${FROM} where i.id = $1::uuid`,
        [id],
      );
      return rows[0] ?? null;
    },

    list({ kind, state }, page) {
      const { values, bind } = binder();
      const conditions = [
        ...(kind === undefined ? [] : [`i.kind = ${bind(kind)}`]),
        ...(state === undefined ? [] : [`i.state = ${bind(state)}`]),
      ];
      const by = { at: 'i.at', id: 'i.id', order: 'newestFirst' } as const;
      return readPage<ImportView>(db, { columns: COLUMNS, from: FROM, conditions, values, by }, page);
    },

    async decide(id, approve, by, at, tx) {
      const on = db.on(tx);
      const { rows } = await on.query<{ state: string; by: string }>(
        'select state, by from imports where id = $1::uuid for update',
        [id],
      );
      const [row] = rows;
      if (row === undefined) return 'unknown';
      const refusal = importDecisionRefusal({ state: row.state, byId: row.by }, by);
      if (refusal !== null) return refusal === 'import.ownWork' ? 'self' : 'notWaiting';
      await on.query(
        `update imports set state = $2::text, decided_by = $3::uuid, decided_at = $4,
           finished_at = case when $2::text = 'rejected' then $4::timestamptz end where id = $1::uuid`,
        [id, approve ? 'pending' : 'rejected', by, new Date(at)],
      );
      if (!approve) await on.query('delete from import_lines where import_id = $1::uuid', [id]);
      return 'decided';
    },

    async claim(now, until) {
      try {
        const { rows } = await db.query<ClaimedImport & Record<string, unknown>>(
          `update imports set state = 'running', attempt = attempt + 1, held_until = $2
           where id = (select id from imports
             where (state = 'running' and held_until < $1)
               or (state = 'pending' and not exists (select from imports r where r.state = 'running'))
             order by state = 'running' desc, at limit 1 for update skip locked)
           returning id, kind, publish, file_name as "fileName", lines, by, decided_by as "decidedBy", given, attempt`,
          [new Date(now), new Date(until)],
        );
        return rows[0] ?? null;
      } catch (error) {
        if (error instanceof Error && 'constraint' in error && error.constraint === ONE_AT_A_TIME)
          return null;
        throw error;
      }
    },

    async linesOf(id, after, limit, tx) {
      const { rows } = await db
        .on(tx)
        .query<ImportLine & Record<string, unknown>>(
          'select line, code, content from import_lines where import_id = $1::uuid and line > $2 order by line limit $3',
          [id, after, limit],
        );
      return rows;
    },

    async progress({ id, attempt }, lookedAt, until) {
      await db.query(
        'update imports set looked_at = $3, held_until = $4 where id = $1::uuid and attempt = $2',
        [id, attempt, lookedAt, new Date(until)],
      );
    },

    async finish({ id, attempt, lines }, outcome, at, tx) {
      const on = db.on(tx);
      const { rowCount } = await on.query(
        `update imports set state = 'done', outcome = $3::jsonb, looked_at = $4, finished_at = $5
         where id = $1::uuid and attempt = $2 and state = 'running'`,
        [id, attempt, JSON.stringify(outcome), lines, new Date(at)],
      );
      if (rowCount === 1) await on.query('delete from import_lines where import_id = $1::uuid', [id]);
      return rowCount === 1;
    },

    async fail({ id, attempt }, why, at) {
      await db.query(
        `with failed as (
           update imports set state = 'failed', failure = $3, finished_at = $4
           where id = $1::uuid and attempt = $2 and state = 'running' returning id
         )
         delete from import_lines where import_id in (select id from failed)`,
        [id, attempt, why, new Date(at)],
      );
    },
  };
}
