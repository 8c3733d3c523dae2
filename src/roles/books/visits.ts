import type { ApiServices } from '../../adapters/http/services.ts';
import type { PgDatabase } from '../../adapters/pg/database.ts';
import { matterFigures } from '../../adapters/pg/matter-figures.ts';
import { ratingBooks } from '../../adapters/pg/ratings.ts';
import { surveyRulesBooks } from '../../adapters/pg/survey-rules.ts';
import { surveyBooks } from '../../adapters/pg/surveys.ts';
import { ticketRatingBooks } from '../../adapters/pg/ticket-ratings.ts';
import { visitLinkBooks } from '../../adapters/pg/visit-links.ts';
import { visitBooks } from '../../adapters/pg/visits.ts';

/** Return visits, and what citizens said. */
export const booksOfVisits = (db: PgDatabase) =>
  ({
    visits: visitBooks(db),
    visitLinks: visitLinkBooks(db),
    surveys: surveyBooks(db),
    surveyRules: surveyRulesBooks(db),
    ticketRatings: ticketRatingBooks(db),
    ratings: ratingBooks(db),
    matterFigures: matterFigures(db),
  }) satisfies Partial<ApiServices>;
