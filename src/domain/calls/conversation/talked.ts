import type { Call } from '../call.ts';
import type { CallFact } from '../facts.ts';
import type { Party } from './conversation.ts';
import { sideOf } from './talk-of.ts';

export const joinedFact = ({ id, who }: Party, how: string, by: string | null): CallFact => ({
  type: 'partyJoined',
  leg: id,
  kind: who.kind,
  agentId: who.kind === 'agent' ? who.agentId : null,
  how,
  by,
});

/** The citizen has somebody new. Once an agent has talked with him the call was answered by an agent, whoever helped. */
export function answeredByAnother(
  call: Call,
  party: Party,
  how: string,
  by: string | null,
): { readonly change: Partial<Call>; readonly facts: readonly CallFact[] } {
  const { who, id } = party;
  // Whoever merely joins leaves the call to the agent who has it; who takes it over has it from now on.
  const takes = who.kind === 'agent' && how !== 'invited';
  return {
    change: { talkedWith: call.talkedWith === 'agent' ? 'agent' : sideOf(who) },
    facts: [
      joinedFact(party, how, by),
      ...(takes ? [{ type: 'talkStarted', leg: id, agentId: who.agentId } as const] : []),
    ],
  };
}
