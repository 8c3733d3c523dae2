import { type Ask, meets, NO_ASK } from '../skills/skills.ts';
import { choiceWords } from './choice-words.ts';
import { Desks } from './desks.ts';
import { Kept, spotOf } from './kept.ts';
import type { FreeAgent, Idle, Spot, Waiting } from './lanes.ts';
import type { JoinRequest, Offer } from './offer.ts';
import { betterOf, rankOf, type Standing } from './rank.ts';

/** Of one agent, across all queues. */
export interface Reservation {
  readonly callId: string;
  /** As he stood when he was chosen; null: he does not stand so any more, or was chosen by a router before this one. */
  idle: Idle | null;
}

/** Where an agent and a caller meet. */
export interface Chosen {
  readonly agent: Idle;
  readonly spot: Spot;
}

/**
 * Who waits where, who is idle, and who is reserved for whom. Each of its moves leaves all three in step: who is offered
 * stands nowhere, and who is reserved is idle nowhere. When they are made is decided elsewhere (`router.ts`).
 */
export class Hall {
  readonly desks = new Desks();
  readonly kept = new Kept();
  readonly #callers = new Map<string, Waiting>();
  readonly #idle = new Map<string, Idle>();
  readonly #reserved = new Map<string, Reservation>();
  #order = 0;

  caller(callId: string): Waiting | undefined {
    return this.#callers.get(callId);
  }

  idle(agentId: string): Idle | undefined {
    return this.#idle.get(agentId);
  }

  reservation(agentId: string): Reservation | undefined {
    return this.#reserved.get(agentId);
  }

  /** Is known from now on, and stands nowhere yet. */
  enters(request: JoinRequest): Waiting {
    this.#order += 1;
    const { callId, queue, priority, sinceMs, ask = NO_ASK, keptFor = null } = request;
    const caller: Waiting = {
      callId,
      queue,
      priority,
      sinceMs,
      rank: rankOf(priority, sinceMs),
      order: this.#order,
      spots: [this.spot(queue, ask)],
      offeredTo: null,
      keptFor,
      keptPlace: null,
    };
    this.#callers.set(callId, caller);
    return caller;
  }

  /** A better place than he had: he stands nowhere until he is placed anew. */
  advances(caller: Waiting, request: Standing): void {
    const better = betterOf(caller, request);
    const rank = rankOf(better.priority, better.sinceMs);
    if (rank >= caller.rank) return;
    this.unplace(caller);
    Object.assign(caller, { ...better, rank });
  }

  /** Is known no more. */
  leaves(caller: Waiting): void {
    this.unplace(caller);
    this.#callers.delete(caller.callId);
    if (caller.offeredTo !== null) this.#reserved.delete(caller.offeredTo);
  }

  spot(queue: string, ask: Ask): Spot {
    return { queue, lanes: this.desks.of(queue).lanesFor(ask), place: null };
  }

  /** Where he stood, and nobody is sought for him. */
  stand(caller: Waiting): void {
    if (caller.keptFor !== null) this.kept.add(caller, caller.keptFor);
    else for (const spot of caller.spots) spot.place ??= spot.lanes.at(-1)?.waiting.add(caller) ?? null;
  }

  unplace(caller: Waiting): void {
    for (const spot of caller.spots) {
      spot.place?.heap.remove(spot.place);
      spot.place = null;
    }
    this.kept.remove(caller);
  }

  /** After all who are idle as long, but for a reserved one, who is not among them. */
  comes({ agentId, queues, sinceMs, skills = {} }: FreeAgent): Idle {
    const isReserved = this.#reserved.has(agentId);
    if (!isReserved) this.#order += 1;
    return { agentId, queues, sinceMs, skills, order: this.#order, places: [] };
  }

  idles(agent: Idle): void {
    this.#idle.set(agent.agentId, agent);
    for (const queue of agent.queues) this.desks.of(queue).addIdle(agent);
  }

  busy(agentId: string): void {
    const reservation = this.#reserved.get(agentId);
    if (reservation !== undefined) reservation.idle = null;
    const agent = this.#idle.get(agentId);
    if (agent === undefined) return;
    this.#idle.delete(agentId);
    for (const place of agent.places) place.heap.remove(place);
  }

  /** Whom this caller would choose of the idle. */
  chosenBy({ keptFor, spots }: Waiting): Chosen | null {
    if (keptFor !== null) {
      const agent = this.#idle.get(keptFor);
      const spot = agent === undefined ? undefined : spotOf(agent, spots);
      return agent === undefined || spot === undefined ? null : { agent, spot };
    }
    for (const spot of spots) {
      for (const lane of spot.lanes) {
        const agent = lane.idle.first();
        if (agent !== undefined) return { agent, spot };
      }
    }
    return null;
  }

  reserve(caller: Waiting, agentId: string, idle: Idle | null): void {
    this.unplace(caller);
    this.busy(agentId);
    this.#reserved.set(agentId, { callId: caller.callId, idle });
    caller.offeredTo = agentId;
  }

  /** Neither of the two stands anywhere by it. */
  release(caller: Waiting): void {
    if (caller.offeredTo !== null) this.#reserved.delete(caller.offeredTo);
    caller.offeredTo = null;
  }

  offer(caller: Waiting, { agent, spot }: Chosen, nowMs: number): Offer {
    const kept = caller.keptFor !== null;
    this.reserve(caller, agent.agentId, agent);
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
}
