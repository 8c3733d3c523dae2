import { calendarBooks } from '../adapters/pg/calendar.ts';
import { configurationBooks } from '../adapters/pg/configuration.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { employerBooks } from '../adapters/pg/employers.ts';
import { publishDueEmployments } from '../app/organisation/employ-agent.ts';
import type { Log } from '../app/ports/log.ts';
import type { Round } from './rounds.ts';

/** Whoever changes employer does so at midnight, and is routed as the new one's within seconds. */
const EVERY_MS = 5_000;

export function employmentRounds(db: PgDatabase, log: Log): readonly Round[] {
  const publish = publishDueEmployments({
    database: db,
    employers: employerBooks(db),
    calendar: calendarBooks(db),
    configuration: configurationBooks(db),
    now: Date.now,
  });
  return [
    {
      name: 'employments',
      everyMs: EVERY_MS,
      work: async () => {
        const agents = await publish();
        if (agents > 0) log.info({ agents }, 'agents changed employer');
        return 'done';
      },
    },
  ];
}
