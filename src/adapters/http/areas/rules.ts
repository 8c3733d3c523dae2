import { announcementRoutes } from '../routes/announcements.ts';
import { appealRoutes } from '../routes/appeals.ts';
import { promptRoutes } from '../routes/prompts.ts';
import { registerRoutes } from '../routes/register.ts';
import { restrictionRoutes } from '../routes/restrictions.ts';
import { ruleRoutes } from '../routes/rules.ts';
import { ruleCalendarRoutes } from '../routes/rules-calendar.ts';
import { ruleImpactRoutes } from '../routes/rules-impact.ts';
import { ruleInspectionRoutes } from '../routes/rules-inspection.ts';
import { ruleMenuRoutes } from '../routes/rules-menus.ts';
import { ruleNumberRoutes } from '../routes/rules-numbers.ts';
import { ruleQueueRoutes } from '../routes/rules-queues.ts';
import { ruleRegisterRoutes } from '../routes/rules-register.ts';
import { surgeKeyRoutes } from '../routes/surge-keys.ts';
import { trunkRoutes } from '../routes/trunks.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';

/** Of numbers, menus, queues and what callers hear. */
export function rulesArea(api: Api, services: ApiServices): void {
  registerRoutes(api, services);
  ruleRoutes(api, services);
  ruleInspectionRoutes(api, services);
  ruleImpactRoutes(api, services);
  ruleRegisterRoutes(api, services);
  ruleNumberRoutes(api, services);
  ruleQueueRoutes(api, services);
  ruleCalendarRoutes(api, services);
  ruleMenuRoutes(api, services);
  trunkRoutes(api, services);
  announcementRoutes(api, services);
  restrictionRoutes(api, services);
  appealRoutes(api, services);
  surgeKeyRoutes(api, services);
  promptRoutes(api, services);
}
