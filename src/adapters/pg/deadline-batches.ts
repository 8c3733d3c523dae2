import type { DeadlineBook, DueDeadline } from '../../app/ports/deadlines.ts';
import type { PgDatabase } from './database.ts';
import { DUE_TICKET } from './deadline-rows.ts';
import { ms } from './sql-instants.ts';
import { appendLine } from './sql-time-line.ts';

/**
 * Tickets are locked before deadlines, as every move does, and nobody is waited for: two batches, or a batch and a
 * move, cannot stop each other.
 */
const LOCK = `
  select d.id, d.clock, d.kind, d.level, ${ms('d.due_at')} as "dueAt",
    ${DUE_TICKET} as ticket
  from tickets t join deadlines d on d.ticket_id = t.id
  where d.id = any ($1::uuid[]) and d.state = 'pending'
  order by t.id, d.due_at, d.id
  for update of t skip locked for update of d skip locked`;

/** Of several lines of one ticket each has its number; they are written in order, since each hashes the one before. */
const FINISH = `
  with f as (
    select *, row_number() over (partition by "ticketId" order by nth) as step
    from rows from (jsonb_to_recordset($1::jsonb) as (id uuid, "ticketId" uuid, "eventId" uuid, type text, reason text,
      body jsonb, topic text, key text, told jsonb, told_from timestamptz))
      with ordinality as r(id, "ticketId", "eventId", type, reason, body, topic, key, told, told_from, nth)
  ), done as (
    update deadlines d set state = 'done', attempts = attempts + 1, finished_at = $2 from f where d.id = f.id
  ), t as (
    update tickets set version = version + n.lines
    from (select "ticketId", count(*)::integer as lines from f group by 1) n where tickets.id = n."ticketId"
    returning tickets.id, tickets.version - n.lines as before
  ), e as (
    ${appendLine('f join t on t.id = f."ticketId" order by t.id, f.step', {
      ...{ id: 'f."eventId"', ticket: 't.id', seq: 't.before + f.step', at: '$2' },
      ...{ type: 'f.type', reason: 'f.reason', body: 'f.body' },
    })}
  )
  insert into outbox (topic, key, body, not_before) select topic, key, told, told_from from f order by nth`;

/** Many deadlines in one transaction: what each costs alone is mostly the journey and the commit. */
export function deadlineBatches(db: PgDatabase): Pick<DeadlineBook, 'lockDue' | 'finishAll' | 'cancelAll'> {
  return {
    async lockDue(ids, tx) {
      return (await db.on(tx).query<DueDeadline>(LOCK, [ids], 'lock-due-deadlines')).rows;
    },

    async finishAll(fired, at, tx) {
      if (fired.length === 0) return;
      const rows = fired.map(({ deadline, event, outbox }) => ({
        id: deadline.id,
        ticketId: deadline.ticket.id,
        eventId: event.id,
        type: event.type,
        reason: event.reason,
        body: event.body,
        topic: outbox.topic,
        key: outbox.key,
        told: outbox.body,
        told_from: new Date(outbox.notBefore).toISOString(),
      }));
      await db.on(tx).query(FINISH, [JSON.stringify(rows), new Date(at)], 'finish-due-deadlines');
    },

    async cancelAll(ids, at, tx) {
      if (ids.length === 0) return;
      await db
        .on(tx)
        .query(`update deadlines set state = 'cancelled', finished_at = $2 where id = any ($1::uuid[])`, [
          ids,
          new Date(at),
        ]);
    },
  };
}
