import type { PgDatabase } from '../adapters/pg/database.ts';
import { meetingTaskBooks } from '../adapters/pg/meeting-tasks.ts';
import { superviseTasks } from '../app/meetings/supervise-tasks.ts';
import type { Log } from '../app/ports/log.ts';
import { EFFECT_TIMES } from '../app/ports/order-effects.ts';
import { measureEffects } from '../app/supervision/measure-effect.ts';
import type { Moving } from './moving.ts';
import type { Round } from './rounds.ts';
import type { WorkerTimes } from './worker-times.ts';

const TASKS_AT_ONCE = 50;
const EFFECTS_AT_ONCE = 50;
/** Whoever closed one looks at it next. */
const EFFECTS_EVERY_MS = 5000;

/** What supervision does by itself beyond the single ticket. */
export function supervisionRounds(
  moving: Moving,
  db: PgDatabase,
  log: Log,
  { sweepEveryMs }: WorkerTimes,
): readonly Round[] {
  const supervise = superviseTasks({ ...moving, meetingTasks: meetingTaskBooks(db), log });
  const measure = measureEffects({ ...moving, log });
  return [
    {
      name: 'orderEffects',
      everyMs: Math.min(EFFECTS_EVERY_MS, sweepEveryMs),
      work: async () => {
        let most = 0;
        for (const when of EFFECT_TIMES) most = Math.max(most, await measure(when, EFFECTS_AT_ONCE));
        return most === EFFECTS_AT_ONCE ? 'again' : 'done';
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
  ];
}
