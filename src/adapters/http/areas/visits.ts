import { matterFigureRoutes } from '../routes/matter-figures.ts';
import { matterRatingRoutes } from '../routes/matter-ratings.ts';
import { surveyRoutes } from '../routes/surveys.ts';
import { visitLinkRoutes } from '../routes/visit-links.ts';
import { visitReportRoutes } from '../routes/visit-reports.ts';
import { visitRoutes } from '../routes/visits.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';

/** Of return visits and what citizens said. */
export function visitsArea(api: Api, services: ApiServices): void {
  visitRoutes(api, services);
  visitLinkRoutes(api, services);
  surveyRoutes(api, services);
  visitReportRoutes(api, services);
  matterRatingRoutes(api, services);
  matterFigureRoutes(api, services);
}
