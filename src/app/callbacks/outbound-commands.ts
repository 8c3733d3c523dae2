import { mustLeave } from '../../domain/agents/presence.ts';
import { CALL_REASONS } from '../../domain/calls/call-reasons.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import { isOfAnother, refusedAsOfAnother } from '../calls/another-call.ts';
import type { CallEngine } from '../calls/engine.ts';
import type { CommandRefusal, CommandReply } from '../ports/command-reply.ts';
import type { AgentCommand } from '../ports/commands.ts';
import type { CallbackDesk } from './callback-desk.ts';
import type { CallReply, OutboundDesk } from './outbound-desk.ts';
import { placeUrgentNotice, placeWantedSurvey } from './place-survey.ts';

export type OutboundCommand = Extract<
  AgentCommand,
  { readonly kind: 'call' | 'callForUnit' | 'survey' | 'urgentNotice' | 'notReached' | 'cancelCallback' }
>;

export const isOutboundCommand = (command: AgentCommand): command is OutboundCommand =>
  command.kind === 'call' ||
  command.kind === 'callForUnit' ||
  command.kind === 'survey' ||
  command.kind === 'urgentNotice' ||
  command.kind === 'notReached' ||
  command.kind === 'cancelCallback';

export interface OutboundHouse {
  readonly engine: CallEngine;
  readonly desk: AgentDesk;
  readonly outbound: OutboundDesk;
  readonly callbacks: CallbackDesk;
}

/** Calling a citizen, saying that nobody was there, taking a callback back. Asked for twice it is done once. */
export function carryOutOutbound(house: OutboundHouse, command: OutboundCommand): CommandReply {
  const { desk, engine, outbound, callbacks } = house;
  const refuse = (code: CommandRefusal, detail: string): CommandReply => ({ ok: false, code, detail });
  if (command.kind === 'cancelCallback') {
    const { callbackId, by, reason } = command;
    return callbacks.cancel(callbackId, by.accountId, reason)
      ? { ok: true, agent: null }
      : refuse('callback.over', 'there is no such callback, or it is over');
  }
  if (command.kind === 'callForUnit') {
    const reply = callForUnit(outbound, command);
    return reply.ok ? { ok: true, agent: null } : refuse(reply.code, 'the call was not placed');
  }
  if (command.kind === 'survey') {
    const reply = placeWantedSurvey(outbound, engine.configuration, command);
    return reply.ok ? { ok: true, agent: null } : refuse(reply.code, 'the citizen was not called');
  }
  if (command.kind === 'urgentNotice') {
    const reply = placeUrgentNotice(outbound, engine.configuration, command);
    return reply.ok ? { ok: true, agent: null } : refuse(reply.code, 'who is on call was not called');
  }
  const { agentId } = command;
  desk.heard(agentId);
  const presence = desk.presence(agentId);
  if (presence === null) return refuse('agent.unknown', `no agent ${agentId} in the published configuration`);
  const granted = (): CommandReply => ({ ok: true, agent: desk.view(agentId) });
  if (command.kind === 'notReached') {
    if (presence.state !== 'TALKING' || presence.callId === null) {
      return refuse('call.none', 'the agent is in no call');
    }
    if (isOfAnother(command, presence.callId)) return refusedAsOfAnother(command);
    if (engine.book.get(presence.callId)?.call.outbound == null) {
      return refuse('call.notOutbound', 'only of a call that we made can it be said that nobody was reached');
    }
    engine.apply(presence.callId, { type: 'notReached', outcome: command.outcome });
    return granted();
  }
  if (presence.state === 'SIGNED_OUT') return refuse('agent.signedOut', 'sign in first');
  if (mustLeave(presence)) return refuse('agent.mustSignOut', 'a lead has ended this shift');
  if ((presence.listensTo ?? null) !== null) {
    return refuse('listening.goesOn', 'end the listening first: one telephone is in one call');
  }
  if (!presence.phoneReachable) {
    return refuse('agent.phoneUnreachable', 'the phone is not registered or does not answer');
  }
  const { generalQueue } = engine.configuration.municipality;
  const { callId, purpose, number, subject, line } = command;
  const reply = outbound.call({
    callId,
    purpose,
    number,
    agentId,
    subject,
    queue: desk.profile(agentId)?.queues[0] ?? generalQueue,
    line,
    about: command.about,
    reason: CALL_REASONS.ownCall().zh,
    as: 'callsOut',
  });
  return reply.ok ? granted() : refuse(reply.code, 'the call was not placed');
}

function callForUnit(
  outbound: OutboundDesk,
  command: Extract<OutboundCommand, { readonly kind: 'callForUnit' }>,
): CallReply {
  const { callId, number, unitNumber, ticketId, accountId, line, about } = command;
  return outbound.callForUnit({
    callId,
    purpose: 'unitContact',
    number,
    unitNumber,
    // Counted as one person's calls are, agent or not.
    agentId: accountId,
    subject: { callbackId: null, ticketId, missedCallId: null },
    line,
    about,
  });
}
