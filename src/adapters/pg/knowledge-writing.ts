import type {
  EndedCategory,
  EntryHead,
  KnowledgeBook,
  UnknownNames,
  VersionHead,
} from '../../app/ports/knowledge.ts';
import type { Transaction } from '../../app/ports/transaction.ts';
import type { EntryContent } from '../../domain/knowledge/entry.ts';
import { isTold } from '../../domain/knowledge/standing.ts';
import type { PgDatabase } from './database.ts';
import { NOTE_FOLLOWERS } from './knowledge-rows.ts';
import { ms } from './sql-instants.ts';

const ADD_VERSION = `
  insert into knowledge_versions (entry_id, number, question, other_ways, answer, message, public_text, internal_text,
    is_public, basis, categories, areas, lines, valid_from, valid_to, attachments, author, written_at, state, state_since)
  values ($1::uuid, $2, $3, $4::text[], $5, $6, $7, $8, $9, $10::jsonb, $11::text[], $12::text[], $13::text[], $14::date,
    $15::date, $16::jsonb, $17::uuid, $18, 'draft', $18)`;

/** Behind the lines that are there; the entry is locked by whoever writes one. */
const ADD_EVENT = `
  insert into knowledge_events (entry_id, seq, version, at, actor, move, from_state, to_state, reason)
  select $1::uuid, coalesce(max(seq), 0) + 1, $2, $3, $4::uuid, $5, $6, $7, $8
  from knowledge_events where entry_id = $1::uuid`;

type Writing = Pick<
  KnowledgeBook,
  'add' | 'head' | 'lock' | 'addVersion' | 'move' | 'unknownNames' | 'endedCategories'
>;

