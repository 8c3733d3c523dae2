import { type Ask, meets, NO_ASK, type Skills } from '../skills/skills.ts';
import { Desks } from './desks.ts';
import { Kept, spotOf } from './kept.ts';
import { type FreeAgent, type Idle, type Spot, type Stands, sooner, type Waiting } from './lanes.ts';
import { isCutOff, rankOf } from './rank.ts';
import { choiceWords, type WhyWaiting } from './reasons.ts';
import { whyNobody } from './why-nobody.ts';

/**
 * Who gets whom. Event-driven: a caller that joins looks at the idle agents of its queue, an agent that becomes free
 * at the first callers of its queues; nobody else is looked at, and nothing happens by the clock.
 *
 * Rules: the caller with the smallest rank first (`rank.ts`); of the agents who can do what is asked the one idle longest,
 * those with what is preferred before the others, the desk's own before those of the desk it overflows to. A caller may
 * be kept for one agent, who then takes him first; whoever keeps him lets go in time (`openToAll`). An offer reserves
 * the agent across all queues and keeps the caller's place: `giveBack` puts it where it stood.
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
  /** See `rank.ts`; 0 goes before all others. */
  readonly priority: number;
  readonly sinceMs: number;
  readonly ask?: Ask;
  /** Kept for this agent until `openToAll`. */
  readonly keptFor?: string | null;
}

/** At a desk, with what is asked for there. */
export interface AskedAt {
  readonly queue: string;
  readonly ask?: Ask;
}

const NOBODY: Skills = {};

export class Router {
  readonly desks = new Desks();
  readonly #callers = new Map<string, Waiting>();
  readonly #agents = new Map<string, Idle>();
  /** One reservation per agent across all queues. */
  readonly #reserved = new Map<string, string>();
  readonly #kept = new Kept();
  #order = 0;

