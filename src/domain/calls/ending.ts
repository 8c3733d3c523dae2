import type { CallPlan, Destination } from '../hotlines/call-plan.ts';
import type { Call, Leg, Side } from './call.ts';
import type { CallContext } from './call-context.ts';
import { CALL_REASONS } from './call-reasons.ts';
import { leftBehind } from './conversation/gone.ts';
import { talkOf } from './conversation/talk-of.ts';

import type { CallFact, CallResult } from './facts.ts';
import type { HangupReason } from './hangup.ts';
import { leftUntold } from './message-left.ts';
import { hungUpNoticing } from './notice-moves.ts';
import { isOutbound } from './outbound.ts';
import { agentOf, bridgeOf, homeQueue, legEndedFact, playing, type Step, said } from './steps.ts';
import { surveyHeard } from './survey.ts';
import { enterQueue, leftFacts } from './waiting.ts';

/** The prompts, then the line goes. */
export function lastWords(call: Call, prompts: readonly string[], whole = false): Step<'goodbye'> {
  const { change, command } = playing(call, prompts, whole);
  return { to: 'goodbye', change, commands: [command] };
}

/** Instead of a talk: the rules provide that nobody is rung, and this is what the citizen hears. */
export function farewell(
  call: Call,
  { prompts, result, reason }: Extract<Destination, { readonly kind: 'goodbye' }>,
): Step<'goodbye'> {
  const restriction = call.plan.onRecord?.refusedBy ?? null;
  return {
    ...lastWords(call, prompts.length === 0 ? ['goodbye'] : prompts, isInformed(call.plan)),
    facts: [{ type: 'farewell', result, reason, restriction }],
  };
}

/** What the citizen hears stands in place of a person: without it he has nothing. */
export const isInformed = ({ destination }: CallPlan): boolean =>
  destination.kind === 'goodbye' && destination.result === 'informed';

/** Nobody could tell him what there was to say: the plan is now that a person does. */
export function personInstead(plan: CallPlan, { generalQueue }: CallContext): CallPlan {
  const reason = CALL_REASONS.untold().zh;
  return { ...plan, destination: { kind: 'queue', queue: generalQueue, reason } };
}

/** The last words are over. A missing prompt or a failed command hangs up on nobody who was to be informed. */
export function wordsOver(call: Call, end: string, context: CallContext): Step<'releasing' | 'queued'> {
  const unheard = end === 'failed' || end === 'cancelled';
  const served = call.talkedWith !== null || call.message != null;
  if (!unheard || served || !isInformed(call.plan)) return { ...release(call), facts: said(call, end) };
  const plan = personInstead(call.plan, context);
  const queue = homeQueue({ plan }, context);
  const step = enterQueue({ ...call, plan }, context, {
    queue,
    priority: 'usual',
    reason: plan.destination.reason,
  });
  return {
    ...step,
    change: { ...step.change, plan },
    facts: [
      ...said(call, end),
      { type: 'anomaly', code: 'farewell.unheard', detail: end },
      ...(step.facts ?? []),
    ],
  };
}

export function release(call: Call): Step<'releasing'> {
  return {
    to: 'releasing',
    change: { playback: null, releasedBy: call.releasedBy ?? 'system' },
    commands: [{ kind: 'hangupCaller' }],
  };
}

/** The citizen's channel is gone: everything that was held for it is let go. */
export function over(call: Call, reason: HangupReason, lost: boolean, context: CallContext): Step<'ended'> {
  const { waiting } = call;
  const talk = talkOf(call);
  // Who is in a talk is let go with it; here is whoever rings, or is just being connected.
  const leg = talk === null ? call.leg : null;
  const releasedBy = call.releasedBy ?? (lost ? 'system' : 'caller');
  const left = talk === null ? null : leftBehind(call, talk, lost ? 'lost' : 'callerHungUp', context);
  return {
    to: 'ended',
    change: { leg: null, conversation: null, waiting: null, playback: null, releasedBy },
    commands: [
      ...(left?.commands ?? []),
      ...(leg === null ? [] : [{ kind: 'hangupLeg', leg: leg.id, reason: 'normal' } as const]),
      ...(call.state === 'connecting' ? [{ kind: 'destroyBridge', bridge: bridgeOf(call) } as const] : []),
      // The place first: only then is the agent's reservation gone and he can be offered the next citizen.
      ...(waiting === null ? [] : [{ kind: 'leaveQueue' } as const]),
      ...agentOf(leg, { type: 'withdrawn' }),
    ],
    facts: [
      // He heard its beginning: whoever asks who heard it finds him. Of an end that was not seen nobody knows.
      ...(call.playback === null || reason === 'unknown' ? [] : said(call, 'hungUp')),
      ...(reason === 'unknown' ? [] : hungUpNoticing(call)),
      ...leftUntold(call),
      ...legEndedFact(leg, lost ? 'lost' : 'callerHungUp'),
      ...(left?.facts ?? []),
      ...leftFacts(waiting, context, 'abandoned'),
      {
        type: 'callEnded',
        releasedBy,
        result: resultOf(call, releasedBy),
        detail: `${call.state}: ${reason}`,
      } satisfies CallFact,
    ],
  };
}

const ANSWERED_BY = {
  agent: 'answeredByAgent',
  unit: 'answeredByUnit',
  centre: 'answeredByCentre',
} as const satisfies Record<Leg['kind'], CallResult>;

/** Follows from what happened in which order, never from a cause code (asterisk#963). */
function resultOf(call: Call, releasedBy: Side): CallResult {
  const { state, talkedWith, plan } = call;
  if (isOutbound(call)) {
    const spoke = talkedWith !== null || surveyHeard(call);
    return spoke && call.outbound.outcome === null ? 'reached' : 'notReached';
  }
  if (talkedWith !== null) return ANSWERED_BY[talkedWith];
  if (call.promised === true) return 'callbackPromised';
  if (call.message?.left === true || leftUntold(call).length > 0) return 'messageLeft';
  const leaving = state === 'goodbye' || state === 'releasing';
  const { destination } = plan;
  // Who is refused was refused however little of it he listened to.
  if (destination.kind === 'goodbye' && (leaving || destination.result === 'refused'))
    return destination.result;
  // Two times nothing was said where a message was asked for.
  if (leaving && call.message != null) return 'abandoned';
  if (releasedBy !== 'caller') return 'lost';
  // Who hears what is wrong and hangs up has what he called for.
  return state === 'announcing' ? 'informed' : 'abandoned';
}
