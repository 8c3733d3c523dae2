import type { NamedEntry } from '../../app/ports/knowledge-care.ts';
import type { KnowledgeJob, KnowledgeUpkeep } from '../../app/ports/knowledge-upkeep.ts';
import { REMIND } from '../../domain/knowledge/reminders.ts';
import type { PgDatabase } from './database.ts';
import { LOOKED_AT, NAMED, NOTHING_STANDS, standsOn } from './knowledge-rows.ts';
import { ms } from './sql-instants.ts';

const PUBLISHED = `in ('published', 'emergency')`;

/** The instant at which a day begins in the municipality, and the one at which reminders go out on it. */
const startOf = (day: string, zone: string): string => `((${day})::date::timestamp at time zone ${zone})`;
const remindedOn = (day: string, zone: string): string =>
  `(((${day})::date + make_interval(hours => ${REMIND.atHour})) at time zone ${zone})`;
/** Behind it, nobody tells a citizen the version any more. */
const endOf = (zone: string): string => startOf('v.valid_to + 1', zone);

/**
 * Somebody is at it already: what he has given to a checker, or will be told from its day on. Asked of the few that are due
 * one by one (`offset 0`): joined, all versions were read for them.
 */
const NO_SUCCESSOR = `not exists (select from knowledge_versions n where n.entry_id = v.entry_id and n.number > v.number
  and n.state in ('inCheck', 'approved', 'published', 'emergency') offset 0)`;

/** Version `v` whose owner is to hear of its end, and from when on. Who published it for few days knows that. */
const endingFrom = (zone: string): string => remindedOn(`v.valid_to - ${REMIND.daysBeforeEnd}`, zone);
const ending = (day: string, zone: string): string => `v.state ${PUBLISHED} and v.end_told_at is null
  and v.valid_from <= ${day}::date and v.valid_to >= ${day}::date and v.published_at < ${endingFrom(zone)} and ${NO_SUCCESSOR}`;

/** The morning after its days are over. */
const staleFrom = (zone: string): string =>
  remindedOn(`(${LOOKED_AT} at time zone ${zone})::date + ${REMIND.afterDays + 1}`, zone);
/** What is about to end is asked about once, for its end. */
const stale = (
  day: string,
): string => `v.state = 'published' and v.review_asked_at is null and ${standsOn(day)}
  and (v.valid_to is null or v.valid_to > ${day}::date + ${REMIND.daysBeforeEnd}) and ${NO_SUCCESSOR}`;

/** What an index finds of the two: their end is near, or nobody has looked for long. */
const endsBy = (day: string): string => `v.valid_to <= ${day}::date + ${REMIND.daysBeforeEnd}`;
const unseenSince = (at: string): string =>
  `${LOOKED_AT} < ${at}::timestamptz - make_interval(days => ${REMIND.afterDays - 1})`;

/** Until $1, in the zone $2, on the day $3. Each branch begins with what its index finds. */
const DUE_VERSIONS = `
  select 'ends' as kind, v.entry_id, ${endOf('$2')} as due from knowledge_versions v
  where v.state ${PUBLISHED} and v.valid_to < ($1::timestamptz at time zone $2)::date
  union all
  select 'ends', v.entry_id, ${startOf('v.followed_from', '$2')} from knowledge_versions v
  where v.state ${PUBLISHED} and v.followed_from <= ($1::timestamptz at time zone $2)::date
  union all
  select 'ends', v.entry_id, coalesce(${endOf('$2')}, v.state_since) from (
    select * from knowledge_versions x where x.state = 'expired' and x.owner_told_at is null offset 0) v
  where ${NOTHING_STANDS('$3')}
  union all
  select 'reviewLate', v.entry_id, v.review_due_at from knowledge_versions v
  where v.state = 'emergency' and v.review_due_at <= $1 and v.late_told_at is null
  union all
  select 'remind', v.entry_id, ${endingFrom('$2')} from knowledge_versions v
  where ${endsBy('($1::timestamptz at time zone $2)')} and ${ending('$3', '$2')}
  union all
  select 'remind', v.entry_id, ${staleFrom('$2')} from knowledge_versions v
  where ${unseenSince('$1')} and ${stale('$3')}`;
