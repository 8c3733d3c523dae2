import type { Call } from '../../domain/calls/call.ts';
import { type Party, phaseOf } from '../../domain/calls/conversation/conversation.ts';
import { talkOf } from '../../domain/calls/conversation/talk-of.ts';
import type { TalkPartyView, TalkView } from '../ports/commands.ts';

/** Who is in the talk of a call and where, as a screen shows it; null when it is not in one. */
export function talkViewOf(call: Call): TalkView | null {
  const talk = talkOf(call);
  if (talk === null) return null;
  const { citizen, parties, sender } = talk;
  return {
    phase: phaseOf(talk),
    citizen: {
      muted: citizen.muted,
      held: citizen.held === null ? null : { why: citizen.held.why, sinceMs: citizen.held.sinceMs },
    },
    parties: parties.map(partyView),
    sender,
  };
}

function partyView({ id, who, state, role, by, sinceMs, muted }: Party): TalkPartyView {
  return {
    id,
    kind: who.kind,
    agentId: who.kind === 'agent' ? who.agentId : null,
    number: 'number' in who ? who.number : null,
    name: 'name' in who ? who.name : null,
    accepted: who.kind === 'emergency' ? who.accepted : null,
    state,
    role,
    by,
    sinceMs,
    muted,
  };
}
