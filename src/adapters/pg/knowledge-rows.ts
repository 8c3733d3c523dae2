import { iso } from './sql-instants.ts';

/** Of a version `v`: told to citizens on a day, by its state and its days. The later of two that stand takes precedence. */
export const standsOn = (day: string): string =>
  `v.state in ('published', 'emergency') and v.valid_from <= ${day}::date
   and (v.valid_to is null or v.valid_to >= ${day}::date)`;

/** The version of entry `e` that is told on a day, as a lateral join's row `v`. */
export const currentVersion = (day: string, columns = 'v.*'): string =>
  `(select ${columns} from knowledge_versions v where v.entry_id = e.id and ${standsOn(day)}
    order by v.number desc limit 1)`;

/** What an entry `e` is called by its version `v`. */
export const NAMED = `e.id, e.number, v.question, v.number as version, to_char(v.valid_to, 'YYYY-MM-DD') as "validTo",
  e.owner_unit as "ownerUnit"`;
// What is asked of its other versions is asked of each `v` by itself (`offset 0`): joined, all versions were read for a few.
/** No later version stands beside it. */
export const LATEST_TOLD = (day: string): string =>
  `${standsOn(day)} and not exists (select from knowledge_versions n where n.entry_id = v.entry_id and n.number > v.number
     and ${standsOn(day).replaceAll('v.', 'n.')} offset 0)`;
export const NOTHING_STANDS = (day: string): string =>
  `not exists (select from knowledge_versions n where n.entry_id = v.entry_id
     and ${standsOn(day).replaceAll('v.', 'n.')} offset 0)`;
export const NEWEST = `not exists (select from knowledge_versions n where n.entry_id = v.entry_id and n.number > v.number offset 0)`;
/** When somebody last looked at what is told: when it was published, and whenever it was found right since. */
export const LOOKED_AT = 'coalesce(v.reviewed_at, v.published_at)';

/** Written on every told version of the entries $1: from which day on a later one is told as well; null: none is. */
export const NOTE_FOLLOWERS = `
  update knowledge_versions v set followed_from = f.day
  from (
    select o.entry_id, o.number, (select min(n.valid_from) from knowledge_versions n
      where n.entry_id = o.entry_id and n.number > o.number and n.state in ('published', 'emergency')) as day
    from knowledge_versions o where o.entry_id = any ($1::uuid[]) and o.state in ('published', 'emergency')
  ) f
  where v.entry_id = f.entry_id and v.number = f.number and v.followed_from is distinct from f.day`;

/** Held by who tells an entry together with others, by who corrects it alone: nobody who heard it stands in no list. */
export const toldLock = (entryId: string): string => `told:${entryId}`;

/** A version `v` with its words, as one JSON object. */
export const VERSION_JSON = `jsonb_build_object('number', v.number, 'question', v.question,
  'otherWays', to_jsonb(v.other_ways), 'answer', v.answer, 'message', v.message, 'publicText', v.public_text,
  'internalText', v.internal_text, 'isPublic', v.is_public, 'basis', v.basis, 'categories', to_jsonb(v.categories),
  'areas', to_jsonb(v.areas), 'lines', to_jsonb(v.lines), 'validFrom', to_char(v.valid_from, 'YYYY-MM-DD'),
  'validTo', to_char(v.valid_to, 'YYYY-MM-DD'), 'attachments', v.attachments, 'state', v.state,
  'since', ${iso('v.state_since')},
  'author', (select jsonb_build_object('id', a.id, 'displayName', a.display_name) from accounts a where a.id = v.author),
  'writtenAt', ${iso('v.written_at')}, 'publishedAt', ${iso('v.published_at')},
  'reviewDueAt', ${iso('v.review_due_at')}, 'reviewedAt', ${iso('v.reviewed_at')})`;
