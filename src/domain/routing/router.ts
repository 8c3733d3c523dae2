import { type Ask, NO_ASK } from '../skills/skills.ts';
import { Hall } from './hall.ts';
import type { FreeAgent, Stands, Waiting } from './lanes.ts';
import { matchAnew } from './match-anew.ts';
import type { AskedAt, JoinRequest, Offer } from './offer.ts';
import { pickFor } from './pick.ts';
import { lineBefore, standingsOf } from './place-in-line.ts';
import type { WhyWaiting } from './reasons.ts';
import { whyWaits, whyWouldWait } from './why-nobody.ts';

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
  readonly #hall = new Hall();
  readonly desks = this.#hall.desks;

  /** Joining again keeps the better place. */
  join(request: JoinRequest, nowMs: number): Offer | null {
    const known = this.#hall.caller(request.callId);
    if (known === undefined) return this.#place(this.#hall.enters(request), nowMs);
    this.#hall.advances(known, request);
    return this.#placeUnoffered(known, nowMs);
  }

  /** The caller keeps its own queue and from now on takes agents of `queue` as well. */
  lookAlsoIn(callId: string, queue: string, nowMs: number, ask: Ask = NO_ASK): Offer | null {
    const caller = this.#hall.caller(callId);
    if (caller === undefined || caller.spots.some((spot) => spot.queue === queue)) return null;
    caller.spots.push(this.#hall.spot(queue, ask));
    return this.#placeUnoffered(caller, nowMs);
  }

  /** Is kept for nobody any longer. */
  openToAll(callId: string, nowMs: number): Offer | null {
    const caller = this.#hall.caller(callId);
    if (caller === undefined || caller.keptFor === null) return null;
    this.#hall.unplace(caller);
    caller.keptFor = null;
    return this.#placeUnoffered(caller, nowMs);
  }

  /** An offer that was made before this router was: as if it had made it. */
  reserve(callId: string, agentId: string): void {
    const caller = this.#hall.caller(callId);
    if (caller === undefined || caller.offeredTo !== null) return;
    if (this.#hall.reservation(agentId) === undefined) this.#hall.reserve(caller, agentId, null);
  }

  /** The offer came to nothing: the caller is back where it stood. The agent is free only by `agentFree`. */
  giveBack(callId: string, nowMs: number): Offer | null {
    const caller = this.#hall.caller(callId);
    if (caller === undefined || caller.offeredTo === null) return null;
    this.#hall.release(caller);
    // Who did not take the call has had it first.
    caller.keptFor = null;
    return this.#place(caller, nowMs);
  }

  /** Talking, hung up, or moved elsewhere. */
  leave(callId: string): void {
    const caller = this.#hall.caller(callId);
    if (caller !== undefined) this.#hall.leaves(caller);
  }

  /** Who is reserved stands so if his offer is made anew, and is offered nobody else. */
  agentFree(agent: FreeAgent, nowMs: number): Offer | null {
    const reservation = this.#hall.reservation(agent.agentId);
    const idle = this.#hall.comes(agent);
    if (reservation !== undefined) {
      reservation.idle = idle;
      return null;
    }
    this.#hall.busy(agent.agentId);
    const met = pickFor(idle, this.desks, this.#hall.kept);
    if (met !== null) return this.#hall.offer(met.caller, { agent: idle, spot: met.spot }, nowMs);
    this.#hall.idles(idle);
    return null;
  }

  agentBusy(agentId: string): void {
    this.#hall.busy(agentId);
  }

  /**
   * What one event brings is matched as a whole. `offers`: those that nobody has heard of yet, as they were made one by one.
   * If somebody waits by now who goes before one of them they are made anew, the first in line first. An offer that came to
   * nothing meanwhile is left as it is: whoever takes it up undoes it.
   */
  reconsider(offers: readonly Offer[], nowMs: number): readonly Offer[] {
    return matchAnew(this.#hall, offers, nowMs);
  }

  /** Callers who are kept for this agent. */
  keptFor(agentId: string): readonly string[] {
    return this.#hall.kept.of(agentId);
  }

  /** See `standingsOf`. */
  standings(callId: string, atMost: number): readonly Stands[] | null {
    const caller = this.#hall.caller(callId);
    return caller === undefined ? null : standingsOf(this.#hall, caller, atMost);
  }

  /** See `place-in-line.ts`. */
  lineBefore(callId: string, atMost: number): readonly (readonly string[])[] {
    const caller = this.#hall.caller(callId);
    return caller === undefined ? [] : lineBefore(this.#hall, caller, atMost);
  }

  /** null when it is not waiting: unknown here, or offered to somebody. */
  whyWaits(callId: string): WhyWaiting | null {
    const caller = this.#hall.caller(callId);
    return caller === undefined ? null : whyWaits(this.desks, caller);
  }

  /** Why somebody who stands so waits, or will; null: an agent is idle for him. */
  whyWouldWait(stands: readonly AskedAt[], keptFor: string | null): WhyWaiting | null {
    return whyWouldWait(this.#hall, stands, keptFor);
  }

  /** Calls known here, waiting or offered. */
  holds(callId: string): boolean {
    return this.#hall.caller(callId) !== undefined;
  }

  reservedFor(agentId: string): string | null {
    return this.#hall.reservation(agentId)?.callId ?? null;
  }

  #placeUnoffered(caller: Waiting, nowMs: number): Offer | null {
    return caller.offeredTo === null ? this.#place(caller, nowMs) : null;
  }

  #place(caller: Waiting, nowMs: number): Offer | null {
    if (caller.keptFor !== null) return this.#keep(caller, caller.keptFor, nowMs);
    // An idle agent means that nobody waits whom he could take: this caller is the first.
    const chosen = this.#hall.chosenBy(caller);
    if (chosen !== null) return this.#hall.offer(caller, chosen, nowMs);
    this.#hall.stand(caller);
    return null;
  }

  #keep(caller: Waiting, agentId: string, nowMs: number): Offer | null {
    this.#hall.stand(caller);
    const agent = this.#hall.idle(agentId);
    const head = agent === undefined ? null : this.#hall.kept.first(agent);
    return agent === undefined || head === null
      ? null
      : this.#hall.offer(head.caller, { agent, spot: head.spot }, nowMs);
  }
}
