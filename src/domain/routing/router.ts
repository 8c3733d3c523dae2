import { type Ask, meets, NO_ASK, type Skills } from '../skills/skills.ts';
import { Desks } from './desks.ts';
import { Kept, spotOf } from './kept.ts';
import { type FreeAgent, type Idle, type Spot, type Stands, sooner, type Waiting } from './lanes.ts';
import type { AskedAt, JoinRequest, Offer } from './offer.ts';
import { goesBefore, pickFirst, pickFor } from './pick.ts';
import { rankOf } from './rank.ts';
import { choiceWords, type WhyWaiting } from './reasons.ts';
import { whyNobody } from './why-nobody.ts';

interface Made {
  readonly offer: Offer;
  readonly caller: Waiting;
  readonly idle: Idle;
}

interface Reservation {
  readonly callId: string;
  /** As he stood when he was chosen; null: he does not stand so any more, or was chosen by a router before this one. */
  idle: Idle | null;
}

const NOBODY: Skills = {};

/**
 * Who gets whom. Event-driven: a caller that joins looks at the idle agents of its queue, an agent that becomes free
 * at the first callers of its queues; nobody else is looked at, and nothing happens by the clock.
 *
 * Rules: the caller with the smallest rank first (`rank.ts`); of the agents who can do what is asked the one idle longest,
 * those with what is preferred before the others, the desk's own before those of the desk it overflows to. A caller may
 * be kept for one agent, who then takes him first; whoever keeps him lets go in time (`openToAll`). An offer reserves
 * the agent across all queues and keeps the caller's place: `giveBack` puts it where it stood.
 */
export class Router {
  readonly desks = new Desks();
  readonly #callers = new Map<string, Waiting>();
  readonly #agents = new Map<string, Idle>();
  /** One reservation per agent across all queues. */
  readonly #reserved = new Map<string, Reservation>();
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
    this.#reserved.set(agentId, { callId, idle: null });
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

  /** Who is reserved stands so if his offer is made anew, and is offered nobody else. */
  agentFree(agent: FreeAgent, nowMs: number): Offer | null {
    const { agentId, queues, sinceMs, skills = NOBODY } = agent;
    const reservation = this.#reserved.get(agentId);
    if (reservation !== undefined) {
      reservation.idle = { agentId, queues, sinceMs, skills, order: this.#order, places: [] };
      return null;
    }
    this.agentBusy(agentId);
    this.#order += 1;
    const idle: Idle = { agentId, queues, sinceMs, skills, order: this.#order, places: [] };
    const met = pickFor(idle, this.desks, this.#kept);
    if (met !== null) return this.#offer(met.caller, idle, met.spot, nowMs);
    this.#idles(idle);
    return null;
  }

  #idles(idle: Idle): void {
    this.#agents.set(idle.agentId, idle);
    for (const queue of idle.queues) this.desks.of(queue).addIdle(idle);
  }

  agentBusy(agentId: string): void {
    const reservation = this.#reserved.get(agentId);
    if (reservation !== undefined) reservation.idle = null;
    const idle = this.#agents.get(agentId);
    if (idle === undefined) return;
    this.#agents.delete(agentId);
    for (const place of idle.places) place.heap.remove(place);
  }

  /**
   * What one event brings is matched as a whole. `offers`: those that nobody has heard of yet, as they were made one by one.
   * If somebody waits by now who goes before one of them they are made anew, the first in line first. An offer that came to
   * nothing meanwhile is left as it is: whoever takes it up undoes it.
   */
  reconsider(offers: readonly Offer[], nowMs: number): readonly Offer[] {
    const made = offers.flatMap((offer) => this.#madeBy(offer) ?? []);
    const isOvertaken = ({ caller, idle }: Made): boolean => {
      const met = pickFor(idle, this.desks, this.#kept);
      return met !== null && goesBefore(met.caller, caller);
    };
    if (!made.some(isOvertaken)) return offers;
    const free = new Map<string, Idle>();
    for (const { caller, idle } of made) {
      this.#reserved.delete(idle.agentId);
      caller.offeredTo = null;
      this.#stand(caller);
      const again = { ...idle, places: [] };
      this.#idles(again);
      free.set(idle.agentId, again);
    }
    const others = offers.filter((offer) => !made.some((one) => one.offer === offer));
    const back = made.map(({ caller }) => caller).sort((one, other) => (goesBefore(one, other) ? -1 : 1));
    return [...others, ...this.#matched(free, back, nowMs)];
  }

  /** null: one of the two changed since. */
  #madeBy(offer: Offer): Made | null {
    const caller = this.#callers.get(offer.callId);
    const idle = this.#reserved.get(offer.agentId)?.idle ?? null;
    return caller?.offeredTo === offer.agentId && idle !== null ? { offer, caller, idle } : null;
  }

  /**
   * The first in line of all who can be had by one of these, or who are back and for whom somebody was idle before, with
   * whom he would choose himself; and so on.
   */
  #matched(free: Map<string, Idle>, back: readonly Waiting[], nowMs: number): readonly Offer[] {
    const offers: Offer[] = [];
    for (;;) {
      const met = pickFirst(free.values(), this.desks, this.#kept);
      const own = back.find((caller) => caller.offeredTo === null && this.#chosenBy(caller) !== null);
      const first = own !== undefined && (met === null || goesBefore(own, met)) ? own : met;
      const chosen = first === null ? null : this.#chosenBy(first);
      if (first === null || chosen === null) return offers;
      const offer = this.#offer(first, chosen.agent, chosen.spot, nowMs);
      free.delete(offer.agentId);
      offers.push(offer);
    }
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
    return this.#reserved.get(agentId)?.callId ?? null;
  }

  #place(caller: Waiting, nowMs: number): Offer | null {
    if (caller.keptFor !== null) return this.#keep(caller, caller.keptFor, nowMs);
    // An idle agent means that nobody waits whom he could take: this caller is the first.
    const chosen = this.#chosenBy(caller);
    if (chosen !== null) return this.#offer(caller, chosen.agent, chosen.spot, nowMs);
    this.#stand(caller);
    return null;
  }

  #chosenBy({ keptFor, spots }: Waiting): { readonly agent: Idle; readonly spot: Spot } | null {
    if (keptFor !== null) {
      const agent = this.#agents.get(keptFor);
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

  /** Where he stood, and nobody is sought for him. */
  #stand(caller: Waiting): void {
    if (caller.keptFor !== null) this.#kept.add(caller, caller.keptFor);
    else for (const spot of caller.spots) spot.place ??= spot.lanes.at(-1)?.waiting.add(caller) ?? null;
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
    this.#reserved.set(agent.agentId, { callId: caller.callId, idle: agent });
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
