import { ringableFor, withinReach } from '../../domain/agents/presence.ts';
import type { CallContext } from '../../domain/calls/call-context.ts';
import type { Router } from '../../domain/routing/router.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import { type Edition, rulesOf } from './call-book.ts';
import type { CallbackPlaces } from './callback-places.ts';
import { menuRoom } from './menu-room.ts';

/** What a decision may look at: the version by which the call was planned, agents and queues as they are now. */
export function contextOf(
  edition: Edition,
  {
    clock,
    desk,
    router,
    callbacks,
  }: {
    readonly clock: Clock;
    readonly desk: AgentDesk;
    readonly router: Router;
    readonly callbacks: CallbackPlaces;
  },
): CallContext {
  const nowMs = clock.now();
  return {
    nowMs,
    queueRules: (code) => rulesOf(edition, code),
    callbackRule: (call, queue) => callbacks.ruleFor(call, rulesOf(edition, queue).callback),
    queueNow: (code) => ({
      waiting: router.waitingIn(code),
      longestWaitMs: router.longestWaitMs(code, nowMs),
      signedIn: router.presentIn(code),
    }),
    withinReach: (agentId) => {
      const presence = desk.presence(agentId);
      return presence !== null && withinReach(presence);
    },
    ringable: (agentId, callId) => {
      const presence = desk.presence(agentId);
      const may = presence !== null && ringableFor(presence, callId);
      return may ? (desk.profile(agentId)?.phone ?? null) : null;
    },
    ...menuRoom(edition, clock.rulesNow()),
  };
}
