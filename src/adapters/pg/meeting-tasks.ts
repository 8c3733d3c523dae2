import type { LockedTask, MeetingTaskBook, TaskView } from '../../app/ports/meetings.ts';
import type { TaskMove } from '../../domain/meetings/task-table.ts';
import type { PgDatabase } from './database.ts';
import { readPage } from './page-cursor.ts';
import { iso, ms } from './sql-instants.ts';
import { binder, sightConditions } from './ticket-sight.ts';

/** RDHY20261125-0003-2: the second task of that meeting. */
const NUMBER = `m.number || '-' || k.nth`;

export const TASK_VIEW = `k.id, ${NUMBER} as number, k.meeting_id as "meetingId", m.number as "meetingNumber",
  m.minutes ->> 'topic' as topic, jsonb_build_object('code', u.code, 'name', u.name) as unit, k.task, k.state,
  ${iso('k.due_at')} as "dueAt", k.explanation,
  (select jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number) order by t.number) from tickets t
    where t.id = any (k.ticket_ids)) as tickets,
  k.report, ${iso('k.reported_at')} as "reportedAt", k.finding, ${iso('k.finished_at')} as "finishedAt",
  (select o.number from supervision_orders o where o.id = k.order_id) as order`;
export const TASK_FROM =
  'meeting_tasks k join meetings m on m.id = k.meeting_id join units u on u.code = k.unit_code';

const LOCKED = `select k.id, ${NUMBER} as number, m.number as "meetingNumber", k.unit_code as "unitCode", k.task, k.state,
  k.ticket_ids as "ticketIds", ${ms('k.due_at')} as "dueAt"
  from meeting_tasks k join meetings m on m.id = k.meeting_id`;

/** What a move writes beside the state: $3 the words, $4 the moment. The first report in its time stays in its time. */
const SETS = {
  report: 'report = $3, reported_at = $4',
  sendBack: 'finding = $3, reported_at = null',
  accept: 'finding = $3, finished_at = $4',
  cancel: 'finding = $3, finished_at = $4',
} as const satisfies Record<TaskMove, string>;

const late = (now: string): string => `k.state = 'open' and k.due_at <= ${now} and k.order_id is null`;

export function meetingTaskBooks(db: PgDatabase): MeetingTaskBook {
  return {
    async lock(id, tx) {
      const { rows } = await db
        .on(tx)
        .query<LockedTask>(`${LOCKED} where k.id = $1::uuid for update of k`, [id]);
      return rows[0] ?? null;
    },

    async move(id, { move, to, words, at }, tx) {
      const values = [id, to, words, ...(move === 'sendBack' ? [] : [new Date(at)])];
      await db.on(tx).query(`update meeting_tasks set state = $2, ${SETS[move]} where id = $1::uuid`, values);
    },

    list({ state, unit, overdue, ticketId }, sight, now, page) {
      const { values, bind } = binder();
      const conditions = sight.scope === 'none' ? ['false'] : [];
      if (sight.scope === 'unit') conditions.push(`k.unit_code = ${bind(sight.unitCode)}`);
      else if (sight.scope !== 'none') {
        // As with the minutes: who may not see a ticket sees nothing of what was agreed about it.
        const seen = sightConditions(sight, bind);
        if (seen.length > 0)
          conditions.push(
            `not exists (select from tickets t where t.id = any (k.ticket_ids) and not (${seen.join(' and ')}))`,
          );
      }
      if (state !== undefined) conditions.push(`k.state = ${bind(state)}`);
      if (unit !== undefined) conditions.push(`k.unit_code = ${bind(unit)}`);
      if (ticketId !== undefined) {
        const ticket = `${bind(ticketId)}::uuid`;
        // The first finds its meetings by their index, the second those of their tasks that are about it.
        conditions.push(
          `k.meeting_id in (select l.meeting_id from meeting_tickets l where l.ticket_id = ${ticket})`,
          `${ticket} = any (k.ticket_ids)`,
        );
      }
      if (overdue !== undefined) {
        // The moment itself is late for who has not reported, as it is for the order that follows.
        const past = `k.state <> 'cancelled' and (k.due_at < k.reported_at
          or k.reported_at is null and k.due_at <= ${bind(new Date(now))}::timestamptz)`;
        conditions.push(overdue ? past : `not coalesce(${past}, false)`);
      }
      const by = { at: 'k.due_at', id: 'k.id', order: 'oldestFirst' } as const;
      return readPage<TaskView>(db, { columns: TASK_VIEW, from: TASK_FROM, conditions, values, by }, page);
    },

    async overdue(now, limit) {
      const { rows } = await db.query<{ id: string }>(
        `select k.id from meeting_tasks k where ${late('$1')} order by k.due_at limit $2`,
        [new Date(now), limit],
      );
      return rows.map(({ id }) => id);
    },

    async lockOverdue(id, now, tx) {
      const { rows } = await db
        .on(tx)
        .query<LockedTask>(`${LOCKED} where k.id = $1::uuid and ${late('$2')} for update of k`, [
          id,
          new Date(now),
        ]);
      return rows[0] ?? null;
    },

    async supervised(id, orderId, tx) {
      await db
        .on(tx)
        .query('update meeting_tasks set order_id = $2::uuid where id = $1::uuid', [id, orderId]);
    },
  };
}
