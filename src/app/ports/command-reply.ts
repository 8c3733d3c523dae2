import { OUTBOUND_REFUSALS } from '../../domain/callbacks/outbound-rules.ts';
import { ACT_REFUSALS } from '../../domain/calls/conversation/permits.ts';
import type { AgentView } from './agent-view.ts';
import type { CallView } from './call-view.ts';
import { TARGET_REFUSALS } from './talk-commands.ts';

export type CommandReply =
  /** `call`: after a wish in a talk, the agent's call; null when it is over. */
  | { readonly ok: true; readonly agent: AgentView | null; readonly call?: CallView | null }
  | { readonly ok: false; readonly code: CommandRefusal; readonly detail: string };

export const COMMAND_REFUSALS = [
  ...ACT_REFUSALS,
  ...TARGET_REFUSALS,
  'agent.unknown',
  'agent.signedOut',
  'agent.phoneUnreachable',
  'agent.reasonUnknown',
  'agent.mustSignOut',
  'agent.notInWrapUp',
  'agent.wrapUpTooLong',
  'agent.phoneNone',
  'agent.heartbeatNeeded',
  'knowledge.noticeUnread',
  'call.none',
  'call.another',
  'answer.atBrowser',
  'answer.notTaken',
  'call.notTalking',
  'listening.elsewhere',
  'listening.noPhone',
  'listening.busy',
  'listening.goesOn',
  'listening.listenFirst',
  'call.notOutbound',
  'callback.over',
  'outbound.citizenOnLine',
  'outbound.agentNotFree',
  'outbound.unitPhoneInvalid',
  'outbound.unitPhoneBusy',
  ...OUTBOUND_REFUSALS,
  'callControl.busy',
] as const;
export type CommandRefusal = (typeof COMMAND_REFUSALS)[number];

/** Nobody at call control answered in time, or the way to it is down. The command may or may not have happened. */
export class CallControlAway extends Error {
  readonly code = 'callControl.away';
}
