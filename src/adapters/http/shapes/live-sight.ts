import type { LivePicture } from '../../../app/live/board.ts';
import type { AgentView } from '../../../app/ports/agent-view.ts';
import type { CallView } from '../../../app/ports/call-view.ts';
import { shownCall } from './live.ts';

/**
 * Whose part of the live picture an account sees: everybody's, an employer's people, or the own. An agent whose employer the
 * picture does not say is no employer's.
 */
export interface LiveSight {
  readonly id: string;
  readonly seesAll: boolean;
  readonly employer: string | null;
}
type Agents = ReadonlyMap<string, AgentView>;

export function seesAgent({ id, seesAll, employer }: LiveSight, agent: AgentView): boolean {
  return seesAll || agent.agentId === id || (employer !== null && agent.employer === employer);
}

const sees = (sight: LiveSight, agents: Agents, agentId: string | null): boolean => {
  const agent = agentId === null ? undefined : agents.get(agentId);
  return agent !== undefined && seesAgent(sight, agent);
};

/** The call that rings at, is talked on or wrapped up by somebody whom the account sees. */
export function seesCall(sight: LiveSight, call: CallView, agents: Agents): boolean {
  if (sight.seesAll || (call.agentId !== null && call.agentId === sight.id)) return true;
  if (agents.get(sight.id)?.callId === call.callId) return true;
  if (sight.employer === null) return false;
  if (sees(sight, agents, call.agentId)) return true;
  if (call.talk?.parties.some(({ agentId }) => sees(sight, agents, agentId)) === true) return true;
  for (const agent of agents.values()) {
    if (agent.callId === call.callId && seesAgent(sight, agent)) return true;
  }
  return false;
}

/** Masked like every caller's number; to a vendor's supervisor no other employer's people are named. */
export function callFor(sight: LiveSight, call: CallView, agents: Agents): CallView {
  const shown = shownCall(call);
  if (sight.employer === null) return shown;
  const named = (agentId: string | null): string | null => (sees(sight, agents, agentId) ? agentId : null);
  const { talk, waiting } = shown;
  return {
    ...shown,
    agentId: named(shown.agentId),
    note: null,
    ...(waiting == null ? {} : { waiting: { ...waiting, keptFor: named(waiting.keptFor) } }),
    ...(talk == null
      ? {}
      : {
          talk: {
            ...talk,
            // Who is on call at the hotline and its units is no vendor's business.
            bridge: null,
            sender: named(talk.sender),
            parties: talk.parties.map((party) => ({
              ...party,
              by: named(party.by),
              agentId: named(party.agentId),
              name: party.kind === 'agent' && named(party.agentId) === null ? null : party.name,
            })),
          },
        }),
  };
}

export function shownPicture(
  { source, heardMs, agents, calls }: LivePicture,
  sight: LiveSight,
): Pick<LivePicture, 'source' | 'heardMs' | 'agents' | 'calls'> {
  const known = new Map(agents.map((agent) => [agent.agentId, agent]));
  return {
    source,
    heardMs,
    agents: agents.filter((agent) => seesAgent(sight, agent)),
    calls: calls.filter((call) => seesCall(sight, call, known)).map((call) => callFor(sight, call, known)),
  };
}
