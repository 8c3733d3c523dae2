import type { CodeBook, CodeEdition, CodeEvent } from '../../app/ports/codes.ts';
import type { CodeListContent } from '../../domain/codes/code-list.ts';
import { codeRegisters } from './code-registers.ts';
import { codeUses } from './code-uses.ts';
import type { PgDatabase } from './database.ts';
import { iso, ms } from './sql-instants.ts';

const LOCK_KEY = 1_234_500_082;

/** The program's own, in every edition and in no list that anybody edits. */
const UNCATEGORISED = 'uncategorised';

const EDITION = `e.list, e.number, e.state, e.title, e.basis, to_char(e.valid_from, 'YYYY-MM-DD') as "validFrom",
  to_char(e.valid_to, 'YYYY-MM-DD') as "validTo", e.based_on as "basedOn", e.revision, e.editors,
  ${ms('e.drafted_at')} as "draftedAt", ${ms('e.published_at')} as "publishedAt", e.published_by as "publishedBy", e.reason,
  case when e.in_force_at = '-infinity' then 0 else ${ms("nullif(e.in_force_at, '-infinity')")} end as "inForceAt",
  ${ms('e.ended_at')} as "endedAt"`;

const SAVE = `
  insert into code_editions as k (list, number, state, title, basis, valid_from, valid_to, based_on, revision, editors,
    drafted_at, published_at, published_by, reason, in_force_at, ended_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::uuid[], $11, $12, $13::uuid, $14, $15, $16)
  on conflict (list, number) do update set state = excluded.state, title = excluded.title, basis = excluded.basis,
    valid_from = excluded.valid_from, valid_to = excluded.valid_to, based_on = excluded.based_on,
    revision = excluded.revision, editors = excluded.editors, published_at = excluded.published_at,
    published_by = excluded.published_by, reason = excluded.reason,
    in_force_at = case when k.in_force_at = '-infinity' then k.in_force_at else excluded.in_force_at end,
    ended_at = excluded.ended_at`;

/** Both parts are the whole: what the grid does not hold is gone. */
const TERMS = `
  insert into code_terms (list, edition, code, parent_code, name, words, unit_kind, place)
  select $1, $2, code, "parentCode", name, array(select jsonb_array_elements_text(words)), "unitKind", place
  from rows from (jsonb_to_recordset($3::jsonb) as (code text, "parentCode" text, name text, words jsonb, "unitKind" text))
    with ordinality as r(code, "parentCode", name, words, "unitKind", place)`;
const MAPPING = `
  insert into code_mappings (list, edition, from_code, to_code, main)
  select $1, $2, "from", "to", main from jsonb_to_recordset($3::jsonb) as r("from" text, "to" text, main boolean)`;

const HISTORY = `
  select e.number, array(select t.code from code_terms t where t.list = e.list and t.edition = e.number) as codes,
    (select coalesce(jsonb_agg(jsonb_build_object('from', m.from_code, 'to', m.to_code, 'main', m.main)), '[]')
     from code_mappings m where m.list = e.list and m.edition = e.number) as mapping, e.state
  from code_editions e where e.list = $1 and e.in_force_at is not null order by e.number`;

type EditionRow = CodeEdition & Record<string, unknown>;
const at = (instant: number | null): Date | null => (instant === null ? null : new Date(instant));

export function codeBooks(db: PgDatabase): CodeBook {
  const registers = codeRegisters(db);
  const editions = async (where: string, values: readonly unknown[], on = db.on()): Promise<CodeEdition[]> =>
    (await on.query<EditionRow>(`select ${EDITION} from code_editions e where ${where}`, values)).rows;
  return {
    ...registers,
    ...codeUses(db),

    async lock(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    },

    editions: (list, tx) => editions('e.list = $1 order by e.number desc', [list], db.on(tx)),
    standing: (tx) =>
      editions(`e.state in ('draft', 'published', 'inForce') order by e.list, e.number`, [], db.on(tx)),
    due: (day, tx) =>
      editions(
        `e.state = 'published' and e.valid_from <= $1::date order by e.valid_from, e.list, e.number`,
        [day],
        db.on(tx),
      ),

    async find(list, number, tx) {
      return (await editions('e.list = $1 and e.number = $2', [list, number], db.on(tx)))[0] ?? null;
    },

    async save(edition, tx) {
      const { list, number, state, title, basis, validFrom, validTo, basedOn, revision, editors } = edition;
      await db
        .on(tx)
        .query(SAVE, [
          ...[list, number, state, title, basis, validFrom, validTo, basedOn, revision, editors],
          ...[at(edition.draftedAt), at(edition.publishedAt), edition.publishedBy, edition.reason],
          ...[at(edition.inForceAt), at(edition.endedAt)],
        ]);
    },

    async note({ list, edition, at: instant, actor, move, reason }: CodeEvent, tx) {
      await db
        .on(tx)
        .query(
          'insert into code_events (list, edition, at, actor, move, reason) values ($1, $2, $3, $4::uuid, $5, $6)',
          [list, edition, new Date(instant), actor, move, reason],
        );
    },

    async tell({ list, number }, instant, tx) {
      const body = { kind: 'codeList', list, edition: number, unitCode: null, atMs: instant };
      await db
        .on(tx)
        .query(`insert into outbox (topic, key, body) values ('codeList', $1, $2::jsonb)`, [
          list,
          JSON.stringify(body),
        ]);
    },

    async events(list, number) {
      const { rows } = await db.query<Awaited<ReturnType<CodeBook['events']>>[number]>(
        `select v.list, v.edition, ${iso('v.at')} as at, a.display_name as by, v.move, v.reason
         from code_events v left join accounts a on a.id = v.actor where v.list = $1 and v.edition = $2 order by v.at`,
        [list, number],
      );
      return rows;
    },

    async content(list, number, tx) {
      const on = db.on(tx);
      const terms = await on.query<CodeListContent['terms'][number] & Record<string, unknown>>(
        `select code, parent_code as "parentCode", name, words, unit_kind as "unitKind" from code_terms
         where list = $1 and edition = $2 order by place`,
        [list, number],
      );
      const mapping = await on.query<CodeListContent['mapping'][number] & Record<string, unknown>>(
        `select from_code as "from", to_code as "to", main from code_mappings
         where list = $1 and edition = $2 order by from_code, to_code`,
        [list, number],
      );
      return { terms: terms.rows, mapping: mapping.rows };
    },

    async writeContent(list, number, { terms, mapping }, tx) {
      const on = db.on(tx);
      await on.query('delete from code_terms where list = $1 and edition = $2', [list, number]);
      await on.query('delete from code_mappings where list = $1 and edition = $2', [list, number]);
      await on.query(TERMS, [list, number, JSON.stringify(terms)]);
      await on.query(MAPPING, [list, number, JSON.stringify(mapping)]);
    },

    async history(list, tx) {
      const { rows } = await db.on(tx).query<{
        number: number;
        codes: string[];
        mapping: CodeListContent['mapping'];
        state: string;
      }>(HISTORY, [list]);
      const today = (await registers.present(list, tx)).map(({ code }) => code);
      const own = list === 'category' ? [UNCATEGORISED] : [];
      return rows.map(({ number, codes, mapping, state }) => ({
        number,
        mapping,
        codes: new Set([...(state === 'inForce' ? today : codes), ...own]),
      }));
    },
  };
}
