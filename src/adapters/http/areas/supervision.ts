import { appraisalRoutes } from '../routes/appraisal.ts';
import { areaReportRoutes } from '../routes/area-reports.ts';
import { circularSignatoryRoutes } from '../routes/circular-signatories.ts';
import { circularRoutes } from '../routes/circulars.ts';
import { instructionRoutes } from '../routes/instructions.ts';
import { meetingRoutes } from '../routes/meetings.ts';
import { supervisionRoutes } from '../routes/supervision.ts';
import { unitScoreRoutes } from '../routes/unit-scores.ts';
import { urgeReportRoutes } from '../routes/urge-reports.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';

/** Of supervision and appraisal of units. */
export function supervisionArea(api: Api, services: ApiServices): void {
  supervisionRoutes(api, services);
  unitScoreRoutes(api, services);
  urgeReportRoutes(api, services);
  instructionRoutes(api, services);
  meetingRoutes(api, services);
  circularRoutes(api, services);
  circularSignatoryRoutes(api, services);
  areaReportRoutes(api, services);
  appraisalRoutes(api, services);
}