/** Whose they are is asked of each that is due: joined, all entries were read for them. */
const DUE = `
  select kind, unit as "unitCode", ${ms('due')} as "dueAt" from (
    select d.kind, d.due, (select e.owner_unit from knowledge_entries e where e.id = d.entry_id) as unit
    from (${DUE_VERSIONS}) d where d.due <= $1
  ) u group by 1, 2, 3 order by 3, 1, 2`;

export function knowledgeUpkeepBooks(db: PgDatabase): KnowledgeUpkeep {
  return {
    async due(until, { day, zone }) {
      return (await db.query<KnowledgeJob & Record<string, unknown>>(DUE, [new Date(until), zone, day])).rows;
    },

    async outdated(unitCode, day, limit) {
      const { rows } = await db.query<{ id: string }>(
        // Each by its own index: what is to be found is little, what is told may be a million.
        `select id from (
           select v.entry_id as id from knowledge_versions v where v.state ${PUBLISHED} and v.valid_to < $2::date
           union
           select n.entry_id from knowledge_versions n where n.state ${PUBLISHED} and n.followed_from <= $2::date
             and exists (select from knowledge_versions v where v.entry_id = n.entry_id and v.number > n.number
               and ${standsOn('$2')})) o
         where exists (select from knowledge_entries e where e.id = o.id and e.owner_unit = $1)
         limit $3`,
        [unitCode, day, limit],
      );
      return rows.map(({ id }) => id);
    },

    async takeExpired(unitCode, { day, now }, tx) {
      const { rows } = await db.on(tx).query<NamedEntry>(
        `update knowledge_versions v set owner_told_at = $3 from knowledge_entries e
         where e.id = v.entry_id and e.owner_unit = $1 and v.state = 'expired' and v.owner_told_at is null
           and ${NOTHING_STANDS('$2')}
         returning ${NAMED}`,
        [unitCode, day, new Date(now)],
      );
      return byNumber(rows);
    },

    async takeLateReviews(unitCode, at, tx) {
      const { rows } = await db.on(tx).query<NamedEntry>(
        `update knowledge_versions v set late_told_at = $2 from knowledge_entries e
         where e.id = v.entry_id and e.owner_unit = $1 and v.state = 'emergency' and v.review_due_at <= $2
           and v.late_told_at is null
         returning ${NAMED}`,
        [unitCode, new Date(at)],
      );
      return byNumber(rows);
    },

    async takeReviewed(tx) {
      const { rows } = await db.on(tx).query<Pick<NamedEntry, 'id' | 'version'>>(
        `update knowledge_versions set late_told_at = null where late_told_at is not null and state <> 'emergency'
         returning entry_id as id, number as version`,
      );
      return rows;
    },

    async takeEnding(unitCode, { day, zone, now }, tx) {
      const { rows } = await db.on(tx).query<NamedEntry>(
        `update knowledge_versions v set end_told_at = $4 from knowledge_entries e
         where e.id = v.entry_id and e.owner_unit = $1 and ${endsBy('$2')} and ${ending('$2', '$3')}
           and ${endingFrom('$3')} <= $4
         returning ${NAMED}`,
        [unitCode, day, zone, new Date(now)],
      );
      return byNumber(rows);
    },

    async takeStale(unitCode, { day, zone, now }, tx) {
      const { rows } = await db.on(tx).query<NamedEntry>(
        `update knowledge_versions v set review_asked_at = $4 from knowledge_entries e
         where e.id = v.entry_id and e.owner_unit = $1 and ${unseenSince('$4')} and ${stale('$2')}
           and ${staleFrom('$3')} <= $4
         returning ${NAMED}`,
        [unitCode, day, zone, new Date(now)],
      );
      return byNumber(rows);
    },
  };
}

const byNumber = (entries: readonly NamedEntry[]): readonly NamedEntry[] =>
  entries.toSorted((one, other) => (one.number < other.number ? -1 : 1));
