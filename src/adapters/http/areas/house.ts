import { accountStandingRoutes } from '../routes/account-standing.ts';
import { accountRoutes } from '../routes/accounts.ts';
import { employerRoutes } from '../routes/employers.ts';
import { messageRoutes } from '../routes/messages.ts';
import { sessionRoutes } from '../routes/session.ts';
import { workItemRoutes } from '../routes/work-items.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';

/** Of accounts, sessions and what the house itself has to do. */
export function houseArea(api: Api, services: ApiServices, options: ApiOptions): void {
  sessionRoutes(api, services, options);
  accountRoutes(api, services);
  accountStandingRoutes(api, services);
  employerRoutes(api, services);
  workItemRoutes(api, services);
  messageRoutes(api, services);
}
