import { IndexedHeap, type Place } from './indexed-heap.ts';

/**
 * Who gets whom. Event-driven: a caller that joins looks at the idle agents of its queue, an agent that becomes free
 * at the first callers of its queues; nobody else is looked at.
 *
 * Rules: the caller longest there first (a caller sent back by a failed talk before all others); of the agents the one
 * idle longest, the desk's own before those of the desk it overflows to. An offer reserves the agent across all
 * queues and keeps the caller's place: `giveBack` puts it where it stood.
 */
export interface Offer {
  readonly callId: string;
  readonly agentId: string;
  /** The queue in which the two met; another than the caller's own after an overflow. */
  readonly queue: string;
  readonly reason: string;
}

export interface JoinRequest {
  readonly callId: string;
  readonly queue: string;
  /** 0 goes before 1. */
  readonly priority: number;
  readonly sinceMs: number;
}

interface Waiting extends JoinRequest {
  readonly order: number;
  alsoIn: string | null;
  offeredTo: string | null;
  /** Where it stands: in its own lane, and in the one it looks in as well. */
  place: Place<Waiting> | null;
  otherPlace: Place<Waiting> | null;
}
interface Idle {
  readonly agentId: string;
  readonly queues: readonly string[];
  readonly sinceMs: number;
  readonly order: number;
  /** One a queue, in their order. */
  readonly places: Place<Idle>[];
}
interface Lane {
  readonly waiting: IndexedHeap<Waiting>;
  readonly idle: IndexedHeap<Idle>;
}

const sooner = (a: Waiting, b: Waiting): boolean =>
  a.priority !== b.priority
    ? a.priority < b.priority
    : a.sinceMs !== b.sinceMs
      ? a.sinceMs < b.sinceMs
      : a.order < b.order;
const idler = (a: Idle, b: Idle): boolean =>
  a.sinceMs !== b.sinceMs ? a.sinceMs < b.sinceMs : a.order < b.order;

export class Router {
  readonly #lanes = new Map<string, Lane>();
  readonly #callers = new Map<string, Waiting>();
  readonly #agents = new Map<string, Idle>();
  /** One reservation per agent across all queues. */
  readonly #reserved = new Map<string, string>();
  #order = 0;

  /** Joining twice keeps the first place. */
  join(request: JoinRequest, nowMs: number): Offer | null {
    const known = this.#callers.get(request.callId);
    if (known !== undefined) return known.offeredTo === null ? this.#place(known, nowMs) : null;
    this.#order += 1;
    const { callId, queue, priority, sinceMs } = request;
    const caller: Waiting = {
      callId,
      queue,
      priority,
      sinceMs,
      order: this.#order,
      alsoIn: null,
      offeredTo: null,
      place: null,
      otherPlace: null,
    };
    this.#callers.set(request.callId, caller);
    return this.#place(caller, nowMs);
  }

  /** The caller keeps its own queue and from now on takes agents of `queue` as well. */
  lookAlsoIn(callId: string, queue: string, nowMs: number): Offer | null {
    const caller = this.#callers.get(callId);
    if (caller === undefined || caller.alsoIn === queue || caller.queue === queue) return null;
    this.#unplace(caller);
    caller.alsoIn = queue;
    return caller.offeredTo === null ? this.#place(caller, nowMs) : null;
  }

