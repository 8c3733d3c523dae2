import type {
  DocumentKey,
  DocumentSource,
  SearchDocument,
  SearchIndexBook,
  StoredSynonym,
} from '../../app/ports/search.ts';
import type { Term } from '../../domain/knowledge/search/vocabulary.ts';
import type { PgDatabase } from './database.ts';
import { searchCandidates } from './search-candidates.ts';
import { quotedToken } from './token-text.ts';

/** Of the product: whoever holds it writes the index. */
const INDEX_LOCK = 7_413_206;
/** Whoever reads synonyms in order to change them. */
const SYNONYM_LOCK = 7_413_207;

const TAKE = `
  delete from search_changes where n in (select n from search_changes order by n limit $1 for update skip locked)
  returning kind, ref`;

const KEYS = `jsonb_to_recordset($1::jsonb) k(kind text, ref uuid)`;

/** The version that is told; one that begins later is found from its day on. */
const ENTRIES = `
  select 'entry' as kind, e.id as ref, v.question as title, v.number as version, e.owner_unit as unit,
    v.categories[1] as category, v.categories, v.areas, v.lines, v.is_public as "isPublic",
    to_char(v.valid_from, 'YYYY-MM-DD') as "validFrom",
    to_char(v.valid_to, 'YYYY-MM-DD') as "validTo", null::float8 as longitude, null::float8 as latitude, '' as hours,
    jsonb_build_object('head', v.question, 'aliases', v.other_ways,
      'body', array[v.answer, u.name] || array(select distinct c.name from categories c left join code_paths p on p.list = 'category' and p.now_code = c.code
        where c.code = any (v.categories) or p.code = any (v.categories))
        || array(select name from dispatch_names where kind = 'area' and removed_in is null and code = any (v.areas))) as text
  from ${KEYS}
  join knowledge_entries e on e.id = k.ref
  join units u on u.code = e.owner_unit
  join lateral (
    select * from knowledge_versions v
    where v.entry_id = e.id and v.state in ('published', 'emergency') and (v.valid_to is null or v.valid_to >= $2::date)
    order by v.valid_from <= $2::date desc, v.number desc limit 1
  ) v on true
  where k.kind = 'entry'`;

const PLACES = `
  select 'place' as kind, p.id as ref, p.name as title, p.revision as version, p.unit_code as unit, p.category,
    array[p.category] as categories, case when p.area = '' then '{}' else array[p.area] end as areas, '{}'::text[] as lines, p.is_public as "isPublic",
    null::text as "validFrom", null::text as "validTo", p.longitude, p.latitude, p.hours,
    jsonb_build_object('head', p.name, 'aliases', p.also,
      'body', array[p.address, c.name, case when n.code <> c.code then n.name else '' end, case when p.hours = '24h' then '24小时 通宵 夜间' else '' end]) as text
  from ${KEYS}
  join places p on p.id = k.ref and p.closed_on is null
  join categories c on c.code = p.category
  join categories n on n.code = present_code('category', p.category)
  where k.kind = 'place'`;

const WRITE = `
  insert into search_documents (kind, ref, title, version, unit, category, categories, areas, lines, is_public,
    valid_from, valid_to, longitude, latitude, hours, tokens)
  select kind, ref, title, version, unit, category, array(select jsonb_array_elements_text(categories)),
    array(select jsonb_array_elements_text(areas)), array(select jsonb_array_elements_text(lines)),
    "isPublic", "validFrom", "validTo", longitude, latitude, hours, tokens::tsvector
  from jsonb_to_recordset($1::jsonb) r(kind text, ref uuid, title text, version integer, unit text, category text,
    categories jsonb, areas jsonb, lines jsonb, "isPublic" boolean, "validFrom" date, "validTo" date, longitude float8,
    latitude float8, hours text, tokens text)
  on conflict (kind, ref) do update set title = excluded.title, version = excluded.version, unit = excluded.unit,
    category = excluded.category, categories = excluded.categories, areas = excluded.areas,
    lines = excluded.lines, is_public = excluded.is_public, valid_from = excluded.valid_from,
    valid_to = excluded.valid_to, longitude = excluded.longitude, latitude = excluded.latitude, hours = excluded.hours, tokens = excluded.tokens`;

