import { mustLeave } from '../../domain/agents/presence.ts';
import { reasonRule } from '../../domain/agents/presence-rules.ts';
import { signOutOrder } from '../../domain/agents/presence-table.ts';
import type { Conversation } from '../../domain/calls/conversation/conversation.ts';
import { talkOf } from '../../domain/calls/conversation/talk-of.ts';
import { speaksWith } from '../../domain/calls/recording-moves.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { CommandRefusal, CommandReply } from '../ports/command-reply.ts';
import type { AgentCommand } from '../ports/commands.ts';
import { isOfAnother, refusedAsOfAnother } from './another-call.ts';
import type { CallEngine } from './engine.ts';
import { holdsEmergency, type TalkCommands } from './talk-commands.ts';

const talkIn = (engine: CallEngine, callId: string): Conversation | null => {
  const call = engine.book.get(callId)?.call;
  return call === undefined ? null : talkOf(call);
};

export type SeatCommand = Exclude<
  AgentCommand,
  {
    kind:
      | 'reloadConfiguration'
      | 'wayOpen'
      | 'call'
      | 'callForUnit'
      | 'survey'
      | 'urgentNotice'
      | 'notReached'
      | 'cancelCallback'
      | 'listen'
      | 'answer';
  }
>;

/** What an agent asks for, or a lead of an agent. Asking for what already is, is granted. */
export function carryOutCommand(
  engine: CallEngine,
  desk: AgentDesk,
  talks: TalkCommands,
  command: SeatCommand,
): CommandReply {
  const { agentId } = command;
  // Whatever an agent asks for shows that somebody is there; what a lead asks for does not.
  if (command.kind !== 'forceSignOut') desk.heard(agentId);
  const presence = desk.presence(agentId);
  const refuse = (code: CommandRefusal, detail: string): CommandReply => ({ ok: false, code, detail });
  const granted = (): CommandReply => ({ ok: true, agent: desk.view(agentId) });
  if (presence === null) return refuse('agent.unknown', `no agent ${agentId} in the published configuration`);
  const { state, callId } = presence;
  const isOut = state === 'SIGNED_OUT';
  const signInFirst = (): CommandReply => refuse('agent.signedOut', 'sign in first');
  const ordered = (): CommandReply => refuse('agent.mustSignOut', 'a lead has ended this shift');
  const noPhone = (): CommandReply =>
    refuse('agent.phoneUnreachable', 'the phone is not registered or does not answer');

  switch (command.kind) {
    case 'signIn':
      if (command.heartbeat === 'none' && desk.view(agentId)?.phoneKind === 'browser') {
        return refuse('agent.heartbeatNeeded', 'a browser phone has a browser, which shows life every 30 s');
      }
      desk.apply(agentId, { type: 'signIn' });
      if (command.heartbeat !== undefined) desk.setHeartbeat(agentId, command.heartbeat);
      return granted();
    case 'signOut':
      desk.apply(agentId, { type: 'signOut', order: signOutOrder('asked') });
      return granted();
    case 'forceSignOut': {
      const { by, note } = command;
      desk.apply(agentId, { type: 'signOut', order: { reason: 'forced', by, note } });
      return granted();
    }
    case 'ready':
      if (isOut) return signInFirst();
      if (mustLeave(presence)) return ordered();
      if ((presence.listensTo ?? null) !== null) {
        return refuse('listening.goesOn', 'end the listening first: who listens is not ready for a citizen');
      }
      desk.notices.read(agentId, command.read ?? []);
      // Nobody is kept from citizens by a database: the next configuration out of the books asks for it again.
      if (command.booksAway === true) {
        desk.notices.read(
          agentId,
          desk.unread(agentId).map(({ id }) => id),
        );
      }
      // Who is in a call asks for what comes after it, and is held back then if he still has not read.
      if (state === 'NOT_READY' || state === 'WRAP_UP') {
        const [unread] = desk.unread(agentId);
        if (unread !== undefined) return refuse('knowledge.noticeUnread', unread.title);
      }
      if (state !== 'READY' && !presence.phoneReachable) return noPhone();
      desk.apply(agentId, { type: 'ready' });
      return granted();
    case 'noticeRead': {
      desk.notices.read(agentId, [command.noticeId]);
      const isHeld = state === 'NOT_READY' && presence.reason === 'noticeUnread';
      if (isHeld && desk.unread(agentId).length === 0) desk.apply(agentId, { type: 'ready' });
      return granted();
    }
    case 'notReady':
      if (reasonRule(desk.rules, command.reason) === null) {
        const known = desk.rules.reasons.map(({ code }) => code).join(', ');
        return refuse('agent.reasonUnknown', `unknown reason "${command.reason}"; there are ${known}`);
      }
      if (isOut) return signInFirst();
      if (mustLeave(presence)) return ordered();
      desk.apply(agentId, { type: 'notReady', reason: command.reason });
      return granted();
    case 'withdrawRequest':
      if (isOut) return signInFirst();
      if (mustLeave(presence)) return ordered();
      desk.apply(agentId, { type: 'requestWithdrawn' });
      return granted();
    case 'endWrapUp':
      if (isOut) return signInFirst();
      desk.apply(agentId, { type: 'wrapUpOver', callId });
      return granted();
    case 'extendWrapUp': {
      const { wrapUp } = presence;
      if (wrapUp === null) return refuse('agent.notInWrapUp', 'there is no wrap-up to extend');
      const mostMs = wrapUp.latestMs - wrapUp.regularMs;
      if (command.extraMs > mostMs) {
        return refuse('agent.wrapUpTooLong', `at most ${Math.floor(mostMs / 1000)} s in all`);
      }
      desk.apply(agentId, { type: 'extendWrapUp', extraMs: command.extraMs });
      return granted();
    }
    case 'usePhone': {
      if (isOut) return signInFirst();
      const outcome = desk.phones.use(agentId, command.phone);
      if (outcome === 'none') return refuse('agent.phoneNone', `the agent has no ${command.phone} phone`);
      return outcome === 'unreachable' ? noPhone() : granted();
    }
    case 'releaseCall': {
      if (isOfAnother(command, callId)) return granted();
      if (state !== 'TALKING' || callId === null) return refuse('call.none', 'the agent is not talking');
      if (holdsEmergency(talkIn(engine, callId), agentId)) {
        return refuse('talk.emergencyNotAccepted', 'the emergency desk has not accepted: stay, or remove it');
      }
      const before = engine.book.get(callId)?.call;
      engine.apply(callId, { type: 'agentReleases', agentId });
      // Never said to be done when nothing was.
      if (engine.book.get(callId)?.call !== before) return granted();
      return refuse('talk.notNow', 'the call could not be released at this moment');
    }
    case 'talk':
      return talks.carryOut(command);
    case 'pauseRecording':
    case 'resumeRecording': {
      if (callId !== null && isOfAnother(command, callId)) return refusedAsOfAnother(command);
      const call = callId === null ? undefined : engine.book.get(callId)?.call;
      if (call === undefined || !speaksWith(call, agentId)) {
        return refuse('call.none', 'the agent is not talking with a citizen');
      }
      engine.apply(
        call.id,
        command.kind === 'pauseRecording' ? { ...command, type: command.kind } : { type: command.kind },
      );
      return granted();
    }
    case 'heartbeat':
      return granted();
    default:
      return command satisfies never;
  }
}
