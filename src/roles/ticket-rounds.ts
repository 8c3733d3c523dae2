import { alarmBooks } from '../adapters/pg/alarms.ts';
import { callDraftBooks } from '../adapters/pg/call-drafts.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { extensionBooks } from '../adapters/pg/extensions.ts';
import { forcedMoveBooks } from '../adapters/pg/forced-moves.ts';
import { helpBooks } from '../adapters/pg/help.ts';
import { intakeBooks } from '../adapters/pg/intake.ts';
import { messageBooks } from '../adapters/pg/messages.ts';
import { ticketPartBooks } from '../adapters/pg/ticket-parts.ts';
import { outcomeBooks } from '../adapters/pg/tickets-outcomes.ts';
import { unitCallBooks } from '../adapters/pg/unit-calls.ts';
import { recountDeadlines } from '../app/deadlines/recount-deadlines.ts';
import { watchCalendar } from '../app/deadlines/watch-calendar.ts';
import { endHelpOfEndedCalls } from '../app/help/ask-help.ts';
import { forgetProofs } from '../app/intake/forget-proofs.ts';
import { watchWaitingMessages } from '../app/intake/watch-waiting-messages.ts';
import type { Log } from '../app/ports/log.ts';
import { closeForgottenCalls } from '../app/tickets/close-forgotten-calls.ts';
import { lapseExtensions } from '../app/tickets/decide-extension.ts';
import { expireForces } from '../app/tickets/force-ticket.ts';
import { forgetCallDrafts } from '../app/tickets/keep-call-draft.ts';
import { watchOpenDrafts } from '../app/tickets/watch-open-drafts.ts';
import { noteUnitCalls } from '../app/unit-calls/note-calls.ts';
import type { Moving } from './moving.ts';
import type { Round } from './rounds.ts';
import type { WorkerTimes } from './worker-times.ts';

const UNIT_CALLS_EVERY_MS = 2000;
/** Whoever edits a calendar looks at a ticket next. */
const RECOUNT_EVERY_MS = 3000;
const CALENDAR_EVERY_MS = 60_000;
const HELP_EVERY_MS = 2000;
const WAITING_EVERY_MS = 60_000;
const PROOFS_EVERY_MS = 600_000;
const DRAFTS_EVERY_MS = 600_000;

/** What happens to tickets and calls by itself when time has gone by. */
export function ticketRounds(
  moving: Moving,
  db: PgDatabase,
  log: Log,
  { sweepEveryMs }: WorkerTimes,
): readonly Round[] {
  const note = noteUnitCalls({ ...moving, unitCalls: unitCallBooks(db) });
  const recount = recountDeadlines(moving);
  const lapse = lapseExtensions({
    ...moving,
    extensions: extensionBooks(db),
    messages: messageBooks(db),
    ticketParts: ticketPartBooks(db),
  });
  const expire = expireForces({ ...moving, forcedMoves: forcedMoveBooks(db) });
  const watch = watchCalendar({ ...moving, alarms: alarmBooks(db) });
  const closeForgotten = closeForgottenCalls({ ...moving, outcomes: outcomeBooks(db) });
  const endHelp = endHelpOfEndedCalls({ ...moving, help: helpBooks(db) });
  const watchDrafts = watchOpenDrafts({
    ...{ ...moving, log },
    ...{ callDrafts: callDraftBooks(db), alarms: alarmBooks(db) },
  });
  const incoming = { ...moving, intake: intakeBooks(db) };
  const watchWaiting = watchWaitingMessages({ ...incoming, alarms: alarmBooks(db) });
  const forgetSpent = forgetProofs(incoming);
  const forgetDrafts = forgetCallDrafts({ ...moving, callDrafts: callDraftBooks(db) });
  return [
    {
      name: 'unitCalls',
      everyMs: UNIT_CALLS_EVERY_MS,
      work: async () => {
        await note();
        return 'done';
      },
    },
    {
      name: 'forgottenCalls',
      everyMs: sweepEveryMs,
      work: async () => {
        const closed = await closeForgotten();
        if (closed > 0) log.info({ calls: closed }, 'calls that nobody closed count as answered on the spot');
        return closed > 0 ? 'again' : 'done';
      },
    },
    { name: 'helpOver', everyMs: HELP_EVERY_MS, work: endHelp },
    { name: 'callDrafts', everyMs: DRAFTS_EVERY_MS, work: forgetDrafts },
    {
      name: 'waitingMessages',
      everyMs: WAITING_EVERY_MS,
      work: async () => {
        await watchWaiting();
        return 'done';
      },
    },
    {
      name: 'spentProofs',
      everyMs: PROOFS_EVERY_MS,
      work: async () => {
        await forgetSpent();
        return 'done';
      },
    },
    { name: 'openDrafts', everyMs: DRAFTS_EVERY_MS, work: watchDrafts },
    {
      name: 'recount',
      everyMs: RECOUNT_EVERY_MS,
      work: async () => {
        const tickets = await recount();
        if (tickets > 0) log.info({ tickets }, 'deadlines were counted again');
        return tickets > 0 ? 'again' : 'done';
      },
    },
    {
      name: 'calendar',
      everyMs: CALENDAR_EVERY_MS,
      work: async () => {
        const raised = await watch();
        if (raised.length > 0) log.warn({ years: raised }, 'the working days of a year are not entered');
        return 'done';
      },
    },
    {
      name: 'lapseExtensions',
      everyMs: sweepEveryMs,
      work: async () => {
        const lapsed = await lapse();
        if (lapsed > 0) log.warn({ requests: lapsed }, 'requests for more time lapsed undecided');
        return 'done';
      },
    },
    {
      name: 'expireForces',
      everyMs: sweepEveryMs,
      work: async () => {
        const expired = await expire();
        if (expired > 0) log.info({ requests: expired }, 'requests to force a ticket expired');
        return 'done';
      },
    },
  ];
}
