import type { SurveyRulesBook } from '../../app/ports/surveys.ts';
import { storedSurveyRules } from '../../domain/callbacks/survey/rules.ts';
import type { PgDatabase } from './database.ts';
import { revisedRules } from './revised-rules.ts';

export function surveyRulesBooks(db: PgDatabase): SurveyRulesBook {
  return revisedRules(db, 'survey_rules', storedSurveyRules);
}