  /** An offer that was made before this router was: as if it had made it. */
  reserve(callId: string, agentId: string): void {
    const caller = this.#callers.get(callId);
    if (caller === undefined || caller.offeredTo !== null || this.#reserved.has(agentId)) return;
    this.#unplace(caller);
    this.agentBusy(agentId);
    this.#reserved.set(agentId, callId);
    caller.offeredTo = agentId;
  }

  /** The offer came to nothing: the caller is back where it stood. The agent is free only by `agentFree`. */
  giveBack(callId: string, nowMs: number): Offer | null {
    const caller = this.#callers.get(callId);
    if (caller === undefined || caller.offeredTo === null) return null;
    this.#reserved.delete(caller.offeredTo);
    caller.offeredTo = null;
    return this.#place(caller, nowMs);
  }

  /** Talking, hung up, or moved elsewhere. */
  leave(callId: string): void {
    const caller = this.#callers.get(callId);
    if (caller === undefined) return;
    this.#unplace(caller);
    this.#callers.delete(callId);
    if (caller.offeredTo !== null) this.#reserved.delete(caller.offeredTo);
  }

  agentFree(
    agent: { readonly agentId: string; readonly queues: readonly string[]; readonly sinceMs: number },
    nowMs: number,
  ): Offer | null {
    if (this.#reserved.has(agent.agentId)) return null;
    this.agentBusy(agent.agentId);
    this.#order += 1;
    const { agentId, queues, sinceMs } = agent;
    const idle: Idle = { agentId, queues, sinceMs, order: this.#order, places: [] };
    let best: Waiting | undefined;
    let met = '';
    for (const queue of idle.queues) {
      const head = this.#lane(queue).waiting.first();
      if (head !== undefined && (best === undefined || sooner(head, best))) {
        best = head;
        met = queue;
      }
    }
    if (best !== undefined) return this.#offer(best, idle, met, nowMs);
    this.#agents.set(idle.agentId, idle);
    for (const queue of queues) idle.places.push(this.#lane(queue).idle.add(idle));
    return null;
  }

  agentBusy(agentId: string): void {
    const idle = this.#agents.get(agentId);
    if (idle === undefined) return;
    this.#agents.delete(agentId);
    idle.queues.forEach((queue, nth) => {
      const place = idle.places[nth];
      if (place !== undefined) this.#lane(queue).idle.remove(place);
    });
  }

  /** Callers for whom an agent is being sought, now: not the offered ones. */
  waitingIn(queue: string): number {
    return this.#lanes.get(queue)?.waiting.size ?? 0;
  }

  idleIn(queue: string): number {
    return this.#lanes.get(queue)?.idle.size ?? 0;
  }

  /** Calls known here, waiting or offered. */
  holds(callId: string): boolean {
    return this.#callers.has(callId);
  }

  reservedFor(agentId: string): string | null {
    return this.#reserved.get(agentId) ?? null;
  }

  #place(caller: Waiting, nowMs: number): Offer | null {
    const own = this.#lane(caller.queue);
    const agent = own.idle.first();
    // An idle agent means that nobody waits in this lane: this caller is the first.
    if (agent !== undefined) return this.#offer(caller, agent, caller.queue, nowMs);
    caller.place ??= own.waiting.add(caller);
    if (caller.alsoIn === null) return null;
    const other = this.#lane(caller.alsoIn);
    const helper = other.idle.first();
    if (helper !== undefined) return this.#offer(caller, helper, caller.alsoIn, nowMs);
    caller.otherPlace ??= other.waiting.add(caller);
    return null;
  }

  #unplace(caller: Waiting): void {
    if (caller.place !== null) this.#lane(caller.queue).waiting.remove(caller.place);
    if (caller.otherPlace !== null && caller.alsoIn !== null) {
      this.#lane(caller.alsoIn).waiting.remove(caller.otherPlace);
    }
    caller.place = null;
    caller.otherPlace = null;
  }

  #offer(caller: Waiting, agent: Idle, queue: string, nowMs: number): Offer {
    this.#unplace(caller);
    this.agentBusy(agent.agentId);
    this.#reserved.set(agent.agentId, caller.callId);
    caller.offeredTo = agent.agentId;
    const seconds = (sinceMs: number): number => Math.max(0, Math.round((nowMs - sinceMs) / 1000));
    const where = queue === caller.queue ? queue : `${caller.queue} 溢出至 ${queue}`;
    const reason =
      `${where}：最长空闲 ${seconds(agent.sinceMs)} 秒；` +
      `${caller.priority === 0 ? '通话中断优先' : '排队最久'}，已等待 ${seconds(caller.sinceMs)} 秒`;
    return { callId: caller.callId, agentId: agent.agentId, queue, reason };
  }

  #lane(queue: string): Lane {
    let lane = this.#lanes.get(queue);
    if (lane === undefined) {
      lane = { waiting: new IndexedHeap(sooner), idle: new IndexedHeap(idler) };
      this.#lanes.set(queue, lane);
    }
    return lane;
  }
}
