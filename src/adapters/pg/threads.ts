import type {
  BurdenedTicket,
  ThreadBook,
  ThreadSummary,
  ThreadView,
  UnthreadedTicket,
} from '../../app/ports/threads.ts';
import type { EarlierAppeal } from '../../domain/threads/matching.ts';
import { COUNTED_APPEAL, ofReal, REAL } from './citizens-tickets.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions, THREAD_SEEN_BY_UNITS } from './ticket-sight.ts';

const LOCK_KEY = 1_234_500_024;
/** What is of one kind today is of one kind, whichever code each bears. */
const TODAY = `join categories c on c.code = present_code('category', t.category_code)`;
const APPEALED = `t.id as "ticketId", t.type, c.code as "categoryCode",
  coalesce(c.parent_code, c.code) as "branchCode", t.place, t.title || '，' || t.content as words,
  ${ms('t.accepted_at')} as at,
  (select m.thread_id from thread_members m where m.ticket_id = t.id and m.left_at is null) as "threadId"`;

/** What others may be of one matter with; what only a list may know is confidential as well. */
const OPEN = `(not t.confidential and not t.anonymous and ${COUNTED_APPEAL} and not exists (
  select from incident_members i where i.ticket_id = t.id and i.left_at is null))`;

const MEMBERS = `(select count(*)::int from thread_members m where m.thread_id = h.id and m.left_at is null)`;
const SUMMARY = `h.id, h.number, ${iso('h.opened_at')} as "openedAt", ${MEMBERS} as tickets, h.transfers,
  ${iso('h.complex_at')} as "complexAt", h.complex_reasons as "complexReasons"`;

/** What ticket t has borne. */
const BURDEN = `t.id as "ticketId", t.number, ${ms('t.accepted_at')} as "acceptedAt",
  (select coalesce(jsonb_agg(jsonb_build_object('at', ${ms('e.at')}, 'unitCode', e.body ->> 'unitCode')
      order by e.seq), '[]') from ticket_events e where e.ticket_id = t.id
    and e.to_state = 'dispatched' and e.body ? 'unitCode') as dispatched,
  (select count(*)::int from ticket_events e where e.ticket_id = t.id and e.type = 'returnTicket') as returns,
  (select count(*)::int from ticket_events e
    where e.ticket_id = t.id and e.type in ('rework', 'reopen')) as again,
  (select i.incident_id from incident_members i where i.ticket_id = t.id and i.left_at is null) as "incidentId"`;

/** One order for both: what is no complex case stands where no complex case can, a thousand years before. */
const COMPLEX_FIRST = `coalesce(h.complex_at, h.opened_at - interval '1000 years')`;

