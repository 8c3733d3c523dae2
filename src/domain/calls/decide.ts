import type { CallPlan } from '../hotlines/call-plan.ts';
import type { Call, Decision } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import type { CallEvent } from './call-event.ts';
import { CALL_REASONS } from './call-reasons.ts';
import { CALL_TABLE, type CallState } from './call-table.ts';
import { holdHour } from './caller-hour.ts';
import { foundTalk, type LegFound } from './conversation/found.ts';
import { leadOf } from './conversation/talk-of.ts';
import { farewell } from './ending.ts';
import type { CallFact } from './facts.ts';
import { FALLBACK_QUEUE } from './fallback-queue.ts';
import { REACTIONS } from './reactions.ts';
import { isRecordingEvent } from './recording-events.ts';
import { recordingStep, resumePause } from './recording-moves.ts';
import { settle, timeoutOf } from './settling.ts';
import { homeQueue, type Step, stopping } from './steps.ts';
import { enterQueue, joining } from './waiting.ts';

export interface Arrival {
  readonly id: string;
  readonly channel: string;
  readonly dialled: string;
  readonly callerNumber: string;
  readonly plan: CallPlan;
  readonly configurationVersion: number;
}

function newCall(arrival: Arrival, nowMs: number): Call {
  return {
    ...arrival,
    arrivedMs: nowMs,
    state: 'arrived',
    sinceMs: nowMs,
    epoch: 1,
    leg: null,
    legsMade: 0,
    playback: null,
    playbacksMade: 0,
    noticesHeard: [],
    waiting: null,
    talkedWith: null,
    releasedBy: null,
  };
}

/** A call comes in: answer it. */
export function arrive(arrival: Arrival, nowMs: number): Decision {
  const call = newCall(arrival, nowMs);
  return {
    call,
    commands: [
      { kind: 'answer' },
      ...holdHour(call),
      { kind: 'timer', epoch: call.epoch, afterMs: CALL_TABLE.arrived.timeoutMs },
    ],
    facts: recognised(arrival.plan, arrival.configurationVersion),
  };
}

export function recognised(plan: CallPlan, configurationVersion: number): CallFact[] {
  const { recognition, mode, anomalies } = plan;
  return [
    {
      type: 'callRecognised',
      line: recognition.line?.number ?? null,
      mode,
      method: recognition.method,
      confidence: recognition.confidence,
      reason: recognition.reason,
      configurationVersion,
    },
    ...anomalies.map((anomaly) => ({ type: 'anomaly', ...anomaly }) as const),
  ];
}

/**
 * A citizen found at the switch of whom nothing is known or kept here: a talking one talks on, every other waits with
 * music in the queue to which the number leads.
 * `numbering`: where leg and playback numbers go on, above all that an earlier process can have used.
 */
export function adopt(
  arrival: Arrival,
  legs: readonly LegFound[],
  numbering: number,
  context: CallContext,
): Decision {
  const call: Call = {
    ...newCall(arrival, context.nowMs),
    legsMade: numbering,
    playbacksMade: numbering,
    // What was announced when he came he may have heard.
    noticesHeard: arrival.plan.announcements.map(({ id }) => id),
  };
  // Told once more: the process before may not have come to it.
  const first: CallFact[] = [
    ...recognised(arrival.plan, arrival.configurationVersion),
    { type: 'anomaly', code: 'call.adopted', detail: '呼叫控制重新接管' },
  ];
  if (legs.length === 0) {
    const step = toPerson(call, context, { reason: CALL_REASONS.takenOver().zh });
    return settle(call, { ...step, facts: [...first, ...(step.facts ?? [])] }, context);
  }
  const conversation = foundTalk(call, legs, context.nowMs);
  const leg = leadOf(conversation);
  const agentId = leg?.kind === 'agent' ? leg.agentId : null;
  return settle(
    call,
    {
      to: 'talking',
      change: { leg, conversation, talkedWith: leg?.kind ?? null },
      facts: [...first, ...(leg === null ? [] : [{ type: 'talkStarted', leg: leg.id, agentId } as const])],
    },
    context,
  );
}

