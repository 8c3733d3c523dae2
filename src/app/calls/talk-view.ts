import type { Call } from '../../domain/calls/call.ts';
import {
  type Conversation,
  isConnected,
  type Party,
  partyOf,
  phaseOf,
} from '../../domain/calls/conversation/conversation.ts';
import { type EmergencyBridge, invitedState } from '../../domain/calls/conversation/emergency-bridge.ts';
import { talkOf } from '../../domain/calls/conversation/talk-of.ts';
import type { TalkPartyView, TalkView } from '../ports/call-view.ts';

/** Who is in the talk of a call and where, as a screen shows it; null when it is not in one. */
export function talkViewOf(call: Call): TalkView | null {
  const talk = talkOf(call);
  if (talk === null) return null;
  const { citizen, parties, sender, bridge } = talk;
  return {
    phase: phaseOf(talk),
    citizen: {
      muted: citizen.muted,
      held: citizen.held === null ? null : { why: citizen.held.why, sinceMs: citizen.held.sinceMs },
    },
    parties: parties.map(partyView),
    sender,
    bridge: bridge == null ? null : bridgeView(bridge, talk),
  };
}

function bridgeView(bridge: EmergencyBridge, talk: Conversation): NonNullable<TalkView['bridge']> {
  const isThere = (leg: string): boolean => {
    const party = partyOf(talk, leg);
    return party !== null && isConnected(party);
  };
  const { by, list, state, people, attempts } = bridge;
  return {
    by,
    list,
    state,
    people: people.map(({ name, number }, rung) => {
      const own = attempts.filter((one) => one.rung === rung);
      const leg = own.at(-1)?.leg ?? '';
      const party = partyOf(talk, leg) === null ? null : leg;
      return { name, number, state: invitedState(bridge, rung, isThere), tries: own.length, party };
    }),
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
    ...(who.kind === 'number' && who.expert !== undefined ? { expert: who.expert } : {}),
  };
}
