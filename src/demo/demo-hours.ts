import type { ApiClient } from './api-client.ts';
import type { Say } from './demo-target.ts';

interface OutboundRulesSeen {
  readonly revision: number;
  readonly quietHours: { readonly fromMinute: number; readonly toMinute: number };
  readonly perNumberHour: number;
}
const REASON = '演示：任何时候都要能回访';
const BY_NUMBER = 60;

/**
 * Citizens are not called at night, and no number too often: the demo's own are, for as long as it runs. Returns what
 * puts the rules back as they were.
 */
export async function allowDemoCalls(operator: ApiClient, say: Say): Promise<() => Promise<void>> {
  const before = await operator.get<OutboundRulesSeen>('/v1/outbound-rules');
  const none = { fromMinute: 0, toMinute: 0 };
  const { revision, ...rules } = await operator.put<OutboundRulesSeen>('/v1/outbound-rules', {
    ...before,
    quietHours: none,
    perNumberHour: Math.max(BY_NUMBER, before.perNumberHour),
    reason: REASON,
  });
  say('外呼规定：演示期间不设免打扰时段。');
  return async () => {
    const { quietHours, perNumberHour } = before;
    await operator.put('/v1/outbound-rules', {
      ...rules,
      quietHours,
      perNumberHour,
      revision,
      reason: '演示已结束',
    });
    say('外呼规定已恢复。');
  };
}
