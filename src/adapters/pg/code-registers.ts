import type { CodeBook } from '../../app/ports/codes.ts';
import type { CodeListId, CodeTerm } from '../../domain/codes/code-list.ts';
import type { PgDatabase } from './database.ts';

/** Where today's list of each kind lives. The program's own categories are nobody's to edit. */
const OWN_CATEGORIES = `c.internal or c.code = 'uncategorised'`;
const PRESENT: Readonly<Record<string, string>> = {
  category: `select c.code, c.parent_code as "parentCode", c.name, '{}'::text[] as words, null as "unitKind"
    from categories c where c.ended_at is null and not (${OWN_CATEGORIES}) order by c.code`,
  unit: `select u.code, u.parent_code as "parentCode", u.name, '{}'::text[] as words, u.kind as "unitKind"
    from units u where u.ended_at is null order by u.code`,
  area: `select n.code, nullif(regexp_replace(n.code, '\\.?[^.]*$', ''), '') as "parentCode", n.name, n.words, null as "unitKind"
    from dispatch_names n where n.kind = 'area' and n.removed_in is null order by n.code`,
};
/** Of the others the edition in force is the list itself. */
const IN_FORCE = `select t.code, t.parent_code as "parentCode", t.name, t.words, t.unit_kind as "unitKind"
  from code_editions e join code_terms t on t.list = e.list and t.edition = e.number
  where e.list = $1 and e.state = 'inForce' order by t.place`;

const CATEGORIES = `
  with r as (
    select * from jsonb_to_recordset($1::jsonb) as r(code text, "parentCode" text, name text)
  ), gone as (
    update categories set ended_at = $3 where code = any ($2::text[]) and ended_at is null
  )
  insert into categories as c (code, parent_code, name, since)
  select code, "parentCode", name, $3 from r
  on conflict (code) do update set parent_code = excluded.parent_code, name = excluded.name, since = excluded.since,
    ended_at = null`;

const UNITS = `
  with r as (
    select * from jsonb_to_recordset($1::jsonb) as r(code text, "parentCode" text, name text, "unitKind" text)
  ), gone as (
    update units set ended_at = $3 where code = any ($2::text[]) and ended_at is null
  )
  insert into units as u (code, parent_code, name, kind, since)
  select code, "parentCode", name, "unitKind", $3 from r
  on conflict (code) do update set parent_code = excluded.parent_code, name = excluded.name, kind = excluded.kind,
    since = excluded.since, ended_at = null`;

/** What bears one of these codes, or the name of one, is found by other words from now on. */
const TO_INDEX: Readonly<Record<string, string>> = {
  category: `
    insert into search_changes (kind, ref)
    select distinct 'entry', entry_id from knowledge_versions where categories && $1::text[]
    union all select 'place', id from places where category = any ($1::text[])`,
  unit: `
    insert into search_changes (kind, ref)
    select 'entry', id from knowledge_entries where owner_unit = any ($1::text[])
    union all select 'place', id from places where unit_code = any ($1::text[])`,
  area: `
    insert into search_changes (kind, ref)
    select distinct 'entry', entry_id from knowledge_versions where areas && $1::text[]
    union all select 'place', id from places where area = any ($1::text[])`,
};

/** The lists that are in use today, and what a new edition makes of them. */
export function codeRegisters(
  db: PgDatabase,
): Pick<CodeBook, 'present' | 'former' | 'presentCodes' | 'register' | 'writePaths' | 'followUnits'> {
  const present = async (list: CodeListId, on = db.on()): Promise<readonly CodeTerm[]> => {
    const own = PRESENT[list];
    const { rows } = await on.query<CodeTerm & Record<string, unknown>>(
      own ?? IN_FORCE,
      own === undefined ? [list] : [],
    );
    return rows;
  };
  return {
    present: (list, tx) => present(list, db.on(tx)),

    async former(list, tx) {
      const { rows } = await db.on(tx).query<{ code: string; name: string }>(
        `select distinct on (t.code) t.code, t.name from code_editions e
           join code_terms t on t.list = e.list and t.edition = e.number
         where e.list = $1 and e.state = 'ended' order by t.code, e.number desc`,
        [list],
      );
      return new Map(rows.map(({ code, name }) => [code, name]));
    },

    async presentCodes(tx) {
      const on = db.on(tx);
      const { rows } = await on.query<{ list: string }>(
        `select list from code_editions where state = 'inForce' order by list`,
      );
      const codes = new Map<CodeListId, ReadonlySet<string>>();
      for (const { list } of rows) {
        codes.set(list, new Set((await present(list, on)).map(({ code }) => code)));
      }
      return codes;
    },

    async register(list, { added, changed, ended }, instant, tx) {
      const statement = list === 'category' ? CATEGORIES : list === 'unit' ? UNITS : null;
      if (statement === null) return;
      // References between rows of one statement are looked at at its end.
      const terms = JSON.stringify([...added, ...changed]);
      await db.on(tx).query(statement, [terms, ended, new Date(instant)]);
    },

    async writePaths(list, paths, touched, tx) {
      const on = db.on(tx);
      await on.query('delete from code_paths where list = $1', [list]);
      await on.query(
        `insert into code_paths (list, code, now_code, main)
         select $1, code, now, main from jsonb_to_recordset($2::jsonb) as r(code text, now text, main boolean)`,
        [list, JSON.stringify(paths)],
      );
      const index = TO_INDEX[list];
      if (index !== undefined && touched.length > 0) await on.query(index, [touched]);
    },

    async followUnits(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ moved: number }>('select follow_merged_units()::integer as moved');
      return rows[0]?.moved ?? 0;
    },
  };
}
