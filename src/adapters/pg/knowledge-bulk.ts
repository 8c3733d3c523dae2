import type { KnowledgeBulk } from '../../app/ports/knowledge-bulk.ts';
import type { EntryContent } from '../../domain/knowledge/entry.ts';
import type { StandingWords } from '../../domain/knowledge/files/entry-row.ts';
import type { PgDatabase } from './database.ts';
import { NOTE_FOLLOWERS } from './knowledge-rows.ts';

const ROWS = `jsonb_to_recordset($1::jsonb) r(id uuid, ref text, "ownerUnit" text, content jsonb)`;

const ADD_ENTRIES = `
  insert into knowledge_entries (id, number, owner_unit, origin, origin_ref, created_at, created_by, revision)
  select r.id, 'ZS' || lpad(nextval('knowledge_number')::text, 6, '0'), r."ownerUnit", $2, r.ref, $3, $4::uuid, 0
  from ${ROWS}
  where not exists (select from knowledge_entries k where k.number = r.ref)
  on conflict do nothing`;

/** What an entry of the file stands at. One that came from no file is known by its number, as it was exported. */
const STANDING = `
  select e.id, e.owner_unit as "ownerUnit", case when e.number = any ($2::text[]) then e.number else e.origin_ref end as ref,
    coalesce(v.number, 0) as number, v.state, v.content, coalesce(v.attachments, '[]') as attachments
  from knowledge_entries e
  left join lateral (
    select v.number, v.state, v.attachments, jsonb_build_object('question', v.question, 'otherWays', v.other_ways, 'answer', v.answer,
      'message', v.message, 'publicText', v.public_text, 'internalText', v.internal_text, 'isPublic', v.is_public,
      'basis', v.basis, 'categories', v.categories, 'areas', v.areas, 'lines', v.lines,
      'validTo', to_char(v.valid_to, 'YYYY-MM-DD')) as content
    from knowledge_versions v where v.entry_id = e.id order by v.number desc limit 1
  ) v on true
  where e.number = any ($2::text[]) or (e.origin = $1 and e.origin_ref = any ($2::text[])
    and not exists (select from knowledge_entries k where k.number = e.origin_ref))
  order by e.id`;
/** Nobody writes a version meanwhile. */
const STANDING_LOCKED = `${STANDING} for update of e`;

const ADD_VERSIONS = `
  insert into knowledge_versions (entry_id, number, question, other_ways, answer, message, public_text, internal_text,
    is_public, basis, categories, areas, lines, valid_from, valid_to, attachments, author, written_at, state, state_since,
    submitted_by, published_by, published_at)
  select r.id, r.number, c.question, array(select jsonb_array_elements_text(c."otherWays")), c.answer, c.message,
    c."publicText", c."internalText", c."isPublic", c.basis, array(select jsonb_array_elements_text(c.categories)),
    array(select jsonb_array_elements_text(c.areas)), array(select jsonb_array_elements_text(c.lines)), c."validFrom",
    c."validTo", c.attachments, $2::uuid, $3, case when $4 then 'published' else 'draft' end, $3,
    case when $4 then $2::uuid end, case when $4 then $5::uuid end, case when $4 then $3::timestamptz end
  from jsonb_to_recordset($1::jsonb) r(id uuid, number integer, content jsonb),
    lateral jsonb_to_record(r.content) c(question text, "otherWays" jsonb, answer text, message text, "publicText" text,
      "internalText" text, "isPublic" boolean, basis jsonb, categories jsonb, areas jsonb, lines jsonb, "validFrom" date,
      "validTo" date, attachments jsonb)`;

/** Each step that a person would have made, by whom. */
const ADD_EVENTS = `
  insert into knowledge_events (entry_id, seq, version, at, actor, move, from_state, to_state, reason)
  select r.id, r.steps + s.nth, r.number, $3, case when s.publisher then $5::uuid else $2::uuid end, s.move, s.from_state,
    s.to_state, case when s.nth = 1 then $6 || coalesce('；' || r.note, '') else '' end
  from (
    select r.id, r.number, r.note, (select coalesce(max(seq), 0) from knowledge_events e where e.entry_id = r.id) as steps
    from jsonb_to_recordset($1::jsonb) r(id uuid, number integer, note text)
  ) r, (values (1, 'write', null, 'draft', false), (2, 'submit', 'draft', 'inCheck', false),
    (3, 'approve', 'inCheck', 'approved', true), (4, 'publish', 'approved', 'published', true)
  ) s(nth, move, from_state, to_state, publisher)
  where $4 or s.nth = 1`;

