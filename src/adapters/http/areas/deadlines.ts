import { calendarRoutes } from '../routes/calendar.ts';
import { deadlineRoutes } from '../routes/deadlines.ts';
import { extensionRoutes } from '../routes/extensions.ts';
import { jobRoutes } from '../routes/jobs.ts';
import { limitRoutes } from '../routes/limits.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';

/** Of limits, calendars and what is due. */
export function deadlinesArea(api: Api, services: ApiServices): void {
  deadlineRoutes(api, services);
  jobRoutes(api, services);
  extensionRoutes(api, services);
  calendarRoutes(api, services);
  limitRoutes(api, services);
}
