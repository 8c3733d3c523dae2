import { alarmBooks } from '../adapters/pg/alarms.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { dispatchCatalogueBooks } from '../adapters/pg/dispatch-catalogue.ts';
import { documentBooks } from '../adapters/pg/documents.ts';
import { incidentHandOverBooks } from '../adapters/pg/incident-hand-overs.ts';
import { incidentBooks } from '../adapters/pg/incidents.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { specialReportBooks } from '../adapters/pg/special-reports.ts';
import { threadBooks } from '../adapters/pg/threads.ts';
import { ticketPartBooks } from '../adapters/pg/ticket-parts.ts';
import { carryHandOvers } from '../app/incidents/carry-hand-over.ts';
import { settleLeftAlarms } from '../app/incidents/settle-left-alarms.ts';
import { watchSurges } from '../app/incidents/watch-surges.ts';
import type { Log } from '../app/ports/log.ts';
import { reviewThreads } from '../app/threads/review-threads.ts';
import { threadTickets } from '../app/threads/thread-tickets.ts';
import type { Moving } from './moving.ts';
import type { Round } from './rounds.ts';

/** An alarm comes within two minutes of the fifth appeal. */
const SURGES_EVERY_MS = 30_000;
const THREADS_EVERY_MS = 5000;
const HAND_OVERS_EVERY_MS = 2000;
const LEFT_EVERY_MS = 30_000;

/** Appeals that belong together are found: many of one incident, which are handed over, and one matter's over the years. */
export function matterRounds(moving: Moving, db: PgDatabase, log: Log): readonly Round[] {
  const told = { ...moving, messages: messageBooks(db), alarms: alarmBooks(db) };
  const joining = {
    ...told,
    incidents: incidentBooks(db),
    incidentHandOvers: incidentHandOverBooks(db),
    ticketParts: ticketPartBooks(db),
    log,
  };
  const watch = watchSurges(joining);
  const handOver = carryHandOvers({
    ...joining,
    specialReports: specialReportBooks(db),
    documents: documentBooks(db),
  });
  const settleLeft = settleLeftAlarms(joining);
  const dispatchCatalogue = dispatchCatalogueBooks(db);
  const thread = threadTickets({ ...told, threads: threadBooks(db), dispatchCatalogue });
  const review = reviewThreads({ ...told, threads: threadBooks(db) });
  return [
    {
      name: 'surges',
      everyMs: SURGES_EVERY_MS,
      work: async () => {
        await watch();
        return 'done';
      },
    },
    {
      name: 'handOvers',
      everyMs: HAND_OVERS_EVERY_MS,
      work: async (stopping) => {
        await handOver(() => !stopping.aborted);
        return 'done';
      },
    },
    {
      name: 'handOversLeft',
      everyMs: LEFT_EVERY_MS,
      work: async () => {
        await settleLeft();
        return 'done';
      },
    },
    {
      name: 'threads',
      everyMs: THREADS_EVERY_MS,
      work: async () => ((await thread()) + (await review()) > 0 ? 'again' : 'done'),
    },
  ];
}
