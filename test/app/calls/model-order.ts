import type { Fact } from '../../../src/app/ports/facts.ts';
import type { Call } from '../../../src/domain/calls/call.ts';
import { isCutOff, rankOf } from '../../../src/domain/routing/rank.ts';
import { askOf, meets, skillsOf } from '../../../src/domain/skills/skills.ts';
import type { House } from './harness.ts';
import { holds } from './model-holds.ts';

// Who is served first in the days of the model, against a reference that is as simple as can be: of all who wait and whom the
// agent may take the one with the smallest rank. Exceptions: a talk that was cut off goes before all, and after it whoever is
// kept for this very agent. Where words of the switch got lost, one look at it finds several ends at once: whom the first
// of them sets free is given to who waits by then, and not to whom the second puts back into the queue.

/** Smaller goes first: by the first figure, then by the second. */
type Place = readonly [kind: number, rank: number];

interface Served {
  readonly callId: string;
  readonly agentId: string;
  readonly place: Place;
  /** Who waited at that moment, could have been had by the same agent, and stands there. */
  readonly others: readonly {
    readonly callId: string;
    readonly place: Place;
    /** Came into the queue when the agent was free already. */
    readonly isLate: boolean;
  }[];
}

type RangFact = Extract<Fact, { readonly type: 'legRang' }>;

const placeOf = ({ waiting }: Call, isKept: boolean): Place | null => {
  if (waiting === null) return null;
  const { priority, sinceMs } = waiting;
  return [isCutOff({ priority }) ? 0 : isKept ? 1 : 2, rankOf(priority, sinceMs)];
};
const sooner = (one: Place, other: Place): boolean =>
  one[0] !== other[0] ? one[0] < other[0] : one[1] < other[1];

/** Looks at each offer at the moment of its ring. */
export class ModelOrder {
  /** How many were offered while others waited. */
  compared = 0;
  readonly #served: Served[] = [];

  heard(house: House, fact: Fact): void {
    if (fact.type !== 'legRang' || fact.agentId === null) return;
    const call = house.control.engine.book.get(fact.callId)?.call;
    if (call?.state !== 'ringingAgent') return;
    const place = placeOf(call, fact.reason.includes('原受理人优先'));
    if (place === null) return;
    const { callId, agentId } = fact;
    this.#served.push({ callId, agentId, place, others: othersFor(house, fact, agentId) });
  }

  /** A place that he had by his callback is told right after his ring. `told`: all that happened was, one by one. */
  check(house: House, told: boolean): void {
    for (const { callId, agentId, place, others } of this.#served.splice(0)) {
      this.compared += others.length > 0 ? 1 : 0;
      const kept = house.facts.flatMap((fact) =>
        fact.type === 'placeKept' && fact.callId === callId ? [rankOf(1, fact.sinceMs)] : [],
      );
      const own: Place = [place[0], Math.min(place[1], ...kept)];
      for (const other of others) {
        holds(
          (other.isLate && !told) || !sooner(other.place, own),
          () => `${agentId} got ${callId} (${own}), ${other.callId} (${other.place}) waits`,
        );
      }
    }
  }
}

function othersFor(house: House, { callId }: RangFact, agentId: string): Served['others'] {
  const { engine, desk } = house.control;
  const profile = desk.profile(agentId);
  if (profile === null) return [];
  const free = house.facts.findLastIndex(
    (fact) => fact.type === 'presence' && fact.agentId === agentId && fact.state === 'READY',
  );
  return [...engine.book.all()].flatMap(({ call }) => {
    const why = engine.router.whyWaits(call.id);
    if (call.id === callId || call.state !== 'queued' || call.waiting === null || why === null) return [];
    const isKept = why.kind === 'keptForAgent';
    if (isKept && why.agentId !== agentId) return [];
    const serves = (call.waiting.hops ?? []).some(({ queue }) => profile.queues.includes(queue));
    const { required } = askOf(call.plan.recognition.line?.skills);
    const place = placeOf(call, isKept);
    if (!serves || !meets(skillsOf(profile), required) || place === null) return [];
    const came = house.facts.findLastIndex((fact) => fact.type === 'queueEntered' && fact.callId === call.id);
    return [{ callId: call.id, place, isLate: came > free }];
  });
}
