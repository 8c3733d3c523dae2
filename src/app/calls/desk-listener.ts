import type { AgentDesk, DeskListener } from '../agents/agent-desk.ts';
import type { FallbackMirror } from '../agents/fallback-mirror.ts';
import type { Clock } from '../ports/clock.ts';
import type { LiveBoard } from '../ports/commands.ts';
import type { FactLog } from '../ports/facts.ts';
import type { Log } from '../ports/log.ts';
import type { PresenceStore } from '../ports/presence-store.ts';
import type { CallEngine } from './engine.ts';

export interface DeskListenerParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly facts: FactLog;
  readonly board: LiveBoard;
  readonly presences: PresenceStore;
  newId(): string;
}
interface Others {
  readonly mirror: FallbackMirror;
  /** Both are made later than this. */
  desk(): AgentDesk;
  engine(): CallEngine;
  post(work: () => void): void;
}

/** What an agent's move means to everybody else: screens, facts, the router, the fallback queue, a call that rings. */
export function deskListener(parts: DeskListenerParts, others: Others): DeskListener {
  const { clock, log, board, presences, facts } = parts;
  const { mirror, desk, engine, post } = others;
  return {
    onView: (view) => board.agent(view),
    onPresence: (presence, profile) => {
      const { agentId, state, reason } = presence;
      presences.save(presence);
      log.debug({ agentId, state, reason, callId: presence.callId }, 'an agent moved');
      const id = parts.newId();
      facts.append({ id, atMs: clock.now(), callId: null, type: 'presence', agentId, state, reason });
      mirror.want(profile.phone, state);
    },
    onCallable: ({ agentId, queues }, { idleSinceMs }, isCallable) => {
      const { router, offers } = engine();
      if (!isCallable) router.agentBusy(agentId);
      else offers.add(router.agentFree({ agentId, queues, sinceMs: idleSinceMs }, clock.now()));
    },
    onRingingPhoneLost: (callId) => {
      const call = engine().book.get(callId)?.call;
      // Once answered, only the leg's own end counts: a talk survives a missed sign of life.
      if (call?.state !== 'ringingAgent' || call.leg === null) return;
      const leg = call.leg.id;
      engine().apply(callId, { type: 'legEnded', leg, reason: 'unreachable', phoneLost: true });
    },
    onWrapUpTime: (agentId, callId) =>
      post(() => {
        desk().apply(agentId, { type: 'wrapUpOver', callId });
      }),
    onPhoneGraceOver: (agentId) =>
      post(() => {
        if (!desk().isPhoneReachable(agentId)) desk().apply(agentId, { type: 'phoneLost' });
      }),
  };
}
