import type { Call, CallContext } from './call.ts';
import { callbackDueMs, offering } from './callback-moves.ts';
import { farewell, isInformed } from './ending.ts';
import { announceReturn, ringOutside } from './outside-moves.ts';
import {
  agentOf,
  backInPlace,
  bridgeOf,
  COMFORT_EVERY_MS,
  enterQueue,
  homeQueue,
  legEndedFact,
  playing,
  type Step,
  said,
} from './steps.ts';

export function greet(call: Call, answered: boolean): Step<'greeting'> {
  const { change, command } = playing(call, call.plan.prompts, isInformed(call.plan));
  return {
    to: 'greeting',
    change,
    commands: [command],
    facts: answered
      ? [{ type: 'callAnswered' }]
      : [{ type: 'anomaly', code: 'answer.failed', detail: '接听命令未确认' }],
  };
}

/** To where the plan leads. */
export function depart(call: Call, context: CallContext): Step<'queued' | 'ringingOutside' | 'goodbye'> {
  const { destination } = call.plan;
  switch (destination.kind) {
    case 'queue': {
      const { queue, reason } = destination;
      return enterQueue(context, { queue, priority: 1, reason });
    }
    case 'unit':
    case 'centre':
      return ringOutside(call, destination);
    case 'goodbye':
      return farewell(call, destination);
    default:
      return destination satisfies never;
  }
}

/** The comfort announcement is over: it had taken the place of the music. */
export function comforted(call: Call, end: string) {
  return {
    stays: true,
    change: { playback: null },
    commands: [{ kind: 'startMusic' }],
    facts: said(call, end),
  } as const;
}

/** A waiting citizen is looked after at each due time; joining again keeps the place and mends a lost one. */
export function lookAfter(call: Call, context: CallContext): Step<'queued'> | null {
  const { waiting } = call;
  if (waiting === null)
    return enterQueue(context, { queue: homeQueue(call, context), priority: 0, reason: '' });
  const { overflowQueue, overflowAfterMs } = context.queueRules(waiting.queue);
  const overflows =
    !waiting.overflowed &&
    overflowQueue !== null &&
    overflowAfterMs !== null &&
    context.nowMs >= waiting.sinceMs + overflowAfterMs;
  const comforts = context.nowMs >= waiting.comfortedMs + COMFORT_EVERY_MS;
  const offerMs = callbackDueMs(call, context);
  const offer = offerMs !== null && context.nowMs >= offerMs ? offering(call, context) : null;
  const announcement = offer ?? (comforts ? playing(call, ['please-wait']) : null);
  return {
    to: 'queued',
    change: {
      ...(announcement?.change ?? {}),
      waiting: {
        ...waiting,
        overflowed: waiting.overflowed || overflows,
        comfortedMs: comforts ? context.nowMs : waiting.comfortedMs,
        ...offer?.waits,
      },
    },
    commands: [
      ...(announcement === null ? [] : [announcement.command]),
      { kind: 'joinQueue', queue: waiting.queue, priority: waiting.priority, sinceMs: waiting.sinceMs },
      ...(overflows ? [{ kind: 'lookAlsoIn', queue: overflowQueue } as const] : []),
    ],
    facts: [
      ...(offer?.facts ?? []),
      ...(overflows
        ? [
            {
              type: 'queueEntered',
              queue: overflowQueue,
              reason: `${waiting.queue} ${overflowAfterMs / 1000} 秒内无人接听，溢出`,
            } as const,
          ]
        : []),
    ],
  };
}

export function connect(call: Call, leg: string): Step<'connecting'> | null {
  if (leg !== call.leg?.id) return null;
  return {
    to: 'connecting',
    change: { playback: null },
    commands: [
      ...(call.playback === null ? [] : [{ kind: 'stopPlayback', playback: call.playback } as const]),
      { kind: 'stopMusic' },
      { kind: 'connect', bridge: bridgeOf(call), leg },
    ],
    facts: [{ type: 'legAnswered', leg }],
  };
}

export function talk(call: Call): Step<'talking'> {
  const { leg, waiting } = call;
  return {
    to: 'talking',
    change: { talkedWith: leg?.kind ?? null, waiting: null },
    commands: [
      ...agentOf(leg, { type: 'answered' }),
      ...(waiting === null ? [] : [{ kind: 'leaveQueue' } as const]),
    ],
    facts: [
      ...(waiting === null ? [] : [{ type: 'queueLeft', queue: waiting.queue, how: 'answered' } as const]),
      ...(leg === null
        ? []
        : [
            {
              type: 'talkStarted',
              leg: leg.id,
              agentId: leg.kind === 'agent' ? leg.agentId : null,
            } as const,
          ]),
    ],
  };
}

export function notConnected(
  call: Call,
  context: CallContext,
  how: string,
  legMayLive: boolean,
): Step<'queued' | 'returning'> {
  const { leg } = call;
  const clearing = [
    ...(leg !== null && legMayLive ? [{ kind: 'hangupLeg', leg: leg.id, reason: 'normal' } as const] : []),
    { kind: 'destroyBridge', bridge: bridgeOf(call) } as const,
    ...agentOf(leg, { type: 'failed', reason: legMayLive ? 'connectFailed' : 'missed' }),
  ];
  const next =
    leg !== null && leg.kind !== 'agent'
      ? announceReturn(call, 'unreachable')
      : call.waiting === null
        ? enterQueue(context, { queue: homeQueue(call, context), priority: 0, reason: '接通失败，优先重排' })
        : backInPlace('stopped');
  return {
    ...next,
    commands: [...clearing, ...(next.commands ?? [])],
    facts: [...legEndedFact(leg, how), ...(next.facts ?? [])],
  };
}
