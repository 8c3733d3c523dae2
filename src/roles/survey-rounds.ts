import { randomUUID } from 'node:crypto';
import { calendarBooks } from '../adapters/pg/calendar.ts';
import type { PgDatabase } from '../adapters/pg/database.ts';
import { outboundRulesBooks } from '../adapters/pg/outbound-rules.ts';
import { supervisionBooks } from '../adapters/pg/supervision.ts';
import { surveyRulesBooks } from '../adapters/pg/survey-rules.ts';
import { surveyBooks } from '../adapters/pg/surveys.ts';
import { ticketMoveBooks } from '../adapters/pg/ticket-moves.ts';
import { visitSampleBooks } from '../adapters/pg/visit-samples.ts';
import { visitBooks } from '../adapters/pg/visits.ts';
import type { CommandSender } from '../app/ports/commands.ts';
import type { Log } from '../app/ports/log.ts';
import { escalateOrders } from '../app/supervision/follow-order.ts';
import { drawSamples } from '../app/visits/draw-samples.ts';
import { placeSurveys } from '../app/visits/place-surveys.ts';
import { recordSurveys } from '../app/visits/record-surveys.ts';
import type { Round } from './rounds.ts';

const EVERY_MS = 2_000;
const BATCH = 20;
const DRAW_EVERY_MS = 60_000;

/**
 * Automatic return visits, visits made once more, orders that nobody answered. PostgreSQL alone says what is due. Visits stay rounds: when
 * a citizen may be rung hangs less on a moment than on a line that is free, the quiet hours, how many are rung at once and who else
 * rings him; a job at its moment would find the lines taken and wait for its turn here all the same. Of orders this is the sweep
 * alone: their times come by jobs (`oversight-jobs.ts`).
 */
export function surveyRounds(db: PgDatabase, commands: CommandSender, log: Log): readonly Round[] {
  const deps = {
    database: db,
    surveys: surveyBooks(db),
    surveyRules: surveyRulesBooks(db),
    outboundRules: outboundRulesBooks(db),
    visits: visitBooks(db),
    samples: visitSampleBooks(db),
    ticketMoves: ticketMoveBooks(db),
    supervision: supervisionBooks(db),
    calendar: calendarBooks(db),
    commands,
    log,
    now: Date.now,
    newId: randomUUID,
  };
  const place = placeSurveys(deps);
  const record = recordSurveys(deps);
  const draw = drawSamples(deps);
  const escalate = escalateOrders(deps);
  return [
    {
      name: 'surveys',
      everyMs: EVERY_MS,
      work: async () => {
        await place();
        return 'done';
      },
    },
    {
      name: 'visitSamples',
      everyMs: DRAW_EVERY_MS,
      work: async () => {
        const drawn = await draw();
        if (drawn > 0) log.info({ visits: drawn }, 'visits were drawn to be made once more');
        return 'done';
      },
    },
    {
      name: 'unansweredOrders',
      everyMs: DRAW_EVERY_MS,
      work: async () => {
        const followed = await escalate(BATCH);
        if (followed > 0)
          log.info({ orders: followed }, 'orders that nobody answered were followed by graver ones');
        return followed === BATCH ? 'again' : 'done';
      },
    },
    {
      name: 'surveyResults',
      everyMs: EVERY_MS,
      work: async () => ((await record(BATCH)) === BATCH ? 'again' : 'done'),
    },
  ];
}
