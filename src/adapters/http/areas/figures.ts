import { channelReportRoutes } from '../routes/channel-reports.ts';
import { connectionRateRoutes } from '../routes/connection-rate.ts';
import { employerReportRoutes } from '../routes/employer-reports.ts';
import { handOverRoutes } from '../routes/hand-overs.ts';
import { lineReportRoutes } from '../routes/line-reports.ts';
import { outboundReportRoutes } from '../routes/outbound-reports.ts';
import { queueReportRoutes } from '../routes/queue-reports.ts';
import { ratingRoutes } from '../routes/ratings.ts';
import { reportedCallRoutes } from '../routes/reported-calls.ts';
import { totalsRoutes } from '../routes/totals.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';

/** Of figures of calls and their queues. */
export function figuresArea(api: Api, services: ApiServices): void {
  totalsRoutes(api, services);
  connectionRateRoutes(api, services);
  channelReportRoutes(api, services);
  lineReportRoutes(api, services);
  handOverRoutes(api, services);
  queueReportRoutes(api, services);
  outboundReportRoutes(api, services);
  ratingRoutes(api, services);
  reportedCallRoutes(api, services);
  employerReportRoutes(api, services);
}
