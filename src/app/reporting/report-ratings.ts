import type { ReportPeriod } from '../../domain/reporting/period.ts';
import type { AgentRatings, RatingBooks } from '../ports/ratings.ts';
import { daysWithin } from './report-lines.ts';

/** How citizens judged each agent's talks in a period of local days. Codes: period.tooLong. */
export function reportRatings(deps: { readonly ratings: RatingBooks }) {
  return (period: ReportPeriod): Promise<readonly AgentRatings[]> => {
    daysWithin(period);
    return deps.ratings.ofAgents(period);
  };
}
