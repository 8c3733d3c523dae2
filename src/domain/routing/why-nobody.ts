import { NO_ASK } from '../skills/skills.ts';
import type { Desks } from './desks.ts';
import type { Hall } from './hall.ts';
import { spotOf } from './kept.ts';
import type { Spot, Waiting } from './lanes.ts';
import type { AskedAt } from './offer.ts';
import type { WhyWaiting } from './reasons.ts';

/** null when it is not waiting: offered to somebody. */
export function whyWaits(desks: Desks, { offeredTo, keptFor, spots }: Waiting): WhyWaiting | null {
  if (offeredTo !== null) return null;
  return keptFor === null ? whyNobody(desks, spots) : { kind: 'keptForAgent', agentId: keptFor };
}

/** Why somebody who stands so waits, or will; null: an agent is idle for him. */
export function whyWouldWait(
  hall: Hall,
  stands: readonly AskedAt[],
  keptFor: string | null,
): WhyWaiting | null {
  const spots = stands.map(({ queue, ask }) => hall.spot(queue, ask ?? NO_ASK));
  if (keptFor !== null) {
    const owner = hall.idle(keptFor);
    return owner !== undefined && spotOf(owner, spots) !== undefined
      ? null
      : { kind: 'keptForAgent', agentId: keptFor };
  }
  const isServed = spots.some(({ lanes }) => (lanes.at(-1)?.idle.size ?? 0) > 0);
  return isServed ? null : whyNobody(hall.desks, spots);
}

/** Nobody is idle for him at any of his desks: because all are busy, because nobody can do what he asks for, or is there. */
function whyNobody(desks: Desks, spots: readonly Pick<Spot, 'lanes'>[]): WhyWaiting {
  const lanes = spots.flatMap((spot) => spot.lanes.at(-1) ?? []);
  const present = desks.ableIn(lanes);
  if (present > 0) return { kind: 'allBusy', present };
  const staffed = lanes.find(({ queue }) => desks.presentIn(queue) > 0);
  return staffed === undefined
    ? { kind: 'nobodySignedIn' }
    : { kind: 'nobodyWithSkill', required: staffed.needs };
}