const COUNT = `
  with changed as (
    insert into search_terms (token, documents, sound, revision)
    select token, change, sound, nextval('search_revision')
    from jsonb_to_recordset($1::jsonb) r(token text, change integer, sound text)
    on conflict (token) do update set documents = search_terms.documents + excluded.documents,
      revision = excluded.revision
    returning 1
  )
  update search_state set documents = documents + $2`;

const UNLEARN = `
  update search_lessons s set times = s.times - n.times
  from (
    select kind, ref, token, count(*)::integer as times
    from jsonb_to_recordset($1::jsonb) r(kind text, ref uuid, tokens jsonb), jsonb_array_elements_text(tokens) token
    group by 1, 2, 3
  ) n
  where s.kind = n.kind and s.ref = n.ref and s.token = n.token`;

/** What a quote `q` told: an entry, or a place by its address. */
const TOLD = `case when q.entry_id is null then 'place' else 'entry' end as kind, coalesce(q.entry_id, q.place_id) as ref`;

export function searchIndexBooks(db: PgDatabase): SearchIndexBook {
  return {
    async lock(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ got: boolean }>(`select pg_try_advisory_xact_lock(${INDEX_LOCK}) as got`);
      return rows[0]?.got === true;
    },

    async takeChanges(limit, tx) {
      const { rows } = await db.on(tx).query<DocumentKey & Record<string, unknown>>(TAKE, [limit]);
      return [...new Map(rows.map((key) => [`${key.kind} ${key.ref}`, key])).values()];
    },

    async sources(keys, day, tx) {
      const on = db.on(tx);
      const asked = JSON.stringify(keys);
      const entries = await on.query<DocumentSource & Record<string, unknown>>(ENTRIES, [asked, day]);
      const places = await on.query<DocumentSource & Record<string, unknown>>(PLACES, [asked]);
      return [...entries.rows, ...places.rows];
    },

    async write(documents, gone, soundOf, tx) {
      const on = db.on(tx);
      const touched = JSON.stringify([...documents, ...gone].map(({ kind, ref }) => ({ kind, ref })));
      const { rows: before } = await on.query<{ tokens: string[] }>(
        `select tsvector_to_array(d.tokens) as tokens from ${KEYS}
         join search_documents d on d.kind = k.kind and d.ref = k.ref`,
        [touched],
      );
      const changes = new Map<string, number>();
      const count = (token: string, by: number): void => {
        changes.set(token, (changes.get(token) ?? 0) + by);
      };
      for (const { tokens } of before) for (const token of tokens) count(token, -1);
      for (const document of documents) for (const token of tokensIn(document)) count(token, 1);
      await on.query(`delete from search_documents d using ${KEYS} where d.kind = k.kind and d.ref = k.ref`, [
        JSON.stringify(gone),
      ]);
      await on.query(WRITE, [JSON.stringify(documents.map((one) => ({ ...one, tokens: vectorOf(one) })))]);
      const counted = [...changes]
        .filter(([, change]) => change !== 0)
        // In one order, whoever counts.
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([token, change]) => ({ token, change, sound: soundOf(token) }));
      await on.query(COUNT, [JSON.stringify(counted), documents.length - before.length]);
    },

    async terms(since) {
      const { rows } = await db.query<Term & { revision: string }>(
        'select token, documents, sound, revision::text from search_terms where revision > $1 order by search_terms.revision',
        [since],
      );
      const state = await db.query<{ documents: number; synonyms: number }>(
        'select documents, synonyms from search_state',
      );
      return {
        terms: rows,
        revision: rows.at(-1)?.revision ?? since,
        documents: state.rows[0]?.documents ?? 0,
        synonyms: state.rows[0]?.synonyms ?? 0,
      };
    },

    candidates: searchCandidates(db),

    async synonyms(tx) {
      const on = db.on(tx);
      if (tx !== undefined) await on.query('select pg_advisory_xact_lock($1)', [SYNONYM_LOCK]);
      const { rows } = await on.query<StoredSynonym & Record<string, unknown>>(
        'select id, said, means, region from search_synonyms order by id',
      );
      return rows;
    },

    async takeEdition(edition, tx) {
      const { rowCount } = await db
        .on(tx)
        .query('update search_state set synonym_edition = $1 where synonym_edition < $1', [edition]);
      return rowCount === 1;
    },

    async putSynonyms(synonyms, removed, { by, at }, tx) {
      const on = db.on(tx);
      await on.query('delete from search_synonyms where id = any ($1::uuid[])', [removed]);
      await on.query(
        `insert into search_synonyms (id, said, means, region, changed_at, changed_by)
         select id, array(select jsonb_array_elements_text(said)), array(select jsonb_array_elements_text(means)), region,
           $2, $3::uuid
         from jsonb_to_recordset($1::jsonb) r(id uuid, said jsonb, means jsonb, region text)
         on conflict (id) do update set said = excluded.said, means = excluded.means, region = excluded.region,
           changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
        [JSON.stringify(synonyms), new Date(at), by],
      );
      await on.query('update search_state set synonyms = synonyms + 1');
    },

    async unlearned(limit, tx) {
      const { rows } = await db.on(tx).query<DocumentKey & { quoteId: string; words: string[] }>(
        `select q.id as "quoteId", ${TOLD}, array(
           select s.words from knowledge_searches s where s.call_id = q.call_id and s.at <= q.at order by s.at desc limit 5
         ) as words
         from knowledge_quotes q where q.retracted_at is null and not q.learned order by q.at limit $1`,
        [limit],
      );
      return rows;
    },

    async learn(lessons, at, tx) {
      const on = db.on(tx);
      await on.query(
        `insert into search_lessons (kind, ref, token, times)
         select kind, ref, token, count(*)
         from jsonb_to_recordset($1::jsonb) r(kind text, ref uuid, tokens jsonb), jsonb_array_elements_text(tokens) token
         group by 1, 2, 3
         on conflict (kind, ref, token) do update set times = search_lessons.times + excluded.times`,
        [JSON.stringify(lessons)],
      );
      await on.query(
        `update search_documents d set quoted = quoted + n.times
         from (select kind, ref, count(*) as times from jsonb_to_recordset($1::jsonb) r(kind text, ref uuid) group by 1, 2) n
         where d.kind = n.kind and d.ref = n.ref`,
        [JSON.stringify(lessons)],
      );
      await on.query(
        `insert into search_learned (quote_id, at, tokens)
         select "quoteId", $2, array(select jsonb_array_elements_text(tokens))
         from jsonb_to_recordset($1::jsonb) r("quoteId" uuid, tokens jsonb) on conflict do nothing`,
        [JSON.stringify(lessons), new Date(at)],
      );
      await on.query('update knowledge_quotes set learned = true where id = any ($1::uuid[])', [
        lessons.map(({ quoteId }) => quoteId),
      ]);
    },

    async unlearn(limit, tx) {
      const on = db.on(tx);
      const { rows } = await on.query<DocumentKey & { tokens: string[] }>(
        `with gone as (
           update knowledge_quotes q set learned = false
           where q.id in (select r.id from knowledge_quotes r where r.retracted_at is not null and r.learned limit $1)
           returning q.id, ${TOLD}
         )
         delete from search_learned l using gone where l.quote_id = gone.id returning gone.kind, gone.ref, l.tokens`,
        [limit],
      );
      if (rows.length === 0) return 0;
      const gone = JSON.stringify(rows);
      await on.query(UNLEARN, [gone]);
      await on.query(
        `delete from search_lessons s using jsonb_to_recordset($1::jsonb) r(kind text, ref uuid)
         where s.kind = r.kind and s.ref = r.ref and s.times <= 0`,
        [gone],
      );
      await on.query(
        `update search_documents d set quoted = greatest(0, quoted - n.times)
         from (select kind, ref, count(*)::integer as times from jsonb_to_recordset($1::jsonb) r(kind text, ref uuid)
           group by 1, 2) n
         where d.kind = n.kind and d.ref = n.ref`,
        [gone],
      );
      return rows.length;
    },
  };
}

const tokensIn = ({ tokens: { head, alias, body } }: SearchDocument): readonly string[] => [
  ...head,
  ...alias,
  ...body,
];

/** As PostgreSQL writes a tsvector: each token with its weight. */
function vectorOf({ tokens: { head, alias, body } }: SearchDocument): string {
  const weighed = (tokens: readonly string[], weight: string): string[] =>
    tokens.map((token) => `${quotedToken(token)}:1${weight}`);
  return [...weighed(head, 'A'), ...weighed(alias, 'B'), ...weighed(body, 'C')].join(' ');
}
