import type { Call, CallCommand } from '../call.ts';
import { asideOf, bridgeOf } from '../steps.ts';
import type { Conversation, Party } from './conversation.ts';

/** Where a channel is to be. null: nowhere yet, it rings. */
export type Place = 'main' | 'aside' | 'music' | null;

export function placeOf({ state, role }: Party): Place {
  switch (state) {
    case 'ringing':
      return null;
    case 'joining':
      return role === 'consulted' ? 'aside' : 'main';
    case 'in':
      return 'main';
    case 'aside':
      return 'aside';
    case 'held':
      return 'music';
    default:
      return state satisfies never;
  }
}

/** Of each channel of the talk, the citizen's first: he is not to wait for the others. */
export function placesOf(call: Call, { citizen, parties }: Conversation): ReadonlyMap<string, Place> {
  return new Map([
    [call.channel, citizen.held === null ? 'main' : 'music'],
    ...parties.map((party) => [party.id, placeOf(party)] as const),
  ]);
}

export const bridgeAt = (call: Call, place: Place): string | null =>
  place === 'main' ? bridgeOf(call) : place === 'aside' ? asideOf(call) : null;

/** One channel is brought to its place from wherever it is. */
function brought(call: Call, channel: string, from: Place, to: Place): CallCommand[] {
  const bridge = bridgeAt(call, to);
  // Joining takes a channel out of the bridge where it is, and its music away.
  if (bridge !== null) return [{ kind: 'join', bridge, channel }];
  if (to === null) return [];
  const before = bridgeAt(call, from);
  return [
    ...(before === null ? [] : [{ kind: 'part', bridge: before, channel } as const]),
    { kind: 'music', channel },
  ];
}

const muteOf = (call: Call, { citizen, parties }: Conversation): ReadonlyMap<string, boolean> =>
  new Map([[call.channel, citizen.muted], ...parties.map(({ id, muted }) => [id, muted] as const)]);

/** What must be done so that everybody is where the talk has him. First away, then together: nobody hears what is not for him. */
export function placing(call: Call, before: Conversation, after: Conversation): CallCommand[] {
  const [was, is] = [placesOf(call, before), placesOf(call, after)];
  const [spoke, speaks] = [muteOf(call, before), muteOf(call, after)];
  const moves = [...is].filter(([channel, place]) => place !== (was.get(channel) ?? null));
  const away = moves.filter(([, place]) => place === 'music');
  const together = moves.filter(([, place]) => place !== 'music');
  const inUse = (places: ReadonlyMap<string, Place>) => [...places.values()].includes('aside');
  return [
    ...[...away, ...together].flatMap(([channel, place]) =>
      brought(call, channel, was.get(channel) ?? null, place),
    ),
    ...[...speaks].flatMap(([channel, muted]) =>
      muted === (spoke.get(channel) ?? false) ? [] : [{ kind: 'mute', channel, muted } as const],
    ),
    ...(inUse(was) && !inUse(is) ? [{ kind: 'destroyBridge', bridge: asideOf(call) } as const] : []),
  ];
}

/** The switch has it elsewhere: once more, from wherever it is. */
export function placedAgain(call: Call, conversation: Conversation, channel: string): CallCommand[] {
  const place = placesOf(call, conversation).get(channel) ?? null;
  if (place !== 'music') return brought(call, channel, null, place);
  const parted = [bridgeOf(call), asideOf(call)].map(
    (bridge) => ({ kind: 'part', bridge, channel }) as const,
  );
  return [...parted, { kind: 'music', channel }];
}

/** The talk is no more, and nobody is to be anywhere. */
export const bridgesGone = (call: Call, { parties }: Conversation): CallCommand[] => [
  { kind: 'destroyBridge', bridge: bridgeOf(call) },
  ...(parties.some(({ state, role }) => state === 'aside' || (state === 'joining' && role === 'consulted'))
    ? [{ kind: 'destroyBridge', bridge: asideOf(call) } as const]
    : []),
];

/** Whoever talks with the citizen next hears him. */
export const unmuted = (call: Call, { citizen }: Conversation): CallCommand[] =>
  citizen.muted ? [{ kind: 'mute', channel: call.channel, muted: false }] : [];