/** What changes an entry, in the transaction of whoever decided it. */
export function knowledgeWriting(db: PgDatabase): Writing {
  const addVersion: Writing['addVersion'] = async ({ id }, { number, content, by, at }, tx) => {
    const on = db.on(tx);
    await on.query(ADD_VERSION, versionValues(id, number, content, by, at));
    await on.query(ADD_EVENT, [id, number, new Date(at), by, 'write', null, 'draft', '']);
    await on.query('update knowledge_entries set revision = revision + 1 where id = $1::uuid', [id]);
  };
  const head = async (id: string, lock: '' | 'for update', tx?: Transaction): Promise<EntryHead | null> => {
    const on = db.on(tx);
    const { rows } = await on.query<Omit<EntryHead, 'versions'>>(
      `select id, number, owner_unit as "ownerUnit", revision from knowledge_entries where id = $1::uuid ${lock}`,
      [id],
    );
    const [entry] = rows;
    if (entry === undefined) return null;
    const versions = await on.query<VersionHead>(
      `select number, state, ${ms('state_since')} as since, to_char(valid_from, 'YYYY-MM-DD') as "validFrom",
         to_char(valid_to, 'YYYY-MM-DD') as "validTo", author as "authorId", submitted_by as "submittedBy",
         published_by as "publishedBy", ${ms('review_due_at')} as "reviewDueAt"
       from knowledge_versions where entry_id = $1::uuid order by number`,
      [id],
    );
    return { ...entry, versions: versions.rows };
  };
  return {
    async add({ id, ownerUnit, origin, originRef, content, by, at }, tx) {
      const on = db.on(tx);
      const { rows } = await on.query<{ number: string }>(
        `insert into knowledge_entries (id, number, owner_unit, origin, origin_ref, created_at, created_by, revision)
         values ($1::uuid, 'ZS' || lpad(nextval('knowledge_number')::text, 6, '0'), $2, $3, $4, $5, $6::uuid, 0)
         on conflict do nothing returning number`,
        [id, ownerUnit, origin, originRef, new Date(at), by],
      );
      const [added] = rows;
      if (added === undefined) {
        const known = await on.query<{ number: string }>(
          `select number from knowledge_entries
           where id = $1::uuid or (origin = $2 and origin_ref = $3 and origin_ref <> '')`,
          [id, origin, originRef],
        );
        return { number: known.rows[0]?.number ?? '', outcome: 'known' };
      }
      await addVersion({ id }, { number: 1, content, by, at }, tx);
      return { number: added.number, outcome: 'added' };
    },

    addVersion,

    head: (id) => head(id, ''),
    lock: (id, tx) => head(id, 'for update', tx),

    async move(entryId, { version, move, from, to, by, at, reason, reviewDueAt }, tx) {
      const on = db.on(tx);
      const when = new Date(at);
      const publishes = move === 'publish' || move === 'publishAtOnce';
      const { rowCount } = await on.query(
        `update knowledge_versions set state = $3, state_since = case when state = $3 then state_since else $4 end,
           submitted_by = case when $5 then $6::uuid else submitted_by end,
           published_by = case when $7 then $6::uuid else published_by end,
           published_at = case when $7 then $4 else published_at end,
           review_due_at = coalesce($8, review_due_at),
           reviewed_at = case when $10 then $4 else reviewed_at end,
           review_asked_at = case when $10 then null else review_asked_at end
         where entry_id = $1::uuid and number = $2 and state = $9`,
        [
          entryId,
          version,
          to,
          when,
          move === 'submit',
          by,
          publishes,
          reviewDueAt === undefined ? null : new Date(reviewDueAt),
          from,
          move === 'recheck',
        ],
      );
      if (rowCount !== 1) throw new Error(`version ${version} of ${entryId} moved under its lock`);
      if (isTold(from) !== isTold(to)) await on.query(NOTE_FOLLOWERS, [[entryId]]);
      await on.query(ADD_EVENT, [entryId, version, when, by, move, from, to, reason]);
      await on.query('update knowledge_entries set revision = revision + 1 where id = $1::uuid', [entryId]);
    },

    async unknownNames({ categories, areas, lines, attachments }, newOwner, tx) {
      const missing = (parameter: string, from: string, type = 'text'): string =>
        `array(select k from unnest(${parameter}::${type}[]) as k where not exists (select from ${from} = k))`;
      const { rows } = await db.on(tx).query<UnknownNames>(
        `select ${missing('$1', 'units where ended_at is null and code')} as units,
           ${missing('$2', 'categories where code')} as categories,
           ${missing('$3', `dispatch_names where kind = 'area' and removed_in is null and code`)} as areas,
           ${missing('$4', 'lines where number')} as lines,
           ${missing('$5', 'knowledge_files where id', 'uuid')}::text[] as attachments`,
        [newOwner === null ? [] : [newOwner], categories, areas, lines, attachments.map(({ id }) => id)],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a select without a row');
      return row;
    },

    async endedCategories(categories, entryId, tx) {
      const { rows } = await db.on(tx).query<EndedCategory>(
        `select c.code, array(select p.now_code from code_paths p where p.list = 'category' and p.code = c.code
           order by p.main desc, p.now_code) as now
         from categories c where c.code = any ($1) and c.ended_at is not null and not exists (
           select from knowledge_versions v where v.entry_id = $2::uuid and c.code = any (v.categories)
             and v.number = (select max(number) from knowledge_versions l where l.entry_id = $2::uuid))
         order by c.code`,
        [categories, entryId],
      );
      return rows;
    },
  };
}

function versionValues(
  id: string,
  number: number,
  content: EntryContent,
  by: string | null,
  at: number,
): readonly unknown[] {
  return [
    id,
    number,
    content.question,
    content.otherWays,
    content.answer,
    content.message,
    content.publicText,
    content.internalText,
    content.isPublic,
    JSON.stringify(content.basis),
    content.categories,
    content.areas,
    content.lines,
    content.validFrom,
    content.validTo,
    JSON.stringify(content.attachments),
    by,
    new Date(at),
  ];
}
