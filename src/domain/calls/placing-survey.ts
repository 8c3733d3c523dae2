import { beginSurvey, type SurveyMatter } from '../callbacks/survey/dialogue.ts';
import type { CallPlan } from '../hotlines/call-plan.ts';
import type { Decision } from './call.ts';
import { citizenLeg, type Outbound } from './outbound.ts';
import { RING_GRACE_MS } from './steps.ts';

/** An automatic return visit, judged by the rules of calling out. */
export interface SurveyOrder {
  readonly id: string;
  readonly number: string;
  readonly plan: CallPlan;
  readonly configurationVersion: number;
  readonly outbound: Omit<Outbound, 'dialled' | 'joined' | 'outcome' | 'unitRingMs'>;
  readonly queue: string;
  readonly matters: readonly SurveyMatter[];
}

/** Rings the citizen; nobody else is needed until he asks for a person. */
export function placeSurvey(order: SurveyOrder, nowMs: number): Decision {
  const { id, number, plan, configurationVersion, queue } = order;
  const { trunk, callerId, ringTimeoutMs, purpose, subject } = order.outbound;
  const channel = citizenLeg(id);
  return {
    call: {
      id,
      channel,
      dialled: callerId,
      callerNumber: number,
      plan,
      configurationVersion,
      arrivedMs: nowMs,
      state: 'callingCitizen',
      sinceMs: nowMs,
      epoch: 1,
      leg: null,
      legsMade: 0,
      playback: null,
      playbacksMade: 0,
      waiting: null,
      talkedWith: null,
      releasedBy: null,
      outbound: { ...order.outbound, dialled: true, joined: false, outcome: null },
      survey: { dialogue: beginSurvey(order.matters).state, queue, recording: null, told: false },
    },
    commands: [
      { kind: 'ringCitizen', number, trunk, callerId, ringTimeoutMs },
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
        agentId: null,
        configurationVersion,
      },
      { type: 'legRang', leg: channel, agentId: null, number: null, reason: purpose },
    ],
  };
}