/** Nobody is rung outside for who has waited already; who was to hear a good-bye hears it. */
function toPerson(
  call: Call,
  context: CallContext,
  place: { readonly reason: string; readonly sinceMs?: number },
): Step<'queued' | 'goodbye'> {
  const { destination } = call.plan;
  if (destination.kind === 'goodbye') return farewell(call, destination);
  return enterQueue(call, context, { queue: homeQueue(call, context), priority: 'usual', ...place });
}

/**
 * A citizen whom the dialplan answered, greeted and let wait while call control was away: he goes on waiting, in the
 * queue to which the number leads, in the place that his arrival gives him.
 */
export function takeBack(arrival: Arrival, waitingSinceMs: number, context: CallContext): Decision {
  const call = { ...newCall(arrival, context.nowMs), arrivedMs: waitingSinceMs };
  const step = toPerson(call, context, {
    reason: CALL_REASONS.takenBack().zh,
    sinceMs: waitingSinceMs,
  });
  const first: CallFact[] = [
    ...recognised(arrival.plan, arrival.configurationVersion),
    { type: 'anomaly', code: 'fallback', detail: '呼叫控制恢复' },
    { type: 'queueLeft', queue: FALLBACK_QUEUE, how: 'moved' },
  ];
  const commands = [...holdHour(call), ...(step.commands ?? [])];
  return settle(call, { ...step, commands, facts: [...first, ...(step.facts ?? [])] }, context);
}

/**
 * A call that was in progress when call control ended: what must be set up again around it. What happened meanwhile
 * is told by the comparison with the switch.
 */
export function resume(call: Call, context: CallContext): CallCommand[] {
  const { waiting, leg } = call;
  const commands: CallCommand[] = [];
  if (waiting !== null) {
    commands.push(...joining(call, waiting, context));
    if (leg?.kind === 'agent' && leg.agentId !== null) {
      commands.push({ kind: 'reserve', agentId: leg.agentId });
    }
  }
  const afterMs = timeoutOf(call, context);
  if (afterMs !== null) commands.push({ kind: 'timer', epoch: call.epoch, afterMs });
  return [...commands, ...resumePause(call, context.nowMs)];
}

/** The next state of a call, what to do and what to tell. The same call comes back when the event is not for it. */
export function decide(call: Call, event: CallEvent, context: CallContext): Decision {
  if (isRecordingEvent(event)) return recordingStep(call, event, context.nowMs);
  const unmoved: Decision = { call, commands: [], facts: [] };
  if (event.type === 'timeout' && event.epoch !== call.epoch) return unmoved;
  const heeded: Readonly<Record<string, unknown>> = REACTIONS[call.state];
  const reaction = heeded[event.type] as
    | ((call: Call, event: CallEvent, context: CallContext) => Step<CallState> | null)
    | undefined;
  const step = reaction?.(call, event, context) ?? null;
  return step === null ? unmoved : settle(call, step, context);
}

/**
 * A call that could not be decided on, by a fault of ours or by something damaged that it carries: who has no place yet
 * gets one at the general desk, everybody else stays where he is, with a timer that leads him on.
 */
export function rescue(call: Call, context: CallContext): Decision {
  const anomaly: CallFact = { type: 'anomaly', code: 'call.rescued', detail: call.state };
  const placed = call.leg !== null || call.waiting !== null || LEAVING.has(call.state);
  if (placed) return settle(call, { to: call.state, facts: [anomaly] }, context);
  const step = enterQueue(call, context, {
    queue: context.generalQueue,
    priority: 'usual',
    reason: CALL_REASONS.rescued().zh,
  });
  const change = { ...step.change, menu: null, announcing: null, message: null };
  return settle(
    call,
    {
      ...step,
      change,
      commands: [...stopping(call), ...(step.commands ?? [])],
      facts: [anomaly, ...(step.facts ?? [])],
    },
    context,
  );
}

/** Who has not picked up yet is led on by his ringing time. */
const LEAVING: ReadonlySet<CallState> = new Set([
  'callingCitizen',
  'rating',
  'goodbye',
  'releasing',
  'ended',
]);