export function threadBooks(db: PgDatabase): ThreadBook {
  return {
    async unthreaded(limit) {
      const { rows } = await db.query<UnthreadedTicket>(
        `select ${APPEALED}, t.citizen_number as "citizenNumber", ${OPEN} as open
         from tickets t ${TODAY}
         where not t.person_known
         order by t.accepted_at, t.id limit $1`,
        [limit],
      );
      return rows;
    },

    async lock(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    },

    async keepPerson(ticketId, number, tx) {
      const { rowCount } = await db.on(tx).query(
        `with t as (update tickets set person_known = true where id = $1 and not person_known returning id)
         insert into ticket_persons (ticket_id, key)
         select id, case when $2::text is not null then person_key($2) end from t`,
        [ticketId, number],
      );
      return rowCount === 1;
    },

    async ofPerson(ticketId, limit, tx) {
      const { rows } = await db.on(tx).query<EarlierAppeal>(
        `select ${APPEALED} from ticket_persons mine join ticket_persons p on p.key = mine.key and p.ticket_id <> $1
           join tickets t on t.id = p.ticket_id ${TODAY}
         where mine.ticket_id = $1 and t.type <> 'PRAISE' and ${REAL} and ${ofReal('mine.ticket_id')}
         order by t.accepted_at desc limit $2`,
        [ticketId, limit],
      );
      return rows;
    },

    async ofMatter(ticketId, { named, at, withinMs }, limit, tx) {
      const { rows } = await db.on(tx).query<EarlierAppeal>(
        `select ${APPEALED} from tickets own
           join tickets t on t.category_code = any (same_codes('category', own.category_code)) and t.id <> own.id
           ${TODAY}
         where own.id = $1 and ${OPEN} and t.type <> 'PRAISE'
           and t.accepted_at between $2::timestamptz - $3 * interval '1 ms' and $2::timestamptz + $3 * interval '1 ms'
           and strpos(t.place || t.title || t.content, $4) > 0
         order by t.accepted_at desc limit $5`,
        [ticketId, new Date(at), withinMs, named, limit],
      );
      return rows;
    },

    async nextNumber(tx) {
      const { rows } = await db.on(tx).query<{ n: number }>(`select nextval('thread_number')::int as n`);
      return rows[0]?.n ?? 0;
    },

    async open({ id, number, at }, tx) {
      await db
        .on(tx)
        .query(
          'insert into threads (id, number, opened_at, reviewed_at) values ($1, $2, $3, to_timestamp(0))',
          [id, number, new Date(at)],
        );
    },

    async join({ id, threadId, ticketId, at, by, reason }, tx) {
      await db.on(tx).query(
        `with h as (update threads set reviewed_at = to_timestamp(0) where id = $2)
         insert into thread_members (id, thread_id, ticket_id, joined_at, joined_by, joined_reason)
         values ($1, $2, $3, $4, $5, $6)`,
        [id, threadId, ticketId, new Date(at), by, reason],
      );
    },

    async leave({ threadId, ticketId }, { at, by, reason }, tx) {
      const { rowCount } = await db.on(tx).query(
        `with h as (update threads set reviewed_at = to_timestamp(0) where id = $1)
         update thread_members set left_at = $3, left_by = $4, left_reason = $5
         where thread_id = $1 and ticket_id = $2 and left_at is null`,
        [threadId, ticketId, new Date(at), by, reason],
      );
      return rowCount === 1;
    },

    async members(threadId, tx) {
      const { rows } = await db.on(tx).query<{ members: string[] }>(
        `select coalesce((select jsonb_agg(m.ticket_id order by m.ticket_id) from thread_members m
           where m.thread_id = h.id and m.left_at is null), '[]') as members
         from threads h where h.id = $1 and h.merged_into is null`,
        [threadId],
      );
      return rows[0]?.members ?? null;
    },

    async threadOf(ticketId, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ id: string }>(
          'select thread_id as id from thread_members where ticket_id = $1 and left_at is null',
          [ticketId],
        );
      return rows[0]?.id ?? null;
    },

    async merged(from, into, tx) {
      await db.on(tx).query('update threads set merged_into = $2 where id = $1', [from, into]);
    },

    async toReview(since, limit) {
      const { rows } = await db.query<{ id: string }>(
        `select h.id from threads h
         where h.merged_into is null and h.reviewed_at = to_timestamp(0)
         union
         select h.id from ticket_events e
           join thread_members m on m.ticket_id = e.ticket_id and m.left_at is null
           join threads h on h.id = m.thread_id and h.merged_into is null
         where e.at > $1 and e.to_state is not null and e.at > h.reviewed_at
         limit $2`,
        [new Date(since), limit],
      );
      return rows;
    },

    async burden(threadId, tx) {
      const { rows } = await db.on(tx).query<BurdenedTicket>(
        `select ${BURDEN} from thread_members m join tickets t on t.id = m.ticket_id
         where m.thread_id = $1 and m.left_at is null order by t.accepted_at desc, t.id`,
        [threadId],
      );
      return rows;
    },

    async alone(since, after, limit) {
      const { rows } = await db.query<BurdenedTicket>(
        `select ${BURDEN} from tickets t
         where t.id in (select e.ticket_id from ticket_events e where e.at > $1
             and e.type in ('returnTicket', 'rework', 'reopen', 'acceptReturn', 'handOver', 'forced'))
           and t.type <> 'PRAISE' and ${REAL} and ($2::uuid is null or t.id > $2::uuid)
           and not exists (select from thread_members m where m.ticket_id = t.id and m.left_at is null)
           and not exists (select from incident_members own
             join incident_members o on o.incident_id = own.incident_id and o.left_at is null
             join tickets first on first.id = o.ticket_id
             where own.ticket_id = t.id and own.left_at is null and (first.accepted_at, first.id) < (t.accepted_at, t.id))
         order by t.id limit $3`,
        [new Date(since), after, limit],
      );
      return rows;
    },

    async reviewed(threadId, { at, transfers, reasons }, tx) {
      const { rows } = await db.on(tx).query<{ flagged: boolean }>(
        `with before as (select complex_at from threads where id = $1)
         update threads set reviewed_at = $2, transfers = $3, complex_reasons = $4,
           complex_at = case when cardinality($4::text[]) > 0 then coalesce(complex_at, $2) end
         where id = $1 returning complex_at is not null and (select complex_at is null from before) as flagged`,
        [threadId, new Date(at), transfers, reasons],
      );
      return rows[0]?.flagged === true;
    },

    async view(threadId, sight) {
      const { rows } = await db.query<Omit<ThreadView, 'members'>>(
        `select ${SUMMARY}, h.merged_into as "mergedInto" from threads h where h.id = $1`,
        [threadId],
      );
      const [thread] = rows;
      if (thread === undefined) return null;
      const { values, bind } = binder();
      const conditions = [
        `m.thread_id = ${bind(threadId)}::uuid`,
        'm.left_at is null',
        ...sightConditions(sight, bind),
        ...(sight.scope === 'unit' ? [THREAD_SEEN_BY_UNITS] : []),
      ];
      const { rows: members } = await db.query<ThreadView['members'][number]>(
        `select t.id as "ticketId", t.number, t.title, t.state, ${iso('t.accepted_at')} as "acceptedAt",
           case when u.code is not null then jsonb_build_object('code', u.code, 'name', u.name) end as unit,
           (select display_name from accounts where id = m.joined_by) as "joinedBy",
           m.joined_reason as "joinedReason"
         from thread_members m join tickets t on t.id = m.ticket_id left join units u on u.code = t.unit_code
         where ${conditions.join(' and ')} order by t.accepted_at, t.id`,
        values,
      );
      return sight.scope !== 'all' && members.length === 0 ? null : { ...thread, members };
    },

    list({ complex }, page) {
      const conditions = ['h.merged_into is null'];
      if (complex !== undefined) conditions.push(`h.complex_at is ${complex ? 'not null' : 'null'}`);
      const list = {
        ...{ columns: SUMMARY, from: 'threads h', conditions, values: [] },
        by: { at: COMPLEX_FIRST, id: 'h.id', order: 'newestFirst' },
      } as const;
      return readPage<ThreadSummary>(db, list, page);
    },
  };
}
