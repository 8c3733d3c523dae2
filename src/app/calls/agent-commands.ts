import { isNotReadyReason } from '../../domain/agents/presence.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { AgentCommand, CommandRefusal, CommandReply } from '../ports/commands.ts';
import type { CallEngine } from './engine.ts';

type SeatCommand = Exclude<AgentCommand, { kind: 'reloadConfiguration' }>;

/** What an agent asks for. Asking for what already is, is granted. */
export function carryOutCommand(engine: CallEngine, desk: AgentDesk, command: SeatCommand): CommandReply {
  const { agentId } = command;
  const presence = desk.presence(agentId);
  const refuse = (code: CommandRefusal, detail: string): CommandReply => ({ ok: false, code, detail });
  const granted = (): CommandReply => ({ ok: true, agent: desk.view(agentId) });
  if (presence === null) return refuse('agent.unknown', `no agent ${agentId} in the published configuration`);
  const { state, callId } = presence;

  switch (command.kind) {
    case 'signIn':
      desk.apply(agentId, { type: 'signIn' });
      return granted();
    case 'signOut':
      if (state === 'RINGING' || state === 'TALKING') {
        return refuse('agent.talking', 'the agent has a call; sign out when it is over');
      }
      desk.apply(agentId, { type: 'signOut' });
      return granted();
    case 'ready':
      if (state === 'SIGNED_OUT') return refuse('agent.signedOut', 'sign in first');
      if (state !== 'READY' && !presence.phoneReachable) {
        return refuse('agent.phoneUnreachable', 'the phone is not registered or does not answer');
      }
      desk.apply(agentId, { type: 'ready' });
      return granted();
    case 'notReady':
      if (!isNotReadyReason(command.reason)) {
        return refuse('agent.reasonUnknown', `unknown reason "${command.reason}"`);
      }
      if (state === 'SIGNED_OUT') return refuse('agent.signedOut', 'sign in first');
      desk.apply(agentId, { type: 'notReady', reason: command.reason });
      return granted();
    case 'endWrapUp':
      if (state === 'SIGNED_OUT') return refuse('agent.signedOut', 'sign in first');
      desk.apply(agentId, { type: 'wrapUpOver', callId });
      return granted();
    case 'releaseCall':
      if (state !== 'TALKING' || callId === null) return refuse('call.none', 'the agent is not talking');
      engine.apply(callId, { type: 'agentReleases' });
      return granted();
    default:
      return command satisfies never;
  }
}
