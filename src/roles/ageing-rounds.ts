import { ageingTicketBooks } from '../adapters/pg/ageing-tickets.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { ticketAlarmBooks } from '../adapters/pg/ticket-alarms.ts';
import type { Log } from '../app/ports/log.ts';
import { archiveTickets } from '../app/tickets/archive-tickets.ts';
import { settleTicketAlarms } from '../app/tickets/settle-alarms.ts';
import type { Moving } from './moving.ts';
import type { Round } from './rounds.ts';
import type { WorkerTimes } from './worker-times.ts';

/** Tickets on which nobody works: ended ones go to the archive, alarms that are over go by themselves. */
export function ageingRounds(
  moving: Moving,
  db: PgDatabase,
  log: Log,
  { sweepEveryMs }: WorkerTimes,
): readonly Round[] {
  const archive = archiveTickets({ ...moving, ageing: ageingTicketBooks(db) });
  const settle = settleTicketAlarms({ ...moving, ticketAlarms: ticketAlarmBooks(db) });
  return [
    {
      name: 'archive',
      everyMs: sweepEveryMs,
      work: async () => {
        const { archived, more } = await archive();
        if (archived > 0) log.info({ tickets: archived }, 'tickets went to the archive');
        return more ? 'again' : 'done';
      },
    },
    {
      name: 'ticketAlarms',
      everyMs: sweepEveryMs,
      work: async () => {
        const settled = await settle();
        if (settled > 0) log.info({ alarms: settled }, 'alarms about tickets were over');
        return 'done';
      },
    },
  ];
}
