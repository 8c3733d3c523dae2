import type { Desks } from './desks.ts';
import type { Kept } from './kept.ts';
import { type Idle, type Meeting, sooner, type Waiting } from './lanes.ts';
import { isCutOff } from './rank.ts';

/** Of all who wait and whom this agent could take the first; null: there is nobody. */
export function pickFor(agent: Idle, desks: Desks, kept: Kept): Meeting | null {
  let best: Meeting | null = null;
  for (const queue of agent.queues) {
    const caller = desks.of(queue).firstFor(agent.skills);
    if (caller === undefined || (best !== null && !sooner(caller, best.caller))) continue;
    const spot = caller.spots.find((one) => one.queue === queue);
    if (spot !== undefined) best = { caller, spot };
  }
  const own = kept.first(agent);
  return own !== null && (best === null || goesBefore(own.caller, best.caller)) ? own : best;
}

/** Of all whom one of these agents could take the first in line. */
export function pickFirst(agents: Iterable<Idle>, desks: Desks, kept: Kept): Waiting | null {
  let first: Waiting | null = null;
  for (const agent of agents) {
    const caller = pickFor(agent, desks, kept)?.caller;
    if (caller !== undefined && (first === null || goesBefore(caller, first))) first = caller;
  }
  return first;
}

/** A talk that was cut off goes before everybody, who is kept for the agent before those who are kept for nobody. */
const kindOf = (caller: Waiting): number => (isCutOff(caller) ? 0 : caller.keptFor === null ? 2 : 1);

export function goesBefore(one: Waiting, other: Waiting): boolean {
  const [kind, otherKind] = [kindOf(one), kindOf(other)];
  return kind === otherKind ? sooner(one, other) : kind < otherKind;
}
