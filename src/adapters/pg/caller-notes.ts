import type { CallerNote, CallerNotes } from '../../app/ports/caller-notes.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = `n.id, n.number, n.vulnerable, n.language, n.note, ${iso('n.since')} as since,
  ${iso('n.changed_at')} as "changedAt", jsonb_build_object('id', a.id, 'displayName', a.display_name) as "notedBy"`;

export function callerNoteBooks(db: PgDatabase): CallerNotes {
  return {
    async areaCode() {
      const { rows } = await db.query<{ areaCode: string }>(
        'select area_code as "areaCode" from municipality',
      );
      const [row] = rows;
      if (row === undefined) throw new Error('no municipality is set up in this database');
      return row.areaCode;
    },

    async subjectOf(number) {
      const { rows } = await db.query<{ key: string }>(`select encode(person_key($1), 'hex') as key`, [
        number,
      ]);
      const [row] = rows;
      if (row === undefined) throw new Error('a question without an answer');
      return row.key;
    },

    async callerOf(callId) {
      const { rows } = await db.query<{ callerNumber: string }>(
        'select caller_number as "callerNumber" from calls where id = $1',
        [callId],
      );
      return rows[0]?.callerNumber ?? null;
    },

    async write({ id, number, vulnerable, language, note, notedBy, atMs }, tx) {
      const { rows } = await db.on(tx).query<CallerNote>(
        `with n as (
           insert into caller_notes (id, number, vulnerable, language, note, noted_by, since, changed_at)
           values ($1, $2, $3, $4, $5, $6, $7, $7)
           on conflict (number) do update set vulnerable = excluded.vulnerable, language = excluded.language,
             note = excluded.note, noted_by = excluded.noted_by, changed_at = excluded.changed_at
           returning *
         )
         select ${COLUMNS} from n join accounts a on a.id = n.noted_by`,
        [id, number, vulnerable, language, note, notedBy, new Date(atMs)],
      );
      const [written] = rows;
      if (written === undefined) throw new Error('an insert without a row');
      return written;
    },

    async list({ number, ...page }) {
      const list = {
        columns: COLUMNS,
        from: 'caller_notes n join accounts a on a.id = n.noted_by',
        conditions: number === undefined ? [] : ['n.number = $1'],
        values: number === undefined ? [] : [number],
        by: { at: 'n.changed_at', id: 'n.id', order: 'newestFirst' },
      } as const;
      const { rows: notes, next } = await readPage<CallerNote>(db, list, page);
      return { notes, next };
    },

    async remove(id, tx) {
      const { rowCount } = await db.on(tx).query('delete from caller_notes where id = $1', [id]);
      return rowCount === 1;
    },
  };
}
