import type { SwitchSnapshot } from '../ports/switch.ts';
import { callIdOf } from './call-book.ts';
import { isPersistentLegId, type LegBook, type PersistentLeg, phoneOfLegId } from './persistent-leg-book.ts';

/** What the switch has, with persistent legs under the names by which calls know them; idle ones are no call's affair. */
export function withCallsLegs(snapshot: SwitchSnapshot, book: LegBook): SwitchSnapshot {
  const nameOf = (channel: string): string | null => {
    const leg = book.ofChannel(channel);
    if (leg !== undefined) return leg.lentTo;
    return isPersistentLegId(channel) ? null : channel;
  };
  return {
    ...snapshot,
    channels: snapshot.channels.flatMap((one) => {
      const channel = nameOf(one.channel);
      // While the tone sounds nobody has answered.
      const isUp = one.up && (book.ofChannel(one.channel)?.tone ?? null) === null;
      return channel === null ? [] : [{ ...one, channel, up: isUp }];
    }),
    bridges: snapshot.bridges.map(({ bridge, channels }) => ({
      bridge,
      channels: channels.flatMap((channel) => nameOf(channel) ?? []),
    })),
  };
}

/**
 * After each connection: which legs there are still, and in which calls they are. A leg of a time before this process is
 * lent to the call that has its agent; where the call is forgotten too, to the one whose bridge it is in.
 */
export function adoptLegs(
  { channels }: SwitchSnapshot,
  book: LegBook,
  legAt: (phone: string) => string | null,
): { readonly gone: readonly PersistentLeg[]; readonly strays: readonly string[] } {
  const there = new Set(channels.map(({ channel }) => channel));
  const gone = book.all().filter((leg) => !there.has(leg.channel) && book.drop(leg));
  const strays: string[] = [];
  for (const { channel, up, bridge } of channels) {
    const phone = phoneOfLegId(channel);
    if (phone === null) continue;
    const known = book.ofChannel(channel);
    if (known !== undefined) {
      known.isUp ||= up;
      continue;
    }
    if (book.ofPhone(phone) !== undefined) {
      strays.push(channel);
      continue;
    }
    const leg = book.add(phone, channel);
    // Nobody knows whether it was muted: the next call makes sure.
    Object.assign(leg, { isUp: up, bridge, isMuted: up });
    const own = legAt(phone);
    const lentTo =
      own !== null && !there.has(own) ? own : bridge === null ? null : book.newLegIn(callIdOf(bridge));
    if (up && lentTo !== null) book.lend(leg, lentTo);
  }
  return { gone, strays };
}
