import type { AgentProfile, Configuration } from '../../domain/hotlines/configuration.ts';
import { type CallPath, explainCall } from '../../domain/hotlines/explain-call.ts';
import type { TriedKeys } from '../../domain/hotlines/follow-menu.ts';
import type { CarrierCall } from '../../domain/hotlines/recognise.ts';
import { configurationOf } from '../../domain/hotlines/versions/rule-set.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { momentsOf } from '../calls/local-moments.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';

/** The version as call control would have it, with today's agents. */
export async function configurationAs(
  deps: Pick<RuleDeps, 'agents' | 'calendar'>,
  { rules, number, publishedAt, createdAt }: RuleVersion,
): Promise<Configuration> {
  const agents = (await deps.agents.list()).map(
    ({ accountId, phone, ...same }): AgentProfile => ({ ...same, agentId: accountId, phone: phone.name }),
  );
  const head = { version: number, publishedAt: new Date(publishedAt ?? createdAt).toISOString() };
  const { years, days } = (await deps.calendar.load()).calendar;
  return configurationOf(rules, head, agents, { years, days });
}

/** What would become of a call: the code that routes calls, asked without a call. */
export function tryRules(deps: Pick<RuleDeps, 'rules' | 'agents' | 'calendar'>) {
  return async (ref: string, call: CarrierCall, atMs: number, keys: TriedKeys): Promise<CallPath> => {
    const configuration = await configurationAs(deps, await versionBy(deps, ref));
    return explainCall(configuration, call, momentsOf(configuration)(atMs), undefined, keys);
  };
}
