import type { Desks } from './desks.ts';
import type { Spot } from './lanes.ts';
import type { WhyWaiting } from './reasons.ts';

/** Nobody is idle for him at any of his desks: because all are busy, because nobody can do what he asks for, or is there. */
export function whyNobody(desks: Desks, spots: readonly Pick<Spot, 'lanes'>[]): WhyWaiting {
  const lanes = spots.flatMap((spot) => spot.lanes.at(-1) ?? []);
  const present = desks.ableIn(lanes);
  if (present > 0) return { kind: 'allBusy', present };
  const staffed = lanes.find(({ queue }) => desks.presentIn(queue) > 0);
  return staffed === undefined
    ? { kind: 'nobodySignedIn' }
    : { kind: 'nobodyWithSkill', required: staffed.needs };
}
