import { answersOf, keptOf, visitOutcomeOf } from '../../domain/callbacks/survey/outcome.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../ports/log.ts';
import type { SurveyBook, ToldSurvey } from '../ports/surveys.ts';
import { type RecordVisitDeps, recordVisitInside } from './record-visit.ts';

/**
 * Writes down what an automatic return visit came to, by the very use case that a clerk's goes through: attempt, closing,
 * rework, supervision. Each ticket of a call by itself, one a transaction; what a person has meanwhile done with the ticket goes before it.
 * Returns how many were worked off.
 */
export function recordSurveys(deps: RecordVisitDeps & { readonly surveys: SurveyBook; readonly log: Log }) {
  const record = recordVisitInside(deps);
  const finished = (one: ToldSurvey, state: 'superseded', detail: string) =>
    deps.database.transact((tx) => deps.surveys.finish(one.id, { state, detail, nowMs: deps.now() }, tx));

  return async (limit: number): Promise<number> => {
    for (let n = 0; n < limit; n += 1) {
      let held: ToldSurvey | null = null;
      try {
        const more = await deps.database.transact(async (tx) => {
          held = null;
          const one = await deps.surveys.nextTold(tx);
          held = one;
          if (one === null) return false;
          const { id, callId, ticketId, ticketVersion: version, how, dial, given } = one;
          const outcome = visitOutcomeOf(how, dial);
          if (outcome === null) {
            await deps.surveys.finish(id, { state: 'lost', detail: dial ?? how, nowMs: deps.now() }, tx);
            return true;
          }
          await record(
            {
              outcome,
              callAgainAt: null,
              actor: SYSTEM,
              callId,
              tickets: [
                {
                  id: ticketId,
                  version,
                  answers: outcome === 'answered' ? answersOf(given) : null,
                  given: keptOf(outcome, given),
                },
              ],
            },
            tx,
          );
          await deps.surveys.finish(id, { state: 'recorded', detail: '', nowMs: deps.now() }, tx);
          return true;
        });
        if (!more) return n;
      } catch (err) {
        const one: ToldSurvey | null = held;
        if (one === null || !(err instanceof AppError)) throw err;
        deps.log.info(
          { callId: (one as ToldSurvey).callId, code: err.code },
          'a ticket went on before its survey',
        );
        await finished(one, 'superseded', err.code);
      }
    }
    return limit;
  };
}
