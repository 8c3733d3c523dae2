import { ringableFor, withinReach } from '../../domain/agents/availability.ts';
import type { CallContext } from '../../domain/calls/call-context.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import { noticesWhileWaiting } from '../../domain/hotlines/notices-waiting.ts';
import type { Router } from '../../domain/routing/router.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import { type Edition, rulesOf } from './call-book.ts';
import type { CallbackPlaces } from './callback-places.ts';
import type { LinePaces } from './line-paces.ts';
import { menuRoom } from './menu-room.ts';

/** What a decision may look at: the version by which the call was planned, agents and queues as they are now. */
export function contextOf(
  edition: Edition,
  {
    clock,
    desk,
    router,
    callbacks,
    lines,
    now,
  }: {
    readonly clock: Clock;
    readonly desk: AgentDesk;
    readonly router: Router;
    readonly callbacks: CallbackPlaces;
    readonly lines: LinePaces;
    /** What is in force now: announcements of incidents keep to no version. */
    readonly now: Configuration;
  },
): CallContext {
  const nowMs = clock.now();
  const reachable = (agentId: string): boolean => {
    const presence = desk.presence(agentId);
    return presence !== null && withinReach(presence);
  };
  return {
    nowMs,
    queueRules: (code) => rulesOf(edition, code),
    callbackRule: (call, queue) => callbacks.ruleFor(call, rulesOf(edition, queue).callback),
    queueNow: (code, ask) => ({
      waiting: router.desks.waitingIn(code),
      longestWaitMs: router.desks.longestWaitMs(code, nowMs),
      signedIn: router.desks.presentIn(code),
      able: router.desks.ableAt(code, ask),
    }),
    ableAtWork: (code, ask) => router.desks.someAt(code, ask, reachable),
    withinReach: reachable,
    ringable: (agentId, callId) => {
      const presence = desk.presence(agentId);
      const may = presence !== null && ringableFor(presence, callId);
      return may ? (desk.profile(agentId)?.phone ?? null) : null;
    },
    rejoinsAt: (agentId, callId) => desk.phones.rejoinsAt(agentId, callId),
    inLine: (callId) => lines.inLine(router, callId, nowMs),
    whyWaits: (stands, keptFor) => router.whyWouldWait(stands, keptFor),
    noticesFor: (call) => noticesWhileWaiting(now, call, clock.rulesNow()),
    holdReminderMs: desk.rules.holdReminderMs,
    ...menuRoom(edition, clock.rulesNow()),
  };
}
