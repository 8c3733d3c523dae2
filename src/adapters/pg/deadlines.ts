import type { ClaimedDeadline, DeadlineBook } from '../../app/ports/deadlines.ts';
import type { DeadlineJob } from '../../app/ports/jobs.ts';
import type { PgDatabase } from './database.ts';
import { deadlineBatches } from './deadline-batches.ts';
import { deadlineCounting } from './deadline-counting.ts';
import { DUE_TICKET } from './deadline-rows.ts';
import { ms } from './sql-instants.ts';
import { appendLine } from './sql-time-line.ts';

const CLAIM = `
  with claimed as (
    update deadlines set state = 'claimed', claimed_until = $2, attempts = attempts + 1
    where id = $1::uuid and state = 'pending'
    returning id, attempts, clock, kind, level, due_at, ticket_id
  )
  select d.id, d.attempts as attempt, d.clock, d.kind, d.level, ${ms('d.due_at')} as "dueAt",
    ${DUE_TICKET} as ticket
  from claimed d join tickets t on t.id = d.ticket_id`;

/**
 * One order for all: first the ticket, then its deadlines. Who moves a ticket has locked it before he touches them, and
 * so has whoever writes that one of them fired.
 */
const LOCK_TICKET = 'select from tickets where id = $1::uuid for update';

/** The claim's attempt fences: whoever lost the claim meanwhile writes nothing at all. */
const FINISH = `
  with done as (
    update deadlines set state = 'done', claimed_until = null, finished_at = $3
    where id = $1::uuid and state = 'claimed' and attempts = $2 returning ticket_id
  ), t as (
    update tickets set version = version + 1 from done where tickets.id = done.ticket_id
    returning tickets.id, tickets.version
  ), e as (
    ${appendLine('t', { id: '$4::uuid', at: '$3', type: '$5', reason: '$6', body: '$7::jsonb' })}
  ), o as (
    insert into outbox (topic, key, body, not_before) select $8, $9, $10::jsonb, $11 from t
  )
  select count(*)::integer as finished from t`;

/** Two workers at once would put the same jobs back twice. */
const RESTORE_LOCK = 1_234_500_034;
const NO_ID = '00000000-0000-0000-0000-000000000000';
const ON_QUEUE = `
  select id as "deadlineId", generation, ${ms('due_at')} as "dueAt", due_at::text as at from deadlines
  where state = 'pending' and enqueued_at is not null and (due_at, id) > ($1::timestamptz, $2::uuid)
  order by due_at, id limit $3`;

/** Pending again, off the job queue, under a new generation: an old job of that name must not hide the new one. */
const RENEWED = `state = 'pending', claimed_until = null, enqueued_at = null, generation = deadlines.generation + 1`;

