import { circularBooks } from '../adapters/pg/circulars.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { meetingTaskBooks } from '../adapters/pg/meeting-tasks.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { ticketNoticeBooks } from '../adapters/pg/ticket-notices.ts';
import { remindCirculars } from '../app/circulars/remind-circulars.ts';
import { superviseTasks } from '../app/meetings/supervise-tasks.ts';
import type { Log } from '../app/ports/log.ts';
import { escalateOverdue } from '../app/supervision/escalate-overdue.ts';
import { measureLater } from '../app/supervision/measure-effect.ts';
import { timeOrders } from '../app/supervision/time-orders.ts';
import type { Moving } from './moving.ts';
import type { Round } from './rounds.ts';
import type { WorkerTimes } from './worker-times.ts';

const TASKS_AT_ONCE = 50;
const EFFECTS_AT_ONCE = 50;
const EFFECTS_EVERY_MS = 600_000;

/** What supervision does by itself beyond the single ticket. */
export function supervisionRounds(
  moving: Moving,
  db: PgDatabase,
  log: Log,
  { sweepEveryMs }: WorkerTimes,
): readonly Round[] {
  const remind = remindCirculars({
    ...{ ...moving, circulars: circularBooks(db), messages: messageBooks(db) },
    ...{ ticketNotices: ticketNoticeBooks(db), log },
  });
  const escalate = escalateOverdue({ ...moving, log });
  const supervise = superviseTasks({ ...moving, meetingTasks: meetingTaskBooks(db), log });
  const time = timeOrders({ ...moving, log });
  const measure = measureLater(moving);
  return [
    {
      name: 'orderTimes',
      everyMs: sweepEveryMs,
      work: async () => {
        const said = await time();
        if (said > 0)
          log.info({ orders: said }, 'units were told that the time of orders runs out, or is over');
        return 'done';
      },
    },
    {
      name: 'orderEffects',
      everyMs: EFFECTS_EVERY_MS,
      work: async () => ((await measure(EFFECTS_AT_ONCE)) === EFFECTS_AT_ONCE ? 'again' : 'done'),
    },
    {
      name: 'escalation',
      everyMs: sweepEveryMs,
      work: async () => {
        const steps = await escalate();
        if (steps > 0) log.info({ steps }, 'units that let tickets run out were urged or supervised');
        return 'done';
      },
    },
    {
      name: 'meetingTasks',
      everyMs: sweepEveryMs,
      work: async () => {
        const issued = await supervise(TASKS_AT_ONCE);
        if (issued > 0) log.info({ orders: issued }, 'late tasks of meetings are supervised');
        return issued === TASKS_AT_ONCE ? 'again' : 'done';
      },
    },
    {
      name: 'circulars',
      everyMs: sweepEveryMs,
      work: async () => {
        const reminded = await remind();
        if (reminded > 0) log.info({ units: reminded }, 'units were asked again to read a circular');
        return 'done';
      },
    },
  ];
}
