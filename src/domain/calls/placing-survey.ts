import {
  beginReceipt,
  beginSurvey,
  type SurveyMatter,
  type SurveyState,
} from '../callbacks/survey/dialogue.ts';
import type { CallPlan } from '../hotlines/call-plan.ts';
import type { Decision } from './call.ts';
import { citizenLeg, type Outbound } from './outbound.ts';
import { RING_GRACE_MS } from './steps.ts';

/** A call in which the machine asks, judged by the rules of calling out. */
interface AskingOrder {
  readonly id: string;
  readonly number: string;
  readonly plan: CallPlan;
  readonly configurationVersion: number;
  readonly outbound: Omit<Outbound, 'dialled' | 'joined' | 'outcome' | 'unitRingMs'>;
  readonly queue: string;
}

/** An automatic return visit; nobody else is needed until he asks for a person. */
export interface SurveyOrder extends AskingOrder {
  readonly matters: readonly SurveyMatter[];
}
export const placeSurvey = (order: SurveyOrder, nowMs: number): Decision =>
  placeAsking(order, beginSurvey(order.matters).state, nowMs);

/** Who is on call for a unit is asked to confirm an urgent ticket, in these words. */
export const placeReceipt = (
  order: AskingOrder & { readonly words: readonly string[] },
  nowMs: number,
): Decision => placeAsking(order, beginReceipt(order.words).state, nowMs);

function placeAsking(order: AskingOrder, dialogue: SurveyState, nowMs: number): Decision {
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
      survey: { dialogue, queue, recording: null, told: false },
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
