import type {
  AnnouncementBook,
  IncidentDay,
  IncidentEventEntry,
  IncidentView,
  WaitingSubscriber,
} from '../../app/ports/announcements.ts';
import type { Incident } from '../../domain/announcements/incident.ts';
import type { PgDatabase } from './database.ts';
import { moveEvents } from './move-events.ts';
import { areaCodeOf } from './municipality.ts';
import { readPage } from './page-cursor.ts';
import { ms } from './sql-instants.ts';

/** Whoever changes announcements, in whichever process, meets the others on this lock. */
const LOCK_KEY = 1_234_500_011;

const COLUMNS = `a.id, a.title, a.text, a.lines, a.area, ${ms('a.from_at')} as "fromMs",
  ${ms('a.until_at')} as "untilMs", a.offer_key as "offerKey", a.state, a.author_id as "authorId",
  ${ms('a.created_at')} as "createdMs", a.ending`;
const INCIDENT = `select ${COLUMNS} from announcements a`;
const VIEW_COLUMNS = `${COLUMNS}, p.display_name as "authorName", ${ms('a.spoken_at')} as "spokenMs",
    a.spoken_failure as "spokenFailure", s.subscribers, s.waiting, s."byPhone"`;
const VIEW_FROM = `announcements a join accounts p on p.id = a.author_id,
    lateral (select count(*)::int as subscribers, (count(*) filter (where told is null))::int as waiting,
      (count(*) filter (where told = 'byPhone'))::int as "byPhone"
      from announcement_subscribers where announcement_id = a.id) s`;
const VIEW = `select ${VIEW_COLUMNS} from ${VIEW_FROM}`;

export function announcementBooks(db: PgDatabase): AnnouncementBook {
  const history = moveEvents(db, { table: 'announcement_events', key: 'announcement_id' });
  return {
    async lock(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    },
    areaCode: (tx) => areaCodeOf(db, tx),
    async byId(id, tx) {
      const { rows } = await db.on(tx).query<Incident>(`${INCIDENT} where a.id = $1`, [id]);
      return rows[0] ?? null;
    },
    async save(incident, event, trace, tx) {
      await db
        .on(tx)
        .query(SAVE, [
          incident.id,
          incident.title,
          incident.text,
          incident.lines,
          incident.area === null ? null : JSON.stringify(incident.area),
          new Date(incident.fromMs),
          new Date(incident.untilMs),
          incident.offerKey,
          incident.state,
          incident.authorId,
          new Date(incident.createdMs),
          incident.ending,
        ]);
      await history.add(incident.id, event, trace, tx);
    },
    async live(tx) {
      const { rows } = await db
        .on(tx)
        .query<Incident>(`${INCIDENT} where a.state = 'live' order by a.until_at`);
      return rows;
    },
    async view(id) {
      const { rows } = await db.query<IncidentView>(`${VIEW} where a.id = $1`, [id]);
      return rows[0] ?? null;
    },
    list({ state }, page) {
      const [conditions, values] = state === undefined ? [[], []] : [['a.state = $1'], [state]];
      const by = { at: 'a.created_at', id: 'a.id', order: 'newestFirst' } as const;
      const list = { columns: VIEW_COLUMNS, from: VIEW_FROM, conditions, values, by };
      return readPage<IncidentView>(db, list, page);
    },
    events: (id) => history.of<IncidentEventEntry>(id, 'incidentId'),
    async days(id) {
      const { rows } = await db.query<IncidentDay>(DAYS, [id]);
      return rows;
    },
    async toCall(id) {
      const { rows } = await db.query<{ number: string }>(
        `select number from announcement_subscribers where announcement_id = $1 and told = 'byPhone' order by asked_at`,
        [id],
      );
      return rows.map(({ number }) => number);
    },

    async unspoken(nowMs, retryBeforeMs) {
      const { rows } = await db.query<Incident>(
        `${INCIDENT} where a.state = 'live' and a.until_at > $1
           and (a.spoken_at is null or a.spoken_failure is not null and a.spoken_at < $2)`,
        [new Date(nowMs), new Date(retryBeforeMs)],
      );
      return rows;
    },
    async spoken(id, atMs, failure, tx) {
      await db
        .on(tx)
        .query('update announcements set spoken_at = $2, spoken_failure = $3 where id = $1', [
          id,
          new Date(atMs),
          failure,
        ]);
    },

    async waiting(limit, tx) {
      const { rows } = await db.on(tx).query<WaitingSubscriber>(
        `select s.announcement_id as "announcementId", s.number, a.ending as text
         from announcement_subscribers s join announcements a on a.id = s.announcement_id
         where s.told is null and a.ending is not null
         order by s.asked_at limit $1 for update of s skip locked`,
        [limit],
      );
      return rows;
    },
    async told(subscribers, how, atMs, tx) {
      if (subscribers.length === 0) return;
      await db.on(tx).query(
        `update announcement_subscribers s set told = $2, told_at = $3
         from jsonb_to_recordset($1::jsonb) as t("announcementId" uuid, number text)
         where s.announcement_id = t."announcementId" and s.number = t.number and s.told is null`,
        [JSON.stringify(subscribers), how, new Date(atMs)],
      );
    },
  };
}

const SAVE = `
  insert into announcements (id, title, text, lines, area, from_at, until_at, offer_key, state, author_id, created_at,
    ending)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (id) do update set title = excluded.title, text = excluded.text, lines = excluded.lines,
    area = excluded.area, from_at = excluded.from_at, until_at = excluded.until_at, offer_key = excluded.offer_key,
    state = excluded.state, ending = excluded.ending,
    spoken_at = case when announcements.text = excluded.text and announcements.offer_key is not distinct from
      excluded.offer_key then announcements.spoken_at end`;

// A call that heard it twice (a menu led back) counts once; one that an agent answered in the middle did not hear it.
const DAYS = `
  select (f.at at time zone (select time_zone from municipality))::date::text as day,
    (count(distinct f.call_id) filter (where f.type = 'noticePlayed' and f.body->>'end' not in ('failed', 'cut')))::int as heard,
    (count(distinct f.call_id) filter (where f.type = 'noticeSubscribed'))::int as subscribed,
    (count(distinct f.call_id) filter (where f.type = 'noticePlayed' and f.body->>'end' = 'hungUp'))::int as "hungUp"
  from call_facts f
  where f.type in ('noticePlayed', 'noticeSubscribed') and f.body->>'announcement' = $1::text
  group by day order by day`;
