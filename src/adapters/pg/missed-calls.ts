import type {
  LockedMissedCall,
  MissedCallBook,
  MissedCallView,
  UnansweredCall,
  WithheldCall,
} from '../../app/ports/missed-calls.ts';
import { storedMissedCallRules } from '../../domain/callbacks/missed/missed-call.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';

const LOCK_KEY = 1_234_500_031;
const QUOTA_KEY = 1_234_500_032;

/** A promise to call back counts from when it came to nothing, for as long as it waited till then. */
const UNANSWERED = `
  select * from (
    select c.id as "callId", c.caller_number as "callerNumber", c.line, c.queue, c.result as why,
      ${ms('c.ended_at')} as "endedAt", ${ms('c.ended_at')} - ${ms('coalesce(c.queued_at, c.arrived_at)')} as "waitedMs"
    from calls c
    where c.result in ('abandoned', 'lost') and c.direction = 'inbound' and c.ended_at >= $1
    union all
    select c.id, b.number, c.line, c.queue,
      case b.state when 'failed' then 'callbackFailed' else 'callbackExpired' end, ${ms('b.ended_at')},
      ${ms('b.ended_at')} - ${ms('b.since_at')}
    from callbacks b join calls c on c.id = b.call_id
    where b.state in ('failed', 'expired') and b.ended_at >= $1
  ) u
  where not exists (select from missed_call_entries e where e.call_id = u."callId")
  order by "endedAt" limit $2`;

const VIEW = `m.id, m.number, m.line, m.queue, m.why, m.calls, ${iso('m.first_at')} as "firstAt",
  ${iso('m.last_at')} as "lastAt", m.longest_wait_ms as "longestWaitMs", m.state,
  case when a.id is not null then jsonb_build_object('id', a.id, 'displayName', a.display_name) end as "claimedBy",
  ${iso('m.claimed_until')} as "claimedUntil", ${iso('m.closed_at')} as "closedAt", m.result, m.note`;

