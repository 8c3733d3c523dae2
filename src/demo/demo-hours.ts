import type { ApiClient } from './api-client.ts';
import type { Say } from './demo-target.ts';

interface OutboundRulesSeen {
  readonly revision: number;
}
const REASON = '演示：任何时候都要能回访';
const BY_NUMBER = 60;
/** No demo lasts longer; one that is killed leaves nothing behind after that. */
const DEMO_AT_MOST_MS = 30 * 60_000;

/**
 * Citizens are not called at night, and no number too often: the demo's own are, for as long as it runs, and no
 * longer than half an hour if it is killed. Returns what ends that before.
 */
export async function allowDemoCalls(operator: ApiClient, say: Say): Promise<() => Promise<void>> {
  const before = await operator.get<OutboundRulesSeen>('/v1/outbound-rules');
  const relieved = await operator.put<OutboundRulesSeen>('/v1/outbound-rules', {
    ...before,
    relief: { untilMs: Date.now() + DEMO_AT_MOST_MS, perNumberHour: BY_NUMBER },
    reason: REASON,
  });
  say('外呼规定：演示期间不设免打扰时段，到时自行恢复。');
  return async () => {
    await operator.put('/v1/outbound-rules', { ...relieved, relief: null, reason: '演示已结束' });
    say('外呼规定已恢复。');
  };
}
