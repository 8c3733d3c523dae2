import type { Call } from '../call.ts';
import type { CallCommand } from '../call-command.ts';
import { bridgeOf } from '../steps.ts';
import type { Conversation, Party } from './conversation.ts';

export const MUSIC = 'music';
/** Where a channel is to be: in a bridge, alone with music, or (null) nowhere yet, because it rings. */
export type Place = string | null;

export const bridgeAt = (place: Place): string | null => (place === MUSIC ? null : place);

function placeOf(call: Call, { state, role }: Party, aside: string | null): Place {
  switch (state) {
    case 'awaited':
    case 'ringing':
    case 'confirming':
      return null;
    case 'joining':
      return role === 'consulted' ? aside : bridgeOf(call);
    case 'in':
      return bridgeOf(call);
    case 'aside':
      return aside;
    case 'held':
      return MUSIC;
    default:
      return state satisfies never;
  }
}

/** The bridge of those who stepped aside, kept until they are done: one that is just being destroyed takes nobody in. */
const asideOf = ({ consultBy, aside }: Conversation): string | null => (consultBy === null ? null : aside);

/** Of each channel of the talk, the citizen's first: he is not to wait for the others. */
export function placesOf(call: Call, talk: Conversation): ReadonlyMap<string, Place> {
  const { citizen, parties } = talk;
  return new Map([
    [call.channel, citizen.held === null ? bridgeOf(call) : MUSIC],
    ...parties.map((party) => [party.id, placeOf(call, party, asideOf(talk))] as const),
  ]);
}

/** The bridges of the talk. The main one stays while all of them are elsewhere for a while. */
export function bridgesOf(call: Call, talk: Conversation): readonly string[] {
  const aside = asideOf(talk);
  return aside === null ? [bridgeOf(call)] : [bridgeOf(call), aside];
}

/** One channel is brought to its place from wherever it is. */
function brought(channel: string, from: Place, to: Place): CallCommand[] {
  if (to === null) return [];
  // Joining takes a channel out of the bridge where it is, and its music away.
  if (to !== MUSIC) return [{ kind: 'join', bridge: to, channel }];
  const before = bridgeAt(from);
  return [
    ...(before === null ? [] : [{ kind: 'part', bridge: before, channel } as const]),
    { kind: 'music', channel },
  ];
}

/** Whoever is nowhere yet has no channel to mute: that is said when he comes. */
function muteOf(call: Call, talk: Conversation): ReadonlyMap<string, boolean> {
  const places = placesOf(call, talk);
  return new Map([
    [call.channel, talk.citizen.muted],
    ...talk.parties.map(({ id, muted }) => [id, muted && (places.get(id) ?? null) !== null] as const),
  ]);
}

/**
 * What must be done so that everybody is where the talk has him. First away and muted, then together: nobody hears what is
 * not for him.
 */
export function placing(call: Call, before: Conversation, after: Conversation): CallCommand[] {
  const [was, is] = [placesOf(call, before), placesOf(call, after)];
  const [spoke, speaks] = [muteOf(call, before), muteOf(call, after)];
  const moves = [...is].filter(([channel, place]) => place !== (was.get(channel) ?? null));
  const away = moves.filter(([, place]) => place === MUSIC);
  const together = moves.filter(([, place]) => place !== MUSIC);
  const kept = bridgesOf(call, after);
  const brings = (moved: typeof moves): CallCommand[] =>
    moved.flatMap(([channel, place]) => brought(channel, was.get(channel) ?? null, place));
  const mutes = (wanted: boolean): CallCommand[] =>
    [...speaks].flatMap(([channel, muted]) =>
      muted !== wanted || muted === (spoke.get(channel) ?? false)
        ? []
        : [{ kind: 'mute', channel, muted } as const],
    );
  return [
    ...brings(away),
    ...mutes(true),
    ...brings(together),
    ...mutes(false),
    ...bridgesOf(call, before).flatMap((bridge) =>
      kept.includes(bridge) ? [] : [{ kind: 'destroyBridge', bridge } as const],
    ),
  ];
}

/** The switch has it elsewhere, or may not have been told: once more, from wherever it is. */
export function placedAgain(call: Call, talk: Conversation, channel: string): CallCommand[] {
  const place = placesOf(call, talk).get(channel) ?? null;
  const isMuted = muteOf(call, talk).get(channel) === true;
  const mute: CallCommand[] = isMuted ? [{ kind: 'mute', channel, muted: true }] : [];
  if (place !== MUSIC) return [...mute, ...brought(channel, null, place)];
  const parted = bridgesOf(call, talk).map((bridge) => ({ kind: 'part', bridge, channel }) as const);
  return [...mute, ...parted, { kind: 'music', channel }];
}

/** The talk is no more, and nobody is to be anywhere. */
export const bridgesGone = (call: Call, talk: Conversation): CallCommand[] =>
  bridgesOf(call, talk).map((bridge) => ({ kind: 'destroyBridge', bridge }) as const);

/** Whoever talks with the citizen next hears him. */
export const unmuted = (call: Call, { citizen }: Conversation): CallCommand[] =>
  citizen.muted ? [{ kind: 'mute', channel: call.channel, muted: false }] : [];