export function missedCallBooks(db: PgDatabase): MissedCallBook {
  return {
    async rules(tx) {
      const on = tx === undefined ? db : db.on(tx);
      const { rows } = await on.query<{ rules: unknown }>('select rules from missed_call_rules');
      return storedMissedCallRules(rows[0]?.rules);
    },

    async saveRules(rules, by, at) {
      await db.query(
        `insert into missed_call_rules (rules, changed_at, changed_by) values ($1::jsonb, $2, $3::uuid)
         on conflict (only_one) do update set rules = excluded.rules, changed_at = excluded.changed_at,
           changed_by = excluded.changed_by`,
        [JSON.stringify(rules), new Date(at), by],
      );
    },

    async lockCollecting(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [LOCK_KEY]);
      return rows[0]?.mine === true;
    },

    async unanswered(endedSince, limit, tx) {
      return (await db.on(tx).query<UnansweredCall>(UNANSWERED, [new Date(endedSince), limit])).rows;
    },

    async isPromised(number, tx) {
      const { rowCount } = await db
        .on(tx)
        .query('select from callbacks where number = $1 and ended_at is null limit 1', [number]);
      return rowCount === 1;
    },

    async take({ callId, line, queue, why, endedAt, waitedMs }, caller, id, tx) {
      const on = db.on(tx);
      const { rows } =
        caller.kind !== 'number'
          ? { rows: [] }
          : await on.query<{ id: string }>(
              `insert into missed_calls as m (id, number, line, queue, why, calls, first_at, last_at, longest_wait_ms)
               values ($1, $2, $3, $4, $5, 1, $6, $6, $7)
               on conflict (number) where state in ('open', 'claimed') do update set calls = m.calls + 1,
                 line = excluded.line, queue = excluded.queue, why = excluded.why,
                 last_at = greatest(m.last_at, excluded.last_at),
                 longest_wait_ms = greatest(m.longest_wait_ms, excluded.longest_wait_ms)
               returning id`,
              [id, caller.number, line, queue, why, new Date(endedAt), Math.max(0, Math.round(waitedMs))],
            );
      const item = rows[0] ?? null;
      await on.query(
        'insert into missed_call_entries (call_id, missed_call_id, withheld) values ($1, $2, $3)',
        [callId, item?.id ?? null, caller.kind === 'withheld'],
      );
      return item;
    },

    async closeReached(at, tx) {
      // By the carrier's own spelling, which an index finds; a citizen rings by the same carrier again.
      const { rowCount } = await db.on(tx).query(
        `update missed_calls m set state = 'obsolete', closed_at = $1, claimed_by = null, claimed_until = null
         where m.state in ('open', 'claimed') and exists (
           select from missed_call_entries e join calls missed on missed.id = e.call_id
             join calls c on c.caller_number = missed.caller_number
           where e.missed_call_id = m.id and c.talk_started_at > m.last_at
             -- By the call of whoever holds the item: he says what came of it.
             and not (c.missed_call_id is not distinct from m.id and m.state = 'claimed' and m.claimed_until > $1))`,
        [new Date(at)],
      );
      return rowCount ?? 0;
    },

    async withheld(endedSince, page) {
      const from = 'calls c join missed_call_entries e on e.call_id = c.id';
      const conditions = [`c.result in ('abandoned', 'lost')`, 'c.ended_at >= $1', 'e.withheld'];
      const values = [new Date(endedSince)];
      const { rows: calls, next } = await readPage<WithheldCall>(
        db,
        {
          columns: `c.id as "callId", c.line, c.queue, c.result as why, ${iso('c.ended_at')} as "endedAt",
            greatest(0, round(extract(epoch from c.ended_at - coalesce(c.queued_at, c.arrived_at)) * 1000))::integer
              as "waitedMs"`,
          ...{ from, conditions, values, by: { at: 'c.ended_at', id: 'c.id', order: 'newestFirst' } },
        },
        page,
      );
      const { rows } = await db.query<{ n: number }>(
        `select count(*)::integer as n from ${from} where ${conditions.join(' and ')}`,
        values,
      );
      return { calls, next, count: rows[0]?.n ?? 0 };
    },

    async lock(id, tx) {
      const { rows } = await db.on(tx).query<LockedMissedCall>(
        `select id, number, line, state, claimed_by as "claimedBy", ${ms('claimed_until')} as "claimedUntilMs"
         from missed_calls where id = $1::uuid for update`,
        [id],
      );
      return rows[0] ?? null;
    },

    async lockQuota(tx) {
      await db.on(tx).query('select pg_advisory_xact_lock($1)', [QUOTA_KEY]);
    },

    async claimedSince(at, tx) {
      const { rows } = await db
        .on(tx)
        .query<{ n: number }>('select count(*)::integer as n from missed_call_claims where at > $1', [
          new Date(at),
        ]);
      return rows[0]?.n ?? 0;
    },

    async claim(id, by, at, until, tx) {
      await db.on(tx).query(
        `with m as (update missed_calls set state = 'claimed', claimed_by = $2, claimed_until = $4 where id = $1::uuid)
         insert into missed_call_claims (missed_call_id, at, account_id) values ($1::uuid, $3, $2)`,
        [id, by, new Date(at), new Date(until)],
      );
    },

    async release(id, tx) {
      await db
        .on(tx)
        .query(
          `update missed_calls set state = 'open', claimed_by = null, claimed_until = null where id = $1::uuid`,
          [id],
        );
    },

    async finish(id, { by, at, result, note }, tx) {
      await db.on(tx).query(
        `update missed_calls set state = 'done', claimed_by = null, claimed_until = null, closed_by = $2,
           closed_at = $3, result = $4, note = $5 where id = $1::uuid`,
        [id, by, new Date(at), result, note],
      );
    },

    async list(state, page, at) {
      const values: unknown[] = [];
      const bind = (value: unknown): string => `$${values.push(value)}`;
      const conditions = [
        state === 'due'
          ? `(m.state = 'open' or (m.state = 'claimed' and m.claimed_until <= ${bind(new Date(at))}::timestamptz))`
          : `m.state = ${bind(state)}`,
      ];
      const list = {
        columns: VIEW,
        from: 'missed_calls m left join accounts a on a.id = m.claimed_by',
        ...{ conditions, values },
        by: { at: 'm.last_at', id: 'm.id', order: state === 'due' ? 'oldestFirst' : 'newestFirst' },
      } as const;
      const { rows: items, next } = await readPage<MissedCallView>(db, list, page);
      return { items, next };
    },
  };
}