export function deadlineBooks(db: PgDatabase): DeadlineBook {
  const count = async (text: string, values: readonly unknown[]): Promise<number> =>
    (await db.query(text, values)).rowCount ?? 0;

  return {
    ...deadlineBatches(db),
    ...deadlineCounting(db),

    enqueue: (until, at, limit, ticketId, enqueue) =>
      db.transact(async (tx) => {
        const { rows } = await db.on(tx).query<DeadlineJob>(
          `select id as "deadlineId", generation, ${ms('due_at')} as "dueAt" from deadlines
           where state = 'pending' and enqueued_at is null and due_at <= $1
             ${ticketId === null ? '' : 'and ticket_id = $3::uuid'}
           order by due_at limit $2 for update skip locked`,
          ticketId === null ? [new Date(until), limit] : [new Date(until), limit, ticketId],
        );
        if (rows.length === 0) return 0;
        await enqueue(rows);
        await db
          .on(tx)
          .query('update deadlines set enqueued_at = $2 where id = any ($1::uuid[])', [
            rows.map(({ deadlineId }) => deadlineId),
            new Date(at),
          ]);
        return rows.length;
      }),

    async claim(id, until) {
      const { rows } = await db.query<ClaimedDeadline>(CLAIM, [id, new Date(until)]);
      return rows[0] ?? null;
    },

    async finish({ id, attempt, ticket }, event, outbox, tx) {
      const on = db.on(tx);
      await on.query(LOCK_TICKET, [ticket.id]);
      const { rows } = await on.query<{ finished: number }>(FINISH, [
        id,
        attempt,
        new Date(event.at),
        event.id,
        event.type,
        event.reason,
        JSON.stringify(event.body),
        outbox.topic,
        outbox.key,
        JSON.stringify(outbox.body),
        new Date(outbox.notBefore),
      ]);
      return rows[0]?.finished === 1 ? 'finished' : 'lost';
    },

    async cancel({ id, attempt }, at) {
      const cancelled = await count(
        `update deadlines set state = 'cancelled', claimed_until = null, finished_at = $3
         where id = $1::uuid and state = 'claimed' and attempts = $2`,
        [id, attempt, new Date(at)],
      );
      return cancelled === 1 ? 'finished' : 'lost';
    },

    async settle({ id, attempt, ticket }, at, tx) {
      const on = db.on(tx);
      await on.query(LOCK_TICKET, [ticket.id]);
      const { rowCount } = await on.query(
        `update deadlines set state = 'done', claimed_until = null, finished_at = $3
         where id = $1::uuid and state = 'claimed' and attempts = $2`,
        [id, attempt, new Date(at)],
      );
      return rowCount === 1 ? 'finished' : 'lost';
    },

    async noteFailure(id, why, at) {
      await count(
        `update deadlines set failure = $2, failed_at = $3, failures = failures + 1
         where id = $1::uuid and state in ('pending', 'claimed')`,
        [id, why, new Date(at)],
      );
    },

    async putBack({ id, attempt }) {
      await count(
        `update deadlines set ${RENEWED} where id = $1::uuid and state = 'claimed' and attempts = $2`,
        [id, attempt],
      );
    },

    releaseExpired: (at, limit) =>
      count(
        `update deadlines set ${RENEWED} where id in (
           select id from deadlines where state = 'claimed' and claimed_until < $1
           order by claimed_until limit $2 for update skip locked)`,
        [new Date(at), limit],
      ),

    async overdueJobs(before, after, limit) {
      const { rows } = await db.query<DeadlineJob>(
        `select id as "deadlineId", generation, ${ms('due_at')} as "dueAt" from deadlines
         where state = 'pending' and enqueued_at is not null and due_at < $1 and enqueued_at < $1
           and ($2::uuid is null or id > $2::uuid)
         order by id limit $3`,
        [new Date(before), after, limit],
      );
      return rows;
    },

    renew: (jobs) =>
      jobs.length === 0
        ? Promise.resolve(0)
        : count(
            `update deadlines set ${RENEWED} from unnest($1::uuid[], $2::integer[]) as j(id, generation)
             where deadlines.id = j.id and deadlines.generation = j.generation and deadlines.state = 'pending'`,
            [jobs.map(({ deadlineId }) => deadlineId), jobs.map(({ generation }) => generation)],
          ),

    handAgain: (limit, hand) =>
      db.transact(async (tx) => {
        const on = db.on(tx);
        const { rows: locked } = await on.query<{ mine: boolean }>(
          'select pg_try_advisory_xact_lock($1) as mine',
          [RESTORE_LOCK],
        );
        if (locked[0]?.mine !== true) return null;
        let handed = 0;
        for (let after = ['-infinity', NO_ID]; ; ) {
          const { rows } = await on.query<DeadlineJob & { at: string }>(ON_QUEUE, [...after, limit]);
          const last = rows.at(-1);
          if (last !== undefined) await hand(rows.map(({ at, ...job }) => job));
          handed += rows.length;
          if (last === undefined || rows.length < limit) return handed;
          after = [last.at, last.deadlineId];
        }
      }),
  };
}
