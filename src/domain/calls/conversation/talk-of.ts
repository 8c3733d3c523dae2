import type { Call, Leg, Side } from '../call.ts';
import { type Conversation, isConnected, type Party, partyOfAgent, type Who } from './conversation.ts';

const whoOf = (leg: Leg): Who => {
  switch (leg.kind) {
    case 'agent':
      return { kind: 'agent', agentId: leg.agentId };
    case 'unit':
      return { kind: 'unit', number: leg.number, code: null, name: null };
    case 'centre':
      return { kind: 'centre', address: leg.address };
    default:
      return leg satisfies never;
  }
};

/** With whom it begins: one, as a rule, and as it was found in a call that an earlier release saved. */
export function talkOfLegs(legs: readonly Leg[], sinceMs: number): Conversation {
  const party = (one: Leg): Party => ({
    id: one.id,
    who: whoOf(one),
    state: 'in',
    role: 'member',
    by: null,
    sinceMs,
    muted: false,
    ringTimeoutMs: 0,
  });
  return {
    parties: legs.map(party),
    citizen: { muted: false, held: null },
    consultBy: null,
    aside: null,
    sender: null,
    unjoined: [],
  };
}

/** Who is in the talk of this call; null when it is not in one. */
export const talkOf = (call: Call): Conversation | null =>
  call.state === 'talking'
    ? (call.conversation ?? talkOfLegs(call.leg === null ? [] : [call.leg], call.sinceMs))
    : null;

/** In the words of the books, which know three kinds. */
export function sideOf(who: Who): Exclude<Side, 'caller' | 'system'> {
  return who.kind === 'number' || who.kind === 'emergency' || who.kind === 'onCall' ? 'unit' : who.kind;
}

function legOf({ id, who, ringTimeoutMs, answersItself }: Party): Leg {
  switch (who.kind) {
    case 'agent':
      return {
        ...{ kind: 'agent', id, agentId: who.agentId, ringTimeoutMs },
        ...(answersItself === undefined ? {} : { answersItself }),
      };
    case 'unit':
    case 'number':
    case 'emergency':
    case 'onCall':
      return { kind: 'unit', id, number: who.number };
    case 'centre':
      return { kind: 'centre', id, address: who.address };
    default:
      return who satisfies never;
  }
}

/** Who answers for the call: an agent before all others, whoever is with the citizen before whoever is on his way. */
export function leadOf({ parties }: Conversation): Leg | null {
  const connected = parties.filter(isConnected);
  const first =
    connected.find(({ who }) => who.kind === 'agent') ??
    connected.find(({ state }) => state === 'in') ??
    connected[0] ??
    parties[0];
  return first === undefined ? null : legOf(first);
}

/** The party whose channel this is, in any state of the call. */
export function agentOfLeg(call: Call, leg: string): string | null {
  const who = talkOf(call)?.parties.find(({ id }) => id === leg)?.who;
  if (who !== undefined) return who.kind === 'agent' ? who.agentId : null;
  return call.leg?.id === leg && call.leg.kind === 'agent' ? call.leg.agentId : null;
}

/** The other way round; null: the agent is not in this call. */
export function legOfAgent(call: Call, agentId: string): string | null {
  const { leg } = call;
  const talk = talkOf(call);
  if (talk !== null) return partyOfAgent(talk, agentId)?.id ?? null;
  return leg?.kind === 'agent' && leg.agentId === agentId ? leg.id : null;
}

export function ringingLegsOf(call: Call): readonly string[] {
  const rung = talkOf(call)?.parties.filter(({ state }) => state === 'ringing');
  if (rung !== undefined) return rung.map(({ id }) => id);
  const rings = call.state === 'ringingAgent' || call.state === 'callingAgent';
  return rings && call.leg !== null ? [call.leg.id] : [];
}

/** Legs at the switch that belong to this call. */
export function legsOf(call: Call): readonly string[] {
  return talkOf(call)?.parties.map(({ id }) => id) ?? (call.leg === null ? [] : [call.leg.id]);
}
