import type { Fact } from '../../../src/app/ports/facts.ts';
import type { Waiting } from '../../../src/domain/calls/call.ts';
import { isCutOff, rankOf } from '../../../src/domain/routing/rank.ts';
import { askOf, meets, skillsOf } from '../../../src/domain/skills/skills.ts';
import type { House } from './harness.ts';
import { holds } from './model-holds.ts';

// Who is served first in the days of the model, against a reference that is as simple as can be: of all who wait and whom the
// agent may take the one with the smallest rank. Exceptions: a talk that was cut off goes before all, and after it whoever is
// kept for this very agent. Several ends that one look at the switch finds are one event. Where words of the switch got lost
// two looks may find what happened at once, one after the other: whom the first sets free is given to who waits by then.

/** Smaller goes first: by the first figure, then by the second. */
type Place = readonly [kind: number, rank: number];
type Standing = Pick<Waiting, 'priority' | 'sinceMs'>;

interface Served {
  readonly callId: string;
  readonly agentId: string;
  /** As he knew it at his ring. */
  readonly waiting: Standing;
  readonly isKept: boolean;
  /** Which of the facts told that he came into the queue. */
  readonly entered: number;
  /** Who waited at that moment, could have been had by the same agent, and stands there. */
  readonly others: readonly {
    readonly callId: string;
    readonly place: Place;
    /** Came into the queue when the agent was free already. */
    readonly isLate: boolean;
  }[];
}

type RangFact = Extract<Fact, { readonly type: 'legRang' }>;

const placeOf = ({ priority, sinceMs }: Standing, isKept: boolean): Place => [
  isCutOff({ priority }) ? 0 : isKept ? 1 : 2,
  rankOf(priority, sinceMs),
];
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
    if (call?.state !== 'ringingAgent' || call.waiting === null) return;
    const { callId, agentId } = fact;
    this.#served.push({
      callId,
      agentId,
      waiting: call.waiting,
      isKept: fact.reason.includes('原受理人优先'),
      entered: enteredAt(house, callId),
      others: othersFor(house, fact, agentId),
    });
  }

  /** `told`: all that happened was, one by one. */
  check(house: House, told: boolean): void {
    for (const one of this.#served.splice(0)) {
      const { callId, agentId, others } = one;
      this.compared += others.length > 0 ? 1 : 0;
      const own = placeOf(standingOf(house, one), one.isKept);
      for (const other of others) {
        holds(
          (other.isLate && !told) || !sooner(other.place, own),
          () => `${agentId} got ${callId} (${own}), ${other.callId} (${other.place}) waits`,
        );
      }
    }
  }
}

const enteredAt = (house: House, callId: string): number =>
  house.facts.findLastIndex((fact) => fact.type === 'queueEntered' && fact.callId === callId);

/**
 * A place that he had by his callback is told right after his ring. It is all of the callback's: who was cut off, is to be
 * called back and rings in himself goes before all as he did, and stands where his talk was cut off.
 */
function standingOf(house: House, { callId, waiting, entered }: Served): Standing {
  const kept = house.facts.slice(entered + 1).flatMap((fact) => {
    if (fact.type !== 'placeKept' || fact.callId !== callId) return [];
    const told = house.facts.findLast((one) => one.type === 'callback' && one.callback.id === fact.callback);
    return told?.type === 'callback' ? [told.callback] : [];
  });
  return {
    priority: Math.min(waiting.priority, ...kept.map(({ priority }) => priority)),
    sinceMs: Math.min(waiting.sinceMs, ...kept.map(({ sinceMs }) => sinceMs)),
  };
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
    const required = call.waiting.eased === true ? [] : askOf(call.plan.recognition.line?.skills).required;
    if (!serves || !meets(skillsOf(profile), required)) return [];
    const place = placeOf(call.waiting, isKept);
    return [{ callId: call.id, place, isLate: enteredAt(house, call.id) > free }];
  });
}
