import { type Ask, keyOf, meets, type SkillNeed, type Skills } from '../skills/skills.ts';
import { IndexedHeap, type Place } from './indexed-heap.ts';

export interface FreeAgent {
  readonly agentId: string;
  readonly queues: readonly string[];
  /** Since when nobody called. */
  readonly sinceMs: number;
  readonly skills?: Skills;
}

/** One queue in which a caller looks for an agent. */
export interface Spot {
  readonly queue: string;
  /** The last is the lane to wait in; the agents of those before it are asked first. */
  readonly lanes: readonly Lane[];
  place: Place<Waiting> | null;
}

export interface Waiting {
  readonly callId: string;
  readonly queue: string;
  priority: number;
  sinceMs: number;
  /** Smaller is sooner: the moment of joining, moved by the priority. Changes only while he stands nowhere. */
  rank: number;
  readonly order: number;
  /** The own queue first, then those it overflowed to, in order. */
  readonly spots: Spot[];
  offeredTo: string | null;
  /** For this agent alone, for a while. */
  keptFor: string | null;
  keptPlace: Place<Waiting> | null;
}

/** Where an agent may take a caller: one of the caller's queues that is the agent's as well. */
export interface Meeting {
  readonly caller: Waiting;
  readonly spot: Spot;
}

export interface Idle extends FreeAgent {
  readonly skills: Skills;
  readonly order: number;
  /** One in each lane that the agent stands in. */
  readonly places: Place<Idle>[];
}

/** A caller at one of the desks that he waits at. */
export interface Stands {
  readonly queue: string;
  readonly ahead: number;
  /** He asks for what not all of the desk's agents can do. */
  readonly particular: boolean;
}

export const sooner = (a: Waiting, b: Waiting): boolean =>
  a.rank !== b.rank ? a.rank < b.rank : a.order < b.order;
const idler = (a: Idle, b: Idle): boolean =>
  a.sinceMs !== b.sinceMs ? a.sinceMs < b.sinceMs : a.order < b.order;

/** Those who ask for the same in one queue, and the agents who can give it: two heaps, of which one is empty. */
export interface Lane {
  readonly queue: string;
  readonly needs: readonly SkillNeed[];
  readonly waiting: IndexedHeap<Waiting>;
  readonly idle: IndexedHeap<Idle>;
  /** Agents who are signed in, whatever they do. */
  present: number;
}

/**
 * One queue's lanes, a lane for each set of needs that has been asked for. A lane is made at its first caller, who pays
 * for it once; there are as many as the rules and the callers' languages can ask for, and no decision looks at more.
 */
export class Desk {
  readonly queue: string;
  readonly lanes: Lane[] = [];
  readonly #byKey = new Map<string, Lane>();
  readonly #present = new Map<string, Skills>();
  /** Everybody may go here: nothing is asked for. */
  readonly open: Lane;
  readonly #openOnly: readonly Lane[];

  constructor(queue: string) {
    this.queue = queue;
    this.open = this.lane([]);
    this.#openOnly = [this.open];
  }

  get present(): number {
    return this.#present.size;
  }

  get waiting(): number {
    let sum = 0;
    for (const { waiting } of this.lanes) sum += waiting.size;
    return sum;
  }

  lane(needs: readonly SkillNeed[]): Lane {
    const key = keyOf(needs);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const lane: Lane = {
      queue: this.queue,
      needs,
      waiting: new IndexedHeap<Waiting>(sooner),
      idle: new IndexedHeap<Idle>(idler),
      present: 0,
    };
    this.#byKey.set(key, lane);
    this.lanes.push(lane);
    for (const skills of this.#present.values()) if (meets(skills, needs)) lane.present += 1;
    if (needs.length > 0) {
      for (const agent of this.open.idle.items()) this.#stand(agent, lane);
    }
    return lane;
  }

  /** The lane to wait in, and before it those whose agents are asked first. */
  lanesFor({ required, preferred }: Ask): readonly Lane[] {
    if (required.length === 0 && preferred.length === 0) return this.#openOnly;
    const lanes: Lane[] = [];
    for (let wished = preferred.length; wished >= 0; wished -= 1) {
      lanes.push(this.lane([...required, ...preferred.slice(0, wished)]));
    }
    return lanes;
  }

  /** The first of those whom this agent could take. */
  firstFor(skills: Skills): Waiting | undefined {
    let best = this.open.waiting.first();
    for (let nth = 1; nth < this.lanes.length; nth += 1) {
      const lane = this.lanes[nth];
      const head = lane?.waiting.first();
      if (lane === undefined || head === undefined || (best !== undefined && !sooner(head, best))) continue;
      if (meets(skills, lane.needs)) best = head;
    }
    return best;
  }

  addIdle(agent: Idle): void {
    for (const lane of this.lanes) this.#stand(agent, lane);
  }

  #stand(agent: Idle, lane: Lane): void {
    if (lane.needs.length > 0 && !meets(agent.skills, lane.needs)) return;
    agent.places.push(lane.idle.add(agent));
  }

  /** Of those who wait here the ones before `caller`, in no order, `atMost` if they are more. */
  before(caller: Waiting, atMost: number): readonly Waiting[] {
    const found: Waiting[] = [];
    for (const { waiting } of this.lanes) found.push(...waiting.before(caller, atMost - found.length));
    return found;
  }

  /** Of those who are signed in the ones who can give this. */
  able(needs: readonly SkillNeed[]): string[] {
    return [...this.#present].flatMap(([agentId, skills]) => (meets(skills, needs) ? [agentId] : []));
  }

  /** Lanes that got their first agent by this; all of them by the desk's first. */
  arrives(agentId: string, skills: Skills): readonly Lane[] {
    if (this.#present.has(agentId)) this.leaves(agentId);
    this.#present.set(agentId, skills);
    const able = this.#count(skills, 1);
    return this.present === 1 ? this.lanes : able.filter(({ present }) => present === 1);
  }

  /** Lanes that lost their last agent by this; all of them by the desk's last. */
  leaves(agentId: string): readonly Lane[] {
    const skills = this.#present.get(agentId);
    if (skills === undefined) return [];
    this.#present.delete(agentId);
    const able = this.#count(skills, -1);
    return this.present === 0 ? this.lanes : able.filter(({ present }) => present === 0);
  }

  #count(skills: Skills, by: 1 | -1): Lane[] {
    const able = this.lanes.filter(({ needs }) => meets(skills, needs));
    for (const lane of able) lane.present += by;
    return able;
  }
}
