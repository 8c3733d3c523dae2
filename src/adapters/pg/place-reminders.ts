import type { NeglectedPlaces, PlaceReminderBook, UnverifiedPlace } from '../../app/ports/place-reminders.ts';
import type { PgDatabase } from './database.ts';

const LOCK = 'place-reminders';

/** Place `p`, open for good, that nobody has looked at since $1, or ever since it was written before $2; $3 the centre. */
const UNVERIFIED = `p.closed_on is null
  and (p.verified_on < $1::date or (p.verified_on is null and p.changed_at < $2))`;
const keeper = (centre: string): string => `coalesce(p.target_code, p.unit_code, ${centre})`;
const KEEPER = keeper('$3');

export function placeReminderBooks(db: PgDatabase): PlaceReminderBook {
  return {
    async unitsToAsk({ verifiedBefore, writtenBefore }, centre) {
      const { rows } = await db.query<{ unit: string }>(
        `select distinct ${KEEPER} as unit from places p where ${UNVERIFIED} and ${KEEPER} is not null
           and not exists (select from knowledge_tasks k join tickets t on t.id = k.ticket_id
             where k.kind = 'places' and k.unit_code = ${KEEPER}
               and t.state not in ('closed', 'archived', 'withdrawn', 'outOfScope'))
         order by unit`,
        [verifiedBefore, new Date(writtenBefore), centre],
      );
      return rows.map(({ unit }) => unit);
    },

    async unverified(unitCode, { verifiedBefore, writtenBefore }, centre, limit, tx) {
      const { rows } = await db.on(tx).query<UnverifiedPlace & Record<string, unknown>>(
        `select p.id, p.code, p.name, p.address, to_char(p.verified_on, 'YYYY-MM-DD') as "verifiedOn",
           coalesce(r.times, 0) as times
         from places p left join place_reminders r on r.place_id = p.id
         where ${UNVERIFIED} and ${KEEPER} = $4
         order by r.times desc nulls last, p.verified_on nulls first, p.code limit $5`,
        [verifiedBefore, new Date(writtenBefore), centre, unitCode, limit],
      );
      return rows;
    },

    async noteAsked(placeIds, { unitCode, ticketId, at }, tx) {
      await db.on(tx).query(
        `insert into place_reminders as r (place_id, unit_code, first_at, last_at, times, ticket_id)
         select unnest($1::uuid[]), $2, $4, $4, 1, $3::uuid
         on conflict (place_id) do update set unit_code = excluded.unit_code, last_at = excluded.last_at,
           times = r.times + 1, ticket_id = excluded.ticket_id`,
        [placeIds, unitCode, ticketId, new Date(at)],
      );
    },

    async forgetDone(centre, tx) {
      const on = db.on(tx);
      await on.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [LOCK]);
      await on.query(
        `delete from place_reminders r using places p
         where p.id = r.place_id and (p.closed_on is not null or ${keeper('$1')} is distinct from r.unit_code
           or p.verified_on >= (r.first_at at time zone (select time_zone from municipality))::date)`,
        [centre],
      );
      const { rows } = await on.query<{ unit: string }>(
        `select a.subject as unit from alarms a where a.kind = 'place.unverified' and a.closed_at is null
           and not exists (select from place_reminders r where r.unit_code = a.subject and r.alarmed_at is not null)
         order by unit`,
      );
      return rows.map(({ unit }) => unit);
    },

    async takeNeglected(since, at, tx) {
      const { rows } = await db.on(tx).query<NeglectedPlaces & Record<string, unknown>>(
        `with late as (
           update place_reminders set alarmed_at = $2 where first_at < $1 and alarmed_at is null returning unit_code
         )
         select l.unit_code as "unitCode", u.name as "unitName", count(*)::integer as places
         from late l join units u on u.code = l.unit_code group by 1, 2 order by 1`,
        [new Date(since), new Date(at)],
      );
      return rows;
    },
  };
}
