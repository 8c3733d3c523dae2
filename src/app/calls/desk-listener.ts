import { callable, withinReach } from '../../domain/agents/availability.ts';
import { agentOfLeg, ringingLegsOf } from '../../domain/calls/conversation/talk-of.ts';
import type { AgentDesk, DeskListener } from '../agents/agent-desk.ts';
import type { FallbackMirror } from '../agents/fallback-mirror.ts';
import type { Clock } from '../ports/clock.ts';
import type { FactLog } from '../ports/facts.ts';
import type { LiveBoard } from '../ports/live-board.ts';
import type { Log } from '../ports/log.ts';
import type { PresenceStore } from '../ports/presence-store.ts';
import type { CallEngine } from './engine.ts';
import { asFree } from './offer-desk.ts';
import type { PersistentLegs } from './persistent-legs.ts';
import type { Staffing } from './staffing.ts';

export interface DeskListenerParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly facts: FactLog;
  readonly board: LiveBoard;
  readonly presences: PresenceStore;
  readonly staffing: Staffing;
}
interface Others {
  readonly mirror: FallbackMirror;
  /** Both are made later than this. */
  desk(): AgentDesk;
  engine(): CallEngine;
  legs(): Pick<PersistentLegs, 'lookAt'>;
  post(work: () => void): void;
}

/** What an agent's move means to everybody else: screens, facts, the router, the fallback queue, a call that rings. */
export function deskListener(parts: DeskListenerParts, others: Others): DeskListener {
  const { clock, log, board, presences, facts, staffing } = parts;
  const { mirror, desk, engine, legs, post } = others;
  const agentFree = (agentId: string): void => {
    const profile = desk().profile(agentId);
    const presence = desk().presence(agentId);
    if (profile === null || presence === null || !callable(presence)) return;
    const { router, offers } = engine();
    offers.add(router.agentFree(asFree(profile, presence), clock.now()));
  };
  /** Who waits for somebody to be signed in, or for this agent, hears of it after the present event. */
  const attendance = (agentId: string): void => {
    const profile = desk().profile(agentId);
    const presence = desk().presence(agentId);
    if (profile === null || presence === null) return;
    const { router } = engine();
    const changed =
      presence.state === 'SIGNED_OUT'
        ? router.desks.agentAbsent(agentId)
        : router.desks.agentPresent(asFree(profile, presence));
    const lost = withinReach(presence) ? [] : router.keptFor(agentId);
    if (changed.length + lost.length > 0) post(() => engine().lookAround([...changed, ...lost]));
  };
  return {
    onView: (view) => {
      board.agent(view);
      staffing.seen(view);
      mirror.want(view.phone, view.state, view.persistentLeg !== null);
      attendance(view.agentId);
      legs().lookAt(view.phone);
    },
    onPresence: (saved) => {
      const { agentId, state, reason, callId } = saved;
      presences.save(saved);
      log.debug({ agentId, state, reason, callId }, 'an agent moved');
    },
    onInterval: (id, atMs, fact) => facts.append({ id, atMs, callId: null, ...fact }),
    onPhoneLeft: (phone) => {
      mirror.want(phone, 'SIGNED_OUT');
      legs().lookAt(phone);
    },
    onCallable: ({ agentId }, _presence, isCallable) => {
      const { router } = engine();
      if (!isCallable) router.agentBusy(agentId);
      // An offer that was not taken is given back later in the same event; the router has him as taken till then.
      else if (router.reservedFor(agentId) !== null) post(() => agentFree(agentId));
      if (isCallable) agentFree(agentId);
    },
    onRingingPhoneLost: (callId) => {
      const call = engine().book.get(callId)?.call;
      if (call === undefined) return;
      // Once answered, only the leg's own end counts: a talk survives a missed sign of life.
      for (const leg of ringingLegsOf(call)) {
        const agentId = agentOfLeg(call, leg);
        if (agentId === null || desk().phones.isReachable(agentId)) continue;
        engine().apply(callId, { type: 'legEnded', leg, reason: 'unreachable', phoneLost: true });
      }
    },
    post,
  };
}