const RAISE = `
  update knowledge_entries e set revision = revision + $2, owner_unit = r."ownerUnit"
  from jsonb_to_recordset($1::jsonb) r(id uuid, "ownerUnit" text) where e.id = r.id`;

/** States in which somebody's work would be lost. */
const WORKED_ON: readonly string[] = ['draft', 'inCheck', 'returned', 'approved'];

interface Standing extends Record<string, unknown> {
  readonly id: string;
  readonly ownerUnit: string;
  readonly ref: string;
  readonly number: number;
  readonly state: string | null;
  readonly content: StandingWords | null;
  readonly attachments: EntryContent['attachments'];
}

interface VersionToWrite {
  readonly id: string;
  readonly ownerUnit: string;
  readonly number: number;
  readonly content: EntryContent;
  /** What else is to be said of it in the entry's history. */
  readonly note: string | null;
}

export function knowledgeBulk(db: PgDatabase): KnowledgeBulk {
  return {
    async put(entries, { origin, by, publish, publishedBy, at, reason, over = (_, wanted) => wanted }, tx) {
      const on = db.on(tx);
      const when = new Date(at);
      await on.query(ADD_ENTRIES, [JSON.stringify(entries), origin, when, by]);
      const { rows } = await on.query<Standing>(STANDING_LOCKED, [origin, entries.map(({ ref }) => ref)]);
      const standing = new Map(rows.map((row) => [row.ref, row]));
      const write: VersionToWrite[] = [];
      const busy: string[] = [];
      for (const { ref, ownerUnit, content } of entries) {
        const entry = standing.get(ref);
        if (entry === undefined) throw new Error(`the entry of ${ref} was neither added nor known`);
        const { id, number, content: words, attachments } = entry;
        if (entry.state !== null && WORKED_ON.includes(entry.state)) busy.push(ref);
        else if (words === null) write.push({ id, ownerUnit, number: number + 1, content, note: null });
        else {
          const wanted = over(words, content);
          const handedOver = entry.ownerUnit !== ownerUnit;
          if (!handedOver && sameWords(words, wanted)) continue;
          const note = handedOver ? `责任单位由 ${entry.ownerUnit} 改为 ${ownerUnit}` : null;
          // A table has no papers: those that are there stay.
          write.push({ id, ownerUnit, number: number + 1, content: { ...wanted, attachments }, note });
        }
      }
      const written = JSON.stringify(write);
      await on.query(ADD_VERSIONS, [written, by, when, publish, publishedBy]);
      if (publish) await on.query(NOTE_FOLLOWERS, [write.map(({ id }) => id)]);
      await on.query(ADD_EVENTS, [written, by, when, publish, publishedBy, reason]);
      await on.query(RAISE, [written, publish ? 4 : 1]);
      const added = write.filter(({ number }) => number === 1).length;
      return {
        added,
        changed: write.length - added,
        same: entries.length - write.length - busy.length,
        busy,
      };
    },

    async standing(origin, refs) {
      const { rows } = await db.query<Standing>(STANDING, [origin, refs]);
      return new Map(
        rows.flatMap(({ ref, ownerUnit, content }) =>
          content === null ? [] : [[ref, { ownerUnit, words: content }]],
        ),
      );
    },

    async told(day) {
      const { rows } = await db.query<
        Awaited<ReturnType<KnowledgeBulk['told']>>[number] & Record<string, unknown>
      >(
        `select e.number, case when e.origin = 'import' then e.origin_ref else '' end as ref, e.owner_unit as "ownerUnit", jsonb_build_object('question', v.question,
           'otherWays', v.other_ways, 'answer', v.answer, 'message', v.message, 'publicText', v.public_text,
           'internalText', v.internal_text, 'isPublic', v.is_public, 'basis', v.basis, 'categories', v.categories,
           'areas', v.areas, 'lines', v.lines, 'validFrom', to_char(v.valid_from, 'YYYY-MM-DD'),
           'validTo', to_char(v.valid_to, 'YYYY-MM-DD'), 'attachments', v.attachments) as content
         from knowledge_entries e
         join lateral (
           select * from knowledge_versions v where v.entry_id = e.id and v.state in ('published', 'emergency')
             and v.valid_from <= $1::date and (v.valid_to is null or v.valid_to >= $1::date)
           order by v.number desc limit 1
         ) v on true
         order by e.number`,
        [day],
      );
      return rows;
    },
  };
}

/** The first day is no word: a file without days names today, each day anew. */
function sameWords(
  standing: StandingWords,
  { validFrom: _begins, attachments: _papers, ...wanted }: EntryContent,
): boolean {
  const ordered = (content: object): string =>
    JSON.stringify(
      Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)),
      (_key, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
          : value,
    );
  return ordered(standing) === ordered(wanted);
}
