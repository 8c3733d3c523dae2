import type { CallPlan } from '../hotlines/call-plan.ts';
import type { Decision } from './call.ts';
import { citizenLeg, type Outbound } from './outbound.ts';
import { RING_GRACE_MS } from './steps.ts';

/** A call to a citizen, judged by the rules of calling out, with the agent who is to talk. */
export interface OutboundOrder {
  readonly id: string;
  readonly number: string;
  readonly plan: CallPlan;
  readonly configurationVersion: number;
  readonly agent: { readonly agentId: string; readonly phone: string; readonly ringTimeoutMs: number };
  /** Why this agent. */
  readonly reason: string;
  readonly outbound: Omit<Outbound, 'dialled' | 'joined' | 'outcome'>;
}

/** Rings the agent. The citizen's channel has its name already, and comes when the agent has answered. */
export function place(order: OutboundOrder, nowMs: number): Decision {
  const { id, number, plan, configurationVersion, reason } = order;
  const { agentId, phone, ringTimeoutMs } = order.agent;
  const { purpose, subject, trunk, callerId } = order.outbound;
  const leg = `${id}.a1`;
  return {
    call: {
      id,
      channel: citizenLeg(id),
      dialled: callerId,
      callerNumber: number,
      plan,
      configurationVersion,
      arrivedMs: nowMs,
      state: 'callingAgent',
      sinceMs: nowMs,
      epoch: 1,
      leg: { kind: 'agent', id: leg, agentId, ringTimeoutMs },
      legsMade: 1,
      playback: null,
      playbacksMade: 0,
      waiting: null,
      talkedWith: null,
      releasedBy: null,
      outbound: { ...order.outbound, dialled: false, joined: false, outcome: null },
    },
    commands: [
      { kind: 'ringAgent', leg, agentId, phone, callerName: plan.whisper, ringTimeoutMs },
      { kind: 'timer', epoch: 1, afterMs: ringTimeoutMs + RING_GRACE_MS },
    ],
    facts: [
      {
        type: 'callPlaced',
        purpose,
        ...subject,
        trunk,
        callerId,
        callerNumber: number,
        line: plan.recognition.line?.number ?? null,
        agentId,
        configurationVersion,
      },
      { type: 'legRang', leg, agentId, number: null, reason },
    ],
  };
}
