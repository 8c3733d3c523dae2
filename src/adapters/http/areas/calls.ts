import { alarmRoutes } from '../routes/alarms.ts';
import { callDraftRoutes } from '../routes/call-drafts.ts';
import { callbackRoutes } from '../routes/callbacks.ts';
import { callerCardRoutes } from '../routes/caller-cards.ts';
import { callerNoteRoutes } from '../routes/caller-notes.ts';
import { callRoutes } from '../routes/calls.ts';
import { clipRoutes } from '../routes/clips.ts';
import { listeningRoutes } from '../routes/listening.ts';
import { missedCallRoutes } from '../routes/missed-calls.ts';
import { outboundRuleRoutes } from '../routes/outbound-rules.ts';
import { outcomeRoutes } from '../routes/outcomes.ts';
import { recordingPauseRoutes } from '../routes/recording-pause.ts';
import { recordingRoutes } from '../routes/recordings.ts';
import { talkQualityRoutes } from '../routes/talk-quality.ts';
import { voiceMessageRoutes } from '../routes/voice-messages.ts';
import type { Api } from '../server.ts';
import type { ApiOptions, ApiServices } from '../services.ts';

/** Of calls and what is kept of them. */
export function callsArea(api: Api, services: ApiServices, options: ApiOptions): void {
  callRoutes(api, services);
  callbackRoutes(api, services);
  outboundRuleRoutes(api, services);
  missedCallRoutes(api, services);
  recordingRoutes(api, services, options);
  recordingPauseRoutes(api, services);
  listeningRoutes(api, services);
  alarmRoutes(api, services);
  clipRoutes(api, services, options);
  outcomeRoutes(api, services);
  callDraftRoutes(api, services);
  talkQualityRoutes(api, services);
  voiceMessageRoutes(api, services, options);
  callerNoteRoutes(api, services);
  callerCardRoutes(api, services);
}
