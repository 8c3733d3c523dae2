import type { SurveyRules } from '../../domain/callbacks/survey/rules.ts';
import { AppError } from '../errors.ts';
import type { Queues } from '../ports/organisation.ts';
import type { KeptSurveyRules, SurveyRulesBook } from '../ports/surveys.ts';
import type { Database } from '../ports/transaction.ts';

/** Replaces the rules whole. Refuses with `surveyRules.queueUnknown` and `surveyRules.changedMeanwhile`. */
export function changeSurveyRules(deps: {
  readonly database: Database;
  readonly surveyRules: SurveyRulesBook;
  readonly queues: Queues;
  readonly now: () => number;
}) {
  return async (
    rules: SurveyRules,
    change: { readonly revision: number; readonly by: string },
  ): Promise<KeptSurveyRules> => {
    const { queue } = rules;
    if (queue !== null && !(await deps.queues.list()).some(({ code }) => code === queue)) {
      throw new AppError('surveyRules.queueUnknown', { queue });
    }
    return deps.database.transact(async (tx) => {
      if (!(await deps.surveyRules.replace(rules, { ...change, atMs: deps.now() }, tx))) {
        const { revision } = await deps.surveyRules.read(tx);
        throw new AppError('surveyRules.changedMeanwhile', { revision });
      }
      return deps.surveyRules.read(tx);
    });
  };
}
