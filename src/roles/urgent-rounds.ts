import { alarmBooks } from '../adapters/pg/alarms.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { dutyBooks } from '../adapters/pg/duty.ts';
import { urgentNoticeBooks } from '../adapters/pg/urgent-notices.ts';
import { beginUrgentNotices } from '../app/duty/begin-urgent-notices.ts';
import { workUrgentNotices } from '../app/duty/work-urgent-notices.ts';
import type { CommandSender } from '../app/ports/commands.ts';
import type { Log } from '../app/ports/log.ts';
import type { Moving } from './moving.ts';
import type { Round } from './rounds.ts';

const EVERY_MS = 2_000;
const BATCH = 200;

/** Urgent tickets are told to whom a unit has on call by telephone. */
export function urgentRounds(
  moving: Moving,
  db: PgDatabase,
  commands: CommandSender,
  log: Log,
): readonly Round[] {
  const deps = {
    ...moving,
    urgentNotices: urgentNoticeBooks(db),
    duty: dutyBooks(db),
    alarms: alarmBooks(db),
    commands,
    log,
  };
  const begin = beginUrgentNotices(deps);
  const work = workUrgentNotices(deps);
  return [
    {
      name: 'urgentNotices',
      everyMs: EVERY_MS,
      work: async () => {
        const begun = await begin(BATCH);
        await work(BATCH);
        return begun === BATCH ? 'again' : 'done';
      },
    },
  ];
}
