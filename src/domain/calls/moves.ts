import type { Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import { CALL_REASONS } from './call-reasons.ts';
import { farewell, isInformed } from './ending.ts';
import { cutShort } from './notice-moves.ts';
import { announceReturn, ringOutside } from './outside-moves.ts';
import {
  agentOf,
  backInPlace,
  bridgeOf,
  homeQueue,
  legEndedFact,
  playing,
  type Step,
  stopping,
} from './steps.ts';
import { enterQueue, leftFacts } from './waiting.ts';

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
      return enterQueue(call, context, { queue, priority: 'usual', reason });
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

export function connect(call: Call, leg: string): Step<'connecting'> | null {
  if (leg !== call.leg?.id) return null;
  const cut = cutShort(call);
  return {
    to: 'connecting',
    change: cut.change,
    commands: [...stopping(call), { kind: 'stopMusic' }, { kind: 'connect', bridge: bridgeOf(call), leg }],
    facts: [...cut.facts, { type: 'legAnswered', leg }],
  };
}

export function talk(call: Call, context: CallContext): Step<'talking'> {
  const { leg, waiting } = call;
  return {
    to: 'talking',
    change: { talkedWith: leg?.kind ?? null, waiting: null },
    commands: [
      ...agentOf(leg, { type: 'answered' }),
      ...(waiting === null ? [] : [{ kind: 'leaveQueue' } as const]),
    ],
    facts: [
      ...leftFacts(waiting, context, 'answered'),
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
    ...agentOf(leg, { type: 'failed', reason: legMayLive ? 'connectFailed' : 'undelivered' }),
  ];
  const next =
    leg !== null && leg.kind !== 'agent'
      ? announceReturn(call, 'unreachable')
      : call.waiting === null
        ? enterQueue(call, context, {
            queue: homeQueue(call, context),
            priority: 'cutOff',
            reason: CALL_REASONS.notConnected().zh,
          })
        : backInPlace('stopped');
  return {
    ...next,
    commands: [...clearing, ...(next.commands ?? [])],
    facts: [...legEndedFact(leg, how), ...(next.facts ?? [])],
  };
}
