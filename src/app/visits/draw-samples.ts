import { drawSample } from '../../domain/callbacks/sample.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import type { SampleBook } from '../ports/appraisal.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { SurveyRulesBook } from '../ports/surveys.ts';
import type { Database } from '../ports/transaction.ts';

/** A worker that was away for longer begins with these days. */
const DAYS_BACK = 7;

/**
 * Draws, of each day that is over, the visits that somebody else makes once more; each day once, whoever of the workers
 * comes first. Returns how many were drawn.
 */
export function drawSamples(deps: {
  readonly database: Database;
  readonly samples: SampleBook;
  readonly surveyRules: SurveyRulesBook;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (): Promise<number> => {
    const { zone } = (await deps.calendar.load()).calendar;
    const today = localDateOf(deps.now(), zone);
    const { samplePercent: percent } = (await deps.surveyRules.read()).rules;
    if (percent === 0) return 0;
    let all = 0;
    for (const day of await deps.samples.undrawnDays(today, zone, DAYS_BACK)) {
      all += await deps.database.transact(async (tx) => {
        const visits = await deps.samples.closedVisits(day, zone, tx);
        const drawn = drawSample(visits, { day, percent });
        const kept = await deps.samples.keep(
          {
            day,
            percent,
            visits: visits.length,
            at: deps.now(),
            drawn: drawn.map((one) => ({ ...one, sampleId: deps.newId() })),
          },
          tx,
        );
        return kept ? drawn.length : 0;
      });
    }
    return all;
  };
}
