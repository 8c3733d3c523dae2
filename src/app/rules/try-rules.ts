import type { AgentProfile, Configuration } from '../../domain/hotlines/configuration.ts';
import { type CallPath, explainCall } from '../../domain/hotlines/explain-call.ts';
import type { TriedKeys } from '../../domain/hotlines/follow-menu.ts';
import type { PathStep } from '../../domain/hotlines/path-step.ts';
import type { CarrierCall } from '../../domain/hotlines/recognise.ts';
import { configurationOf } from '../../domain/hotlines/versions/rule-set.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { momentsOf } from '../calls/local-moments.ts';
import type { AnnouncementBook } from '../ports/announcements.ts';
import type { RestrictionBook } from '../ports/restrictions.ts';
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

/** `reachedInHour`: calls of this caller that reached a person within the hour. */
export interface Trial {
  readonly reachedInHour: number;
  /** Whether the one who asks may know whose number is restricted: else a try would tell. */
  readonly seesRestrictions: boolean;
}
const RESTRICTIONS_UNSEEN: PathStep = {
  step: 'caller',
  what: '未计入来电号码的限制',
  reason: '您的角色无权查看哪些来电号码受限',
  english: {
    what: 'restrictions of the caller’s number are left out',
    reason: 'your roles do not see which numbers are restricted',
  },
};

/**
 * What would become of a call: the code that routes calls, asked without a call. With the announcements and the
 * restrictions of now, whichever version is tried.
 */
export function tryRules(
  deps: Pick<RuleDeps, 'rules' | 'agents' | 'calendar'> & {
    readonly announcements: Pick<AnnouncementBook, 'live'>;
    readonly restrictions: Pick<RestrictionBook, 'active'>;
  },
) {
  return async (
    ref: string,
    call: CarrierCall,
    atMs: number,
    { reachedInHour, seesRestrictions, ...keys }: TriedKeys & Trial,
  ): Promise<CallPath> => {
    const configuration = {
      ...(await configurationAs(deps, await versionBy(deps, ref))),
      announcements: await deps.announcements.live(),
      restrictions: seesRestrictions ? await deps.restrictions.active() : [],
    };
    const path = explainCall(configuration, call, momentsOf(configuration)(atMs), () => reachedInHour, keys);
    return seesRestrictions || call.callerNumber === ''
      ? path
      : { ...path, steps: [...path.steps, RESTRICTIONS_UNSEEN] };
  };
}
