import type { Hall } from './hall.ts';
import type { Idle, Waiting } from './lanes.ts';
import type { Offer } from './offer.ts';
import { goesBefore, pickFirst, pickFor } from './pick.ts';

interface Made {
  readonly offer: Offer;
  readonly caller: Waiting;
  readonly idle: Idle;
}

/** See `Router.reconsider`. */
export function matchAnew(hall: Hall, offers: readonly Offer[], nowMs: number): readonly Offer[] {
  const made = offers.flatMap((offer) => madeBy(hall, offer) ?? []);
  const isOvertaken = ({ caller, idle }: Made): boolean => {
    const met = pickFor(idle, hall.desks, hall.kept);
    return met !== null && goesBefore(met.caller, caller);
  };
  if (!made.some(isOvertaken)) return offers;
  const free = new Map<string, Idle>();
  for (const { caller, idle } of made) {
    hall.release(caller);
    hall.stand(caller);
    const again = { ...idle, places: [] };
    hall.idles(again);
    free.set(idle.agentId, again);
  }
  const others = offers.filter((offer) => !made.some((one) => one.offer === offer));
  const back = made.map(({ caller }) => caller).sort((one, other) => (goesBefore(one, other) ? -1 : 1));
  return [...others, ...matched(hall, free, back, nowMs)];
}

/** null: one of the two changed since. */
function madeBy(hall: Hall, offer: Offer): Made | null {
  const caller = hall.caller(offer.callId);
  const idle = hall.reservation(offer.agentId)?.idle ?? null;
  return caller?.offeredTo === offer.agentId && idle !== null ? { offer, caller, idle } : null;
}

/**
 * The first in line of all who can be had by one of these, or who are back and for whom somebody was idle before, with
 * whom he would choose himself; and so on.
 */
function matched(
  hall: Hall,
  free: Map<string, Idle>,
  back: readonly Waiting[],
  nowMs: number,
): readonly Offer[] {
  const offers: Offer[] = [];
  for (;;) {
    const met = pickFirst(free.values(), hall.desks, hall.kept);
    const own = back.find((caller) => caller.offeredTo === null && hall.chosenBy(caller) !== null);
    const first = own !== undefined && (met === null || goesBefore(own, met)) ? own : met;
    const chosen = first === null ? null : hall.chosenBy(first);
    if (first === null || chosen === null) return offers;
    const offer = hall.offer(first, chosen, nowMs);
    free.delete(offer.agentId);
    offers.push(offer);
  }
}
