import type { FoundDocument, Near, SearchIndexBook } from '../../app/ports/search.ts';
import type { PgDatabase } from './database.ts';
import { type Bind, binder } from './ticket-sight.ts';
import { quotedToken as quoted } from './token-text.ts';

/** More are never looked at, whatever the plan expected: an answer that comes too late is none. */
const READ_MOST = 12_000;

const FIELDS = `'{a}', '{b}', '{c}'`
  .split(', ')
  .map((label) => `tsvector_to_array(ts_filter(d.tokens, ${label}))`);

interface Row extends Record<string, unknown> {
  readonly kind: FoundDocument['kind'];
  readonly ref: string;
  readonly head: readonly string[];
  readonly alias: readonly string[];
  readonly body: readonly string[];
  readonly lessons: Readonly<Record<string, number>> | null;
}

/**
 * Those that the index finds, the roughly best first: each clue counts once, whichever of its tokens is there. What was
 * withdrawn or replaced since the index was written is none of them, also while nobody writes the index.
 */
export function searchCandidates(db: PgDatabase): SearchIndexBook['candidates'] {
  return async ({ anyOf, scores }, { kind, unit, category, publicOnly, day, near }, words, limit) => {
    if (anyOf.length === 0) return [];
    const { values, bind } = binder();
    const any = bind(anyOf.map((tokens) => `(${tokens.map(quoted).join(' & ')})`).join(' | '));
    const today = `${bind(day)}::date`;
    const conditions = [
      `(d.valid_from is null or d.valid_from <= ${today})`,
      `(d.valid_to is null or d.valid_to >= ${today})`,
      ...(kind === undefined ? [] : [`d.kind = ${bind(kind)}`]),
      ...(unit === undefined ? [] : [`d.unit = ${bind(unit)}`]),
      ...(category === undefined ? [] : [liesIn(`(select categories_within(${bind(category)}))`)]),
      ...(publicOnly ? ['d.is_public'] : []),
      ...(near === undefined ? [] : [withinBox(near, bind)]),
    ];
    const order = near === undefined ? 'quoted desc' : `${farFrom(near, bind)} nulls last`;
    const learned = bind(words);
    const rough = scores
      .map(
        ({ tokens, worth }) =>
          `(case when d.tokens @@ ${bind(tokens.map(quoted).join(' | '))}::tsquery then ${bind(worth)}::float8 else 0 end)`,
      )
      .join(' + ');
    const found = await db.query<Row>(
      `with found as (
         (select d.*, ${rough} as rough from search_documents d
          where d.tokens @@ ${any}::tsquery and ${conditions.join(' and ')} limit ${READ_MOST})
         union all
         (select d.*, ${rough} as rough from search_documents d
          where (d.kind, d.ref) in (select kind, ref from search_lessons where token = any (${learned}::text[]) limit 100)
            and not d.tokens @@ ${any}::tsquery and ${conditions.join(' and ')})
       )
       select d.kind, d.ref, d.title, d.version, d.unit, d.category, d.areas, d.lines, d.quoted, d.longitude, d.latitude,
         d.hours, ${FIELDS[0]} as head, ${FIELDS[1]} as alias, ${FIELDS[2]} as body,
         (select jsonb_object_agg(l.token, l.times) from search_lessons l
          where l.kind = d.kind and l.ref = d.ref and l.token = any (${learned}::text[])) as lessons
       from (select * from found order by rough desc, ${order} limit ${bind(limit)}) d
       where d.kind <> 'entry' or not exists (select from knowledge_versions v
         where v.entry_id = d.ref and v.number = d.version and v.state not in ('published', 'emergency'))`,
      values,
    );
    return found.rows.map(({ head, alias, body, lessons, ...row }) => ({
      ...(row as unknown as Omit<FoundDocument, 'tokens' | 'lessons'>),
      tokens: { head, alias, body },
      lessons: new Map(Object.entries(lessons ?? {})),
    }));
  };
}

/** The first by itself: what an earlier release wrote has no more. */
const liesIn = (codes: string): string => `(d.category = any (${codes}::text[]) or d.categories && ${codes})`;

/** What has no position is on the telephone, wherever the citizen is. */
const withinBox = ({ box }: Near, bind: Bind): string =>
  `(d.latitude is null or d.latitude between ${bind(box.south)} and ${bind(box.north)}
     and d.longitude between ${bind(box.west)} and ${bind(box.east)})`;

/** In degrees, squared: enough to tell which of two is nearer. */
const farFrom = ({ around }: Near, bind: Bind): string => {
  const latitude = bind(around.latitude);
  return `((longitude - ${bind(around.longitude)}::float8) * cos(radians(${latitude}::float8))) ^ 2
    + (latitude - ${latitude}::float8) ^ 2`;
};
