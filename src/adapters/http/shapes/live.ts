import { Type } from '@fastify/type-provider-typebox';
import type { LivePicture } from '../../../app/live/board.ts';
import type { CallView } from '../../../app/ports/commands.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { exactly, MaskedNumber, nullable, oneOf } from './elements.ts';

const Millis = Type.Integer({ description: '毫秒，自 1970-01-01 UTC' });

export const AgentShape = exactly({
  agentId: Type.String(),
  number: Type.String(),
  displayName: Type.String(),
  state: oneOf(['SIGNED_OUT', 'NOT_READY', 'READY', 'RINGING', 'TALKING', 'WRAP_UP']),
  reason: nullable(Type.String()),
  sinceMs: Millis,
  phone: Type.String(),
  phoneReachable: Type.Boolean(),
  onForeignCall: Type.Boolean({
    // A picture that was written by an earlier version has no word of it.
    default: false,
    description: '话机上另有通话（应急队列或直拨）：不空闲，无论 state 如何',
  }),
  callId: nullable(Type.String()),
  queues: Type.Array(Type.String()),
});

export const LiveCallShape = exactly({
  callId: Type.String(),
  state: Type.String(),
  dialled: Type.String(),
  line: nullable(Type.String()),
  lineName: nullable(Type.String()),
  mode: Type.String(),
  queue: nullable(Type.String()),
  callerNumber: MaskedNumber,
  note: Type.Optional(nullable(Type.String({ description: '来电号码的备注或限制' }))),
  agentId: nullable(Type.String()),
  sinceMs: Millis,
  arrivedMs: Millis,
});

export const SourceShape = oneOf(['live', 'away'], {
  description: 'live：呼叫控制在线；away：以下是最后已知的情况',
});

/** Masked like every caller's number; the one who needs it asks with a reason. */
export function shownCall(call: CallView): CallView {
  return { ...call, callerNumber: maskedNumber(call.callerNumber) };
}

/** An agent sees himself and the call that rings at, is talked on or wrapped up by him; who leads sees all. */
export function shownPicture(
  { source, agents, calls }: LivePicture,
  who: { readonly id: string; readonly seesAll: boolean },
): Pick<LivePicture, 'source' | 'agents' | 'calls'> {
  if (who.seesAll) return { source, agents, calls: calls.map(shownCall) };
  const own = agents.filter((agent) => agent.agentId === who.id);
  const mine = calls.filter(
    (call) => call.agentId === who.id || own.some((agent) => agent.callId === call.callId),
  );
  return { source, agents: own, calls: mine.map(shownCall) };
}
