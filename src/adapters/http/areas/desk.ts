import { agentDayRoutes } from '../routes/agent-days.ts';
import { agentPhoneRoutes } from '../routes/agent-phones.ts';
import { agentRoutes } from '../routes/agents.ts';
import { directoryRoutes } from '../routes/directory.ts';
import { dutyRoutes } from '../routes/duty.ts';
import { helpRoutes } from '../routes/help.ts';
import { liveRoutes } from '../routes/live.ts';
import { ownPresenceRoutes } from '../routes/own-presence.ts';
import { presenceRuleRoutes } from '../routes/presence-rules.ts';
import { rosterRoutes } from '../routes/roster.ts';
import { surgeModeRoutes } from '../routes/surge-mode.ts';
import { talkRoutes } from '../routes/talk.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';

/** Of agents at their desks: who is there, the telephone on the page, help, the live picture. */
export function deskArea(api: Api, services: ApiServices, options: ApiOptions): void {
  agentRoutes(api, services);
  ownPresenceRoutes(api, services);
  agentDayRoutes(api, services);
  presenceRuleRoutes(api, services);
  agentPhoneRoutes(api, services, options);
  talkRoutes(api, services);
  directoryRoutes(api, services);
  surgeModeRoutes(api, services);
  dutyRoutes(api, services);
  rosterRoutes(api, services);
  helpRoutes(api, services);
  liveRoutes(api, services, options);
}