  /** Joining twice keeps the first place. */
  join(request: JoinRequest, nowMs: number): Offer | null {
    const known = this.#callers.get(request.callId);
    if (known !== undefined) return known.offeredTo === null ? this.#place(known, nowMs) : null;
    this.#order += 1;
    const { callId, queue, priority, sinceMs, ask = NO_ASK, keptFor = null } = request;
    const caller: Waiting = {
      callId,
      queue,
      priority,
      sinceMs,
      rank: rankOf(priority, sinceMs),
      order: this.#order,
      spots: [this.#spot(queue, ask)],
      offeredTo: null,
      keptFor,
      keptPlace: null,
    };
    this.#callers.set(callId, caller);
    return this.#place(caller, nowMs);
  }

  /** The caller keeps its own queue and from now on takes agents of `queue` as well. */
  lookAlsoIn(callId: string, queue: string, nowMs: number, ask: Ask = NO_ASK): Offer | null {
    const caller = this.#callers.get(callId);
    if (caller === undefined || caller.spots.some((spot) => spot.queue === queue)) return null;
    caller.spots.push(this.#spot(queue, ask));
    return caller.offeredTo === null ? this.#place(caller, nowMs) : null;
  }

  /** Is kept for nobody any longer. */
  openToAll(callId: string, nowMs: number): Offer | null {
    const caller = this.#callers.get(callId);
    if (caller === undefined || caller.keptFor === null) return null;
    this.#unplace(caller);
    caller.keptFor = null;
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
    // Who did not take the call has had it first.
    caller.keptFor = null;
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

  agentFree(agent: FreeAgent, nowMs: number): Offer | null {
    const { agentId, queues, sinceMs, skills = NOBODY } = agent;
    if (this.#reserved.has(agentId)) return null;
    this.agentBusy(agentId);
    this.#order += 1;
    const idle: Idle = { agentId, queues, sinceMs, skills, order: this.#order, places: [] };
    let best: Waiting | undefined;
    let met = '';
    for (const queue of queues) {
      const head = this.desks.of(queue).firstFor(skills);
      if (head !== undefined && (best === undefined || sooner(head, best))) {
        best = head;
        met = queue;
      }
    }
    const kept = this.#kept.first(idle);
    // A talk that was cut off goes before everybody.
    if (kept !== null && (best === undefined || !isCutOff(best) || sooner(kept.caller, best))) {
      return this.#offer(kept.caller, idle, kept.spot, nowMs);
    }
    if (best !== undefined) {
      const spot = best.spots.find(({ queue }) => queue === met);
      if (spot !== undefined) return this.#offer(best, idle, spot, nowMs);
    }
    this.#agents.set(agentId, idle);
    for (const queue of queues) this.desks.of(queue).addIdle(idle);
    return null;
  }

  agentBusy(agentId: string): void {
    const idle = this.#agents.get(agentId);
    if (idle === undefined) return;
    this.#agents.delete(agentId);
    for (const place of idle.places) place.heap.remove(place);
  }

  /** Callers who are kept for this agent. */
  keptFor(agentId: string): readonly string[] {
    return this.#kept.of(agentId);
  }

  /** Where the caller waits, the own queue first; null while nobody is being sought for him, or one agent alone. */
  standings(callId: string, atMost: number): readonly Stands[] | null {
    const caller = this.#callers.get(callId);
    if (caller === undefined || caller.offeredTo !== null || caller.keptFor !== null) return null;
    return caller.spots.map(({ queue, lanes }) => {
      const desk = this.desks.of(queue);
      const able = lanes.at(-1)?.present ?? 0;
      return { queue, ahead: desk.before(caller, atMost).length, particular: able < desk.present };
    });
  }

  /** Who stands before the caller at any of his desks, the first in line first: the desks at which each waits. */
  lineBefore(callId: string, atMost: number): readonly (readonly string[])[] {
    const caller = this.#callers.get(callId);
    if (caller === undefined) return [];
    const before = new Set(caller.spots.flatMap(({ queue }) => this.desks.of(queue).before(caller, atMost)));
    return [...before]
      .sort((one, other) => (sooner(one, other) ? -1 : 1))
      .map(({ spots }) => spots.map(({ queue }) => queue));
  }

  /** null when it is not waiting: unknown here, or offered to somebody. */
  whyWaits(callId: string): WhyWaiting | null {
    const caller = this.#callers.get(callId);
    if (caller === undefined || caller.offeredTo !== null) return null;
    if (caller.keptFor !== null) return { kind: 'keptForAgent', agentId: caller.keptFor };
    return whyNobody(this.desks, caller.spots);
  }

  /** Why somebody who stands so waits, or will; null: an agent is idle for him. */
  whyWouldWait(stands: readonly AskedAt[], keptFor: string | null): WhyWaiting | null {
    const spots = stands.map(({ queue, ask }) => this.#spot(queue, ask ?? NO_ASK));
    if (keptFor !== null) {
      const owner = this.#agents.get(keptFor);
      return owner !== undefined && spotOf(owner, spots) !== undefined
        ? null
        : { kind: 'keptForAgent', agentId: keptFor };
    }
    const isServed = spots.some(({ lanes }) => (lanes.at(-1)?.idle.size ?? 0) > 0);
    return isServed ? null : whyNobody(this.desks, spots);
  }

  /** Calls known here, waiting or offered. */
  holds(callId: string): boolean {
    return this.#callers.has(callId);
  }

  reservedFor(agentId: string): string | null {
    return this.#reserved.get(agentId) ?? null;
  }

  #place(caller: Waiting, nowMs: number): Offer | null {
    if (caller.keptFor !== null) return this.#keep(caller, caller.keptFor, nowMs);
    for (const spot of caller.spots) {
      const { lanes } = spot;
      // An idle agent means that nobody waits whom he could take: this caller is the first.
      for (const lane of lanes) {
        const agent = lane.idle.first();
        if (agent !== undefined) return this.#offer(caller, agent, spot, nowMs);
      }
      spot.place ??= lanes.at(-1)?.waiting.add(caller) ?? null;
    }
    return null;
  }

  #keep(caller: Waiting, agentId: string, nowMs: number): Offer | null {
    this.#kept.add(caller, agentId);
    const agent = this.#agents.get(agentId);
    const head = agent === undefined ? null : this.#kept.first(agent);
    return agent === undefined || head === null ? null : this.#offer(head.caller, agent, head.spot, nowMs);
  }

  #unplace(caller: Waiting): void {
    for (const spot of caller.spots) {
      spot.place?.heap.remove(spot.place);
      spot.place = null;
    }
    this.#kept.remove(caller);
  }

  #offer(caller: Waiting, agent: Idle, spot: Spot, nowMs: number): Offer {
    const kept = caller.keptFor !== null;
    this.#unplace(caller);
    this.agentBusy(agent.agentId);
    this.#reserved.set(agent.agentId, caller.callId);
    caller.offeredTo = agent.agentId;
    const skilled = spot.lanes.find(({ needs }) => meets(agent.skills, needs))?.needs ?? [];
    const reason = choiceWords(
      {
        queue: spot.queue,
        home: caller.queue,
        skilled,
        kept,
        idleSinceMs: agent.sinceMs,
        waitingSinceMs: caller.sinceMs,
        priority: caller.priority,
      },
      nowMs,
    );
    return { callId: caller.callId, agentId: agent.agentId, queue: spot.queue, reason };
  }

  #spot(queue: string, ask: Ask): Spot {
    return { queue, lanes: this.desks.of(queue).lanesFor(ask), place: null };
  }
}
