import { meets } from '../skills/skills.ts';
import { IndexedHeap } from './indexed-heap.ts';
import { type Idle, type Meeting, type Spot, sooner, type Waiting } from './lanes.ts';

/**
 * Callers who are kept for the agent that knows them: the one who has their case, or talked with them last. They stand
 * in no lane meanwhile. For how long is not decided here: whoever keeps them lets them go.
 */
export class Kept {
  readonly #byAgent = new Map<string, IndexedHeap<Waiting>>();

  add(caller: Waiting, agentId: string): void {
    let line = this.#byAgent.get(agentId);
    if (line === undefined) {
      line = new IndexedHeap(sooner);
      this.#byAgent.set(agentId, line);
    }
    caller.keptPlace ??= line.add(caller);
  }

  remove(caller: Waiting): void {
    const { keptFor, keptPlace } = caller;
    if (keptPlace === null || keptFor === null) return;
    const line = this.#byAgent.get(keptFor);
    line?.remove(keptPlace);
    if (line?.size === 0) this.#byAgent.delete(keptFor);
    caller.keptPlace = null;
  }

  /** The first of those kept for this agent whom he may take. They are few: nobody is kept for long. */
  first(agent: Idle): Meeting | null {
    let best: Meeting | null = null;
    for (const caller of this.#byAgent.get(agent.agentId)?.items() ?? []) {
      if (best !== null && !sooner(caller, best.caller)) continue;
      const spot = spotOf(agent, caller.spots);
      if (spot !== undefined) best = { caller, spot };
    }
    return best;
  }

  of(agentId: string): readonly string[] {
    return [...(this.#byAgent.get(agentId)?.items() ?? [])].map(({ callId }) => callId);
  }
}

/** Where this agent may take him: one of the caller's queues that is the agent's as well. */
export const spotOf = (agent: Idle, spots: readonly Spot[]): Spot | undefined =>
  spots.find(
    ({ queue, lanes }) => agent.queues.includes(queue) && meets(agent.skills, lanes.at(-1)?.needs ?? []),
  );
