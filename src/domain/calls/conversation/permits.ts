import { type Act, type ActKind, CITIZEN, type TransferTarget } from './acts.ts';
import {
  type Conversation,
  consultedIn,
  isComing,
  isConnected,
  ownerOf,
  type Party,
  partyOf,
  partyOfAgent,
  phaseOf,
  unacceptedIn,
} from './conversation.ts';
import { CONVERSATION_TABLE } from './conversation-table.ts';
import { PARTIES_MOST } from './parties-most.ts';
import { isRejoining } from './rejoining.ts';

/** Why an act is refused. */
export const ACT_REFUSALS = [
  'talk.notInIt',
  'talk.notNow',
  'talk.partyUnknown',
  'talk.full',
  'talk.notAlone',
  'talk.lastAgent',
  'talk.emergencyNotAccepted',
  'talk.alreadyInIt',
  'talk.nobodyToHear',
  'talk.notYours',
  'talk.bridgeStands',
] as const;
export type ActRefusal = (typeof ACT_REFUSALS)[number];

/** null: granted. `by`: the agent who asks. */
export function refusalOf(talk: Conversation, by: string, act: Act): ActRefusal | null {
  const phase = phaseOf(talk);
  const actor = partyOfAgent(talk, by);
  // His page was loaded anew while it rang for him there: the ring is nobody's now.
  if (act.kind === 'reconnect' && actor !== null && isRejoining(actor)) {
    return actor.state === 'ringing' ? null : 'talk.notNow';
  }
  if (actor === null || !isConnected(actor)) {
    // Who gave the citizen away has left, and may still take it back.
    return phase === 'transferring' && act.kind === 'cancel' && talk.sender === by ? null : 'talk.notInIt';
  }
  const listed: readonly ActKind[] = CONVERSATION_TABLE[phase];
  if (!listed.includes(act.kind)) return 'talk.notNow';
  return refusedFor(talk, actor, act);
}

function refusedFor(talk: Conversation, actor: Party, act: Act): ActRefusal | null {
  switch (act.kind) {
    case 'hold':
    case 'resume':
      return actor.state === 'in' ? null : 'talk.notNow';
    case 'reconnect':
      return actor.role === 'member' ? null : 'talk.notNow';
    case 'mute':
    case 'unmute':
      return named(talk, act.party ?? actor.id, isConnected);
    case 'digits':
      return hearerOf(talk, actor, act.party) === null ? 'talk.nobodyToHear' : null;
    case 'consult':
    case 'invite':
      return actor.state === 'in' ? roomFor(talk, act.target) : 'talk.notNow';
    case 'emergencyBridge':
      if (talk.bridge?.state === 'calling') return 'talk.bridgeStands';
      return actor.state === 'in' ? null : 'talk.notNow';
    case 'transfer':
      if (actor.state !== 'in') return 'talk.notNow';
      if (unacceptedIn(talk) !== null || isEmergency(act.target)) return 'talk.emergencyNotAccepted';
      if (act.target.kind === 'queue') return talk.parties.length === 1 ? null : 'talk.notAlone';
      return roomFor(talk, act.target);
    case 'cancel':
      return act.party === null
        ? null
        : named(talk, act.party, (one) => (isComing(one) && !isRejoining(one)) || one.role === 'consulted');
    case 'swap':
    case 'merge':
      return talk.consultBy === actor.id ? null : 'talk.notNow';
    case 'complete':
      if (talk.consultBy !== actor.id) return 'talk.notNow';
      return unacceptedIn(talk) === null ? null : 'talk.emergencyNotAccepted';
    case 'remove':
      return act.party === actor.id
        ? 'talk.partyUnknown'
        : (named(talk, act.party, () => true, false) ?? mayRemove(talk, actor, act));
    case 'accepted':
      return acceptance(talk, act.party);
    case 'leave':
      return mayLeave(talk, actor);
    default:
      return act satisfies never;
  }
}

/** Whoever has the call may send away, and whoever brought the party in; a lead may in any talk that he is in. */
function mayRemove(
  talk: Conversation,
  actor: Party,
  { party, asLead }: Extract<Act, { readonly kind: 'remove' }>,
): ActRefusal | null {
  const by = actor.who.kind === 'agent' ? actor.who.agentId : null;
  const broughtIn = by !== null && partyOf(talk, party)?.by === by;
  return asLead === true || broughtIn || ownerOf(talk) === actor ? null : 'talk.notYours';
}

/** Who gives a citizen away leaves at once; from an emergency desk nobody does before it has accepted. */
const isEmergency = (target: TransferTarget): boolean =>
  target.kind === 'outside' && target.who.kind === 'emergency';

/** Only a desk that has answered can have accepted. */
function acceptance(talk: Conversation, wanted: string | null): ActRefusal | null {
  if (wanted !== null) {
    return named(talk, wanted, (one) => one.who.kind === 'emergency' && isConnected(one), false);
  }
  const pending = unacceptedIn(talk);
  return pending === null || isConnected(pending) ? null : 'talk.notNow';
}

function named(
  talk: Conversation,
  id: string,
  fits: (party: Party) => boolean,
  citizenToo = true,
): ActRefusal | null {
  if (id === CITIZEN) return citizenToo && fits === isConnected ? null : 'talk.partyUnknown';
  const party = partyOf(talk, id);
  return party !== null && fits(party) ? null : 'talk.partyUnknown';
}

function roomFor(
  { parties }: Conversation,
  target: Extract<Act, { kind: 'consult' }>['target'],
): ActRefusal | null {
  const there = parties.some(({ who }) =>
    target.kind === 'agent'
      ? who.kind === 'agent' && who.agentId === target.agentId
      : 'number' in who && who.number === target.who.number,
  );
  if (there) return 'talk.alreadyInIt';
  return parties.length >= PARTIES_MOST ? 'talk.full' : null;
}

/** An agent leaves a citizen to those who are with him, never to nobody; and no emergency call before it is accepted. */
function mayLeave(talk: Conversation, actor: Party): ActRefusal | null {
  if (talk.consultBy === actor.id) return 'talk.notNow';
  const pending = unacceptedIn(talk);
  const agents = talk.parties.filter((one) => one.who.kind === 'agent' && isConnected(one));
  if (pending !== null && agents.length === 1) return 'talk.emergencyNotAccepted';
  if (actor.role === 'consulted') return null;
  const others = talk.parties.some((one) => one.id !== actor.id && one.state === 'in');
  const held = talk.citizen.held?.why === 'hold' && agents.length === 1;
  return others && !held ? null : 'talk.lastAgent';
}

/** To whom keys are sent: who was named, else whom the agent consults, else an outside party, else the citizen. */
export function hearerOf(talk: Conversation, actor: Party, wanted: string | null): string | null {
  if (wanted === CITIZEN) return CITIZEN;
  if (wanted !== null) {
    const party = partyOf(talk, wanted);
    return party !== null && isConnected(party) && party.id !== actor.id ? party.id : null;
  }
  const consulted = consultedIn(talk);
  if (actor.state === 'aside') return consulted !== null && isConnected(consulted) ? consulted.id : null;
  const outside = talk.parties.find(({ state, who }) => state === 'in' && who.kind !== 'agent');
  if (outside !== undefined) return outside.id;
  return talk.citizen.held === null ? CITIZEN : null;
}
