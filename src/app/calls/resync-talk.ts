import type { Presence } from '../../domain/agents/presence.ts';
import type { Call } from '../../domain/calls/call.ts';
import type { CallEvent } from '../../domain/calls/call-event.ts';
import type { Conversation, Party } from '../../domain/calls/conversation/conversation.ts';
import {
  bridgeAt,
  bridgesOf as bridgesOfTalk,
  MUSIC,
  type Place,
  placesOf,
} from '../../domain/calls/conversation/places.ts';
import { talkOf } from '../../domain/calls/conversation/talk-of.ts';
import { bridgeOf } from '../../domain/calls/steps.ts';
import type { SwitchSnapshot } from '../ports/switch.ts';
import type { CallBook } from './call-book.ts';

export type Channels = ReadonlyMap<string, SwitchSnapshot['channels'][number]>;

/** Where a talk and the switch disagree: somebody is gone, has answered, was joined, or is elsewhere. */
export function ofTalk(
  call: Call,
  talk: Conversation,
  channels: Channels,
  isReachable: (agentId: string) => boolean,
  sinceWhen: 'connected' | 'watching',
): { readonly what: string; readonly event: CallEvent }[] {
  const places = placesOf(call, talk);
  const elsewhere = (channel: string, place: Place, isMuted: boolean) => {
    const there = channels.get(channel);
    const bridge = bridgeAt(place);
    // What was to be heard while nobody listened may not have begun, nor who was not to be. Music that is known to play is
    // let play: begun anew it has a seam.
    const silent = place === MUSIC && there?.music !== true;
    const unsure = (silent || isMuted) && sinceWhen === 'connected';
    const right = there === undefined || place === null || (there.bridge === bridge && !unsure);
    return right
      ? []
      : [{ what: `misplaced ${channel} ${bridge}`, event: { type: 'misplaced', channel } as const }];
  };
  return [
    ...elsewhere(call.channel, places.get(call.channel) ?? null, talk.citizen.muted),
    ...talk.parties.flatMap((party) => {
      const place = places.get(party.id) ?? null;
      return (
        ofParty(party, bridgeAt(place), channels, isReachable) ?? elsewhere(party.id, place, party.muted)
      );
    }),
  ];
}

/** null: it is there, and in a state that says nothing new. */
function ofParty(
  { id, who, state }: Party,
  bridge: string | null,
  channels: Channels,
  isReachable: (agentId: string) => boolean,
): { readonly what: string; readonly event: CallEvent }[] | null {
  // Nobody is rung for him yet.
  if (state === 'awaited') return [];
  const there = channels.get(id);
  if (there === undefined) {
    const phoneLost = who.kind === 'agent' && who.agentId !== null && !isReachable(who.agentId);
    const event = { type: 'legEnded', leg: id, reason: 'unknown', phoneLost } as const;
    return [{ what: `legEnded ${id}`, event }];
  }
  if (state === 'ringing') {
    return there.up ? [{ what: `legAnswered ${id}`, event: { type: 'legAnswered', leg: id } }] : [];
  }
  if (state !== 'joining' || bridge === null || there.bridge !== bridge) return null;
  return [{ what: `joinDone ${id}`, event: { type: 'joinDone', channel: id, bridge, outcome: 'done' } }];
}

/** The bridges in which somebody of this call is to be. */
export function bridgesOf(call: Call): readonly string[] {
  const talk = talkOf(call);
  if (talk !== null) return bridgesOfTalk(call, talk);
  return call.state === 'connecting' || call.state === 'dialling' ? [bridgeOf(call)] : [];
}

/** The agent has another call than this one, or is on his way to it. */
export function isElsewhere(presence: Presence | null, callId: string, book: CallBook): boolean {
  const has = presence?.callId ?? null;
  if (presence === null || has === null || has === callId) return false;
  const other = book.get(has)?.call;
  return other !== undefined && hasAgent(other, presence.agentId);
}

/** The agent is in the call, or on his way to it. */
export function hasAgent(call: Call, agentId: string): boolean {
  const talk = talkOf(call);
  if (talk === null) return call.leg?.kind === 'agent' && call.leg.agentId === agentId;
  return talk.parties.some(({ who }) => who.kind === 'agent' && who.agentId === agentId);
}
