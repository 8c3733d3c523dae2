import type {
  AnsweredEnquiry,
  DoubtView,
  KnowledgeCare,
  NamedEntry,
  OpenTask,
  UnitWeek,
  VainSearch,
} from '../../app/ports/knowledge-care.ts';
import { COUNTED_APPEAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { currentVersion, LATEST_TOLD, LOOKED_AT, NAMED, NEWEST, NOTHING_STANDS } from './knowledge-rows.ts';
import { iso } from './sql-instants.ts';
import { WITH_UNIT } from './ticket-notices.ts';
import { REPLY } from './ticket-reply.ts';

/** Null in $1: of all. */
const OF_UNIT = (column: string): string => `($1::text is null or ${column} = $1)`;

/**
 * Over all units a list begins with what has it in its order, and each is asked the rest one by one (`offset 0`) until the list
 * is full: joined, half a million were read for fifty. A unit's own begins with whichever finds less.
 */
const entryOf = (unitCode: string | null, id: string): string =>
  unitCode === null
    ? `lateral (select * from knowledge_entries n where n.id = ${id} offset 0) e on true`
    : `knowledge_entries e on e.id = ${id}`;
const versionsOf = (unitCode: string | null): string =>
  `from knowledge_versions v join ${entryOf(unitCode, 'v.entry_id')}`;

const CENTRE = `select l.unit_code as unit from lines l join municipality m on m.main_number = l.number
  order by l.valid_from desc limit 1`;

export function knowledgeCareBooks(db: PgDatabase): KnowledgeCare {
  return {
    async taskKnown(key, tx) {
      const on = db.on(tx);
      // Two who find the same at once: the second waits here, and finds it.
      await on.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`knowledge:${key}`]);
      const { rows } = await on.query('select from knowledge_tasks where key = $1', [key]);
      return rows.length > 0;
    },

    async addTask({ ticketId, kind, unitCode, key, entryId, version, at }, tx) {
      await db.on(tx).query(
        `insert into knowledge_tasks (ticket_id, kind, unit_code, key, entry_id, version, at)
         values ($1::uuid, $2, $3, $4, $5::uuid, $6, $7)`,
        [ticketId, kind, unitCode, key, entryId, version, new Date(at)],
      );
    },

    async asked({ entryId, version, key }, tx) {
      const { rows } = await db.on(tx).query<{ times: number; waits: boolean }>(
        `select count(*)::integer as times, coalesce(bool_or(t.state in ${WITH_UNIT}), false) as waits
         from knowledge_tasks k join tickets t on t.id = k.ticket_id
         where k.entry_id = $1::uuid and k.version = $2 and (k.key = $3 or starts_with(k.key, $3 || ':'))`,
        [entryId, version, key],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a count without a row');
      return row;
    },

    async openDoubt({ entryId, version }, tx) {
      const on = db.on(tx);
      await on.query('select from knowledge_entries where id = $1::uuid for update', [entryId]);
      const { rows } = await on.query<{ ticketId: string; ticketNumber: string }>(
        `select t.id as "ticketId", t.number as "ticketNumber"
         from knowledge_tasks k join tickets t on t.id = k.ticket_id
         where k.kind = 'doubt' and k.entry_id = $1::uuid and k.version = $2
           and (t.state in ${WITH_UNIT} or t.state in ('registered', 'underReview'))
         order by k.at desc limit 1`,
        [entryId, version],
      );
      return rows[0] ?? null;
    },

    async addDoubt({ id, entryId, version, kind, note, callId, by, at, ticketId }, tx) {
      // Whoever says so again with other words says more; the same key pressed twice says nothing new.
      const { rows } = await db.on(tx).query<{ again: boolean }>(
        `with before as (
           select kind, note from knowledge_doubts where ticket_id = $9::uuid and by = $7::uuid
         ), added as (
           insert into knowledge_doubts (id, entry_id, version, kind, note, call_id, by, at, ticket_id)
           select $1::uuid, $2::uuid, $3, $4, $5, $6::uuid, $7::uuid, $8, $9::uuid
           where not exists (select from before where kind = $4 and (note = $5 or $5 = ''))
           on conflict do nothing
         )
         select exists (select from before) as again`,
        [id, entryId, version, kind, note, callId, by, new Date(at), ticketId],
      );
      return rows[0]?.again === true ? 'again' : 'added';
    },

    async doubts(entryId) {
      const { rows } = await db.query<DoubtView>(
        `select d.id, d.entry_id as "entryId", d.version, d.kind, d.note, d.call_id as "callId", ${iso('d.at')} as at,
           jsonb_build_object('id', a.id, 'displayName', a.display_name) as by, d.ticket_id as "ticketId",
           t.number as "ticketNumber", t.state as "ticketState"
         from knowledge_doubts d join accounts a on a.id = d.by join tickets t on t.id = d.ticket_id
         where d.entry_id = $1::uuid order by d.at desc, d.id`,
        [entryId],
      );
      return rows;
    },

    async successor(unitCode, tx) {
      const { rows } = await db.on(tx).query<{ unit: string }>(
        `select coalesce((select code from units where code = present_code('unit', $1) and ended_at is null),
           (${CENTRE}), $1) as unit`,
        [unitCode],
      );
      return rows[0]?.unit ?? unitCode;
    },

    async centreUnit() {
      const { rows } = await db.query<{ unit: string }>(CENTRE);
      return rows[0]?.unit ?? null;
    },

    async answeredEnquiries(since, limit) {
      const { rows } = await db.query<AnsweredEnquiry>(
        `select * from (
           select t.number as "ticketNumber", present_code('unit', t.unit_code) as "unitCode", t.title, t.content,
             present_code('category', t.category_code) as "categoryCode", ${REPLY} as reply, t.closed_at
           from tickets t
           where t.type = 'ENQUIRY' and t.state in ('closed', 'archived') and t.closed_at >= $1 and t.unit_code is not null
             and not t.confidential and not t.anonymous and not t.listed_only
             and ${COUNTED_APPEAL}
             and not exists (select from knowledge_entries e where e.origin = 'enquiry' and e.origin_ref = t.number)
             and not exists (select from knowledge_undrafted d where d.ticket_number = t.number)) t
         where reply is not null order by closed_at limit $2`,
        [new Date(since), limit],
      );
      return rows;
    },

    async noteUndrafted({ ticketNumber, unitCode, why, at }) {
      await db.query(
        `insert into knowledge_undrafted (ticket_number, unit_code, why, at) values ($1, $2, $3, $4) on conflict do nothing`,
        [ticketNumber, unitCode, why, new Date(at)],
      );
    },

    async owners() {
      const { rows } = await db.query<{ unit: string }>(
        `select code as unit from units u where exists (select from knowledge_entries e where e.owner_unit = u.code)
           or exists (select from knowledge_undrafted d where d.unit_code = u.code) order by code`,
      );
      return rows.map(({ unit }) => unit);
    },

    async week(unitCode, { day, endsBy, since, staleBefore, weekSince, limit }) {
      const listed = async (
        condition: string,
        order: string,
        values: readonly unknown[],
      ): Promise<NamedEntry[]> =>
        (
          await db.query<NamedEntry>(
            `select ${NAMED} ${versionsOf(unitCode)} where ${OF_UNIT('e.owner_unit')} and ${LATEST_TOLD('$2')} and ${condition}
             order by ${order}, v.entry_id limit $3`,
            [unitCode, day, limit, ...values],
          )
        ).rows;
      const quoted = `select from knowledge_quotes q where q.entry_id = v.entry_id and q.retracted_at is null
        and q.at >= $4 offset 0`;
      const mostAsked = await db.query<UnitWeek['mostAsked'][number]>(
        `select ${NAMED}, q.times from (
           select entry_id, count(*)::integer as times from knowledge_quotes
           where retracted_at is null and entry_id is not null and at >= $4
           group by entry_id order by times desc, entry_id) q
         join ${entryOf(unitCode, 'q.entry_id')} join lateral ${currentVersion('$2')} v on true
         where ${OF_UNIT('e.owner_unit')} order by q.times desc, q.entry_id limit $3`,
        [unitCode, day, limit, new Date(since)],
      );
      const drafts = await db.query<NamedEntry>(
        `select ${NAMED} ${versionsOf(unitCode)} where ${OF_UNIT('e.owner_unit')} and v.state in ('draft', 'returned')
           and ${NEWEST} order by v.state_since, v.entry_id limit $2`,
        [unitCode, limit],
      );
      const undrafted = await db.query<UnitWeek['undrafted'][number]>(
        `select ticket_number as "ticketNumber", why from knowledge_undrafted where ${OF_UNIT('unit_code')} and at >= $3
         order by at, ticket_number limit $2`,
        [unitCode, limit, new Date(weekSince)],
      );
      return {
        unitCode,
        endingSoon: await listed('v.valid_to <= $4::date', 'v.valid_to', [endsBy]),
        stale: await listed(`${LOOKED_AT} < $4`, LOOKED_AT, [new Date(staleBefore)]),
        neverUsed: await listed(`v.published_at < $4 and not exists (${quoted})`, 'v.published_at', [
          new Date(since),
        ]),
        mostAsked: mostAsked.rows,
        drafts: drafts.rows,
        undrafted: undrafted.rows,
      };
    },

    async over(unitCode, day, limit) {
      const { rows } = await db.query<NamedEntry>(
        `select ${NAMED} ${versionsOf(unitCode)} where ${OF_UNIT('e.owner_unit')}
           and v.state in ('published', 'emergency', 'expired') and v.valid_to < $2::date
           and ${NOTHING_STANDS('$2')} and ${NEWEST} order by v.valid_to, v.entry_id limit $3`,
        [unitCode, day, limit],
      );
      return rows;
    },

    async openTasks(unitCode, limit) {
      const { rows } = await db.query<OpenTask>(
        `select * from (
           select t.id as "ticketId", t.number as "ticketNumber", t.state as "ticketState", k.kind, k.unit_code as "unitCode",
             t.title, ${iso('k.at')} as at, (select ${iso('d.due_at')} from deadlines d where d.ticket_id = t.id
               and d.clock = 'unit' and d.kind = 'overdue') as "dueAt",
             (select jsonb_build_object('id', e.id, 'number', e.number, 'version', k.version) from knowledge_entries e
               where e.id = k.entry_id) as entry,
             (select count(*)::integer from knowledge_doubts d where d.ticket_id = t.id) as doubts
           from knowledge_tasks k join tickets t on t.id = k.ticket_id
           where ${OF_UNIT('k.unit_code')} and t.state not in ('closed', 'archived', 'withdrawn', 'outOfScope')) o
         order by "dueAt" nulls last, at limit $2`,
        [unitCode, limit],
      );
      return rows;
    },

    async vainSearches(since, until, limit) {
      const { rows } = await db.query<VainSearch>(
        `select words, count(*)::integer as times, ${iso('max(at)')} as "lastAt" from knowledge_searches
         where hits = 0 and at >= $1 and at < $2 group by words order by count(*) desc, max(at) desc limit $3`,
        [new Date(since), new Date(until), limit],
      );
      return rows;
    },
  };
}
