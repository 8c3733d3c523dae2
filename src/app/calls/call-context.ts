import { ringableFor } from '../../domain/agents/presence.ts';
import type { CallContext } from '../../domain/calls/call.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import { type Edition, rulesOf } from './call-book.ts';
import type { CallbackPlaces } from './callback-places.ts';
import { menuRoom } from './menu-room.ts';

/** What a decision may look at: the version by which the call was planned, and the agents as they are now. */
export function contextOf(
  edition: Edition,
  clock: Clock,
  desk: AgentDesk,
  callbacks: CallbackPlaces,
): CallContext {
  return {
    nowMs: clock.now(),
    queueRules: (code) => rulesOf(edition, code),
    callbackRule: (call, queue) => callbacks.ruleFor(call, rulesOf(edition, queue).callback),
    ringable: (agentId, callId) => {
      const presence = desk.presence(agentId);
      const may = presence !== null && ringableFor(presence, callId);
      return may ? (desk.profile(agentId)?.phone ?? null) : null;
    },
    ...menuRoom(edition, clock.rulesNow()),
  };
}
