import type { SurveyRulesBook } from '../../app/ports/surveys.ts';
import { storedSurveyRules } from '../../domain/callbacks/survey/rules.ts';
import type { PgDatabase } from './database.ts';

const FIRST = `
  insert into survey_rules (rules, revision, changed_at, changed_by) values ($1, 1, $2, $3)
  on conflict do nothing`;
const NEXT = `
  update survey_rules set rules = $1, revision = revision + 1, changed_at = $2, changed_by = $3
  where revision = $4`;

export function surveyRulesBooks(db: PgDatabase): SurveyRulesBook {
  return {
    async read(tx) {
      const { rows } = await db
        .on(tx)
        .query<{ rules: unknown; revision: number }>('select rules, revision from survey_rules');
      const [kept] = rows;
      return { revision: kept?.revision ?? 0, rules: storedSurveyRules(kept?.rules) };
    },
    async replace(rules, { revision, by, atMs }, tx) {
      const values = [JSON.stringify(rules), new Date(atMs), by];
      const { rowCount } = await (revision === 0
        ? db.on(tx).query(FIRST, values)
        : db.on(tx).query(NEXT, [...values, revision]));
      return rowCount === 1;
    },
  };
}
