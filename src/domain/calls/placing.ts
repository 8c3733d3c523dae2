import type { CallPlan } from '../hotlines/call-plan.ts';
import type { Decision, Leg } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallFact } from './facts.ts';
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
  const { agentId, phone, ringTimeoutMs } = order.agent;
  const leg = `${order.id}.a1`;
  const callerName = order.plan.whisper;
  return begun(
    order,
    { kind: 'agent', id: leg, agentId, ringTimeoutMs },
    {
      command: { kind: 'ringAgent', leg, agentId, phone, callerName, ringTimeoutMs },
      ringTimeoutMs,
      fact: { type: 'legRang', leg, agentId, number: null, reason: order.reason },
    },
    nowMs,
  );
}

/** A call that we make, at whoever is rung before the citizen. */
export function begun(
  order: Pick<OutboundOrder, 'id' | 'number' | 'plan' | 'configurationVersion' | 'outbound'>,
  leg: Leg,
  first: { readonly command: CallCommand; readonly ringTimeoutMs: number; readonly fact: CallFact },
  nowMs: number,
): Decision {
  const { id, number, plan, configurationVersion } = order;
  const { purpose, subject, trunk, callerId } = order.outbound;
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
      leg,
      legsMade: 1,
      playback: null,
      playbacksMade: 0,
      waiting: null,
      talkedWith: null,
      releasedBy: null,
      outbound: { ...order.outbound, dialled: false, joined: false, outcome: null },
    },
    commands: [first.command, { kind: 'timer', epoch: 1, afterMs: first.ringTimeoutMs + RING_GRACE_MS }],
    facts: [
      {
        type: 'callPlaced',
        purpose,
        ...subject,
        trunk,
        callerId,
        callerNumber: number,
        line: plan.recognition.line?.number ?? null,
        agentId: leg.kind === 'agent' ? leg.agentId : null,
        configurationVersion,
      },
      first.fact,
    ],
  };
}
