import { callable } from '../../domain/agents/availability.ts';
import type { Presence } from '../../domain/agents/presence.ts';
import type { CallEvent } from '../../domain/calls/call-event.ts';
import type { AgentProfile } from '../../domain/hotlines/configuration.ts';
import type { FreeAgent } from '../../domain/routing/lanes.ts';
import type { Offer } from '../../domain/routing/offer.ts';
import type { Router } from '../../domain/routing/router.ts';
import { skillsOf } from '../../domain/skills/skills.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { type CallBook, callIdOf } from './call-book.ts';
import type { CallbackPlaces } from './callback-places.ts';

export interface OfferParts {
  readonly book: CallBook;
  readonly router: Router;
  readonly desk: AgentDesk;
  readonly clock: Clock;
  readonly log: Log;
  readonly callbacks: CallbackPlaces;
  apply(callId: string, event: CallEvent): void;
}

/** An agent as the router sees one. */
export const asFree = (profile: AgentProfile, { idleSinceMs }: Presence): FreeAgent => ({
  agentId: profile.agentId,
  queues: profile.queues,
  sinceMs: idleSinceMs,
  skills: skillsOf(profile),
});

/**
 * Offers of waiting calls to free agents, made by the router while an event is worked off and taken up when it is: every
 * offer then finds settled calls and agents. One look at the switch may find several ends at once: whom the first of them
 * sets free is not given away before it is known whom the others put back into the queue.
 */
export class OfferDesk {
  readonly #parts: OfferParts;
  #offers: Offer[] = [];
  /** Who waits, or for whom, is another since the offers were last held against it. */
  #changed = false;

  constructor(parts: OfferParts) {
    this.#parts = parts;
  }

  add(offer: Offer | null): void {
    if (offer !== null) this.#offers.push(offer);
    this.#changed = true;
  }

  /** Another has the call by now: he who answered did not miss it. */
  answeredTooLate(leg: string): void {
    const { book, desk } = this.#parts;
    const callId = callIdOf(leg);
    const live = book.get(callId);
    const agentId = live?.missed?.get(leg);
    if (live === undefined || agentId === undefined) return;
    live.missed?.delete(leg);
    const { leg: now } = live.call;
    const holder = now?.kind === 'agent' && now.agentId !== agentId ? now.agentId : null;
    const by = holder === null ? null : (desk.profile(holder)?.displayName ?? null);
    desk.apply(agentId, { type: 'taken', callId, by });
  }

  takeAll(): void {
    for (let offer = this.#next(); offer !== undefined; offer = this.#next()) this.#take(offer);
  }

  #next(): Offer | undefined {
    while (this.#changed) {
      this.#changed = false;
      this.#reconsider();
    }
    return this.#offers.shift();
  }

  #reconsider(): void {
    const before = this.#offers;
    this.#offers = [...this.#parts.router.reconsider(before, this.#parts.clock.now())];
    const calls = new Set(this.#offers.map(({ callId }) => callId));
    for (const { callId } of before) {
      // Nobody told why he waits: an agent was as good as his.
      if (!calls.has(callId)) this.#parts.apply(callId, { type: 'lookAround' });
    }
  }

  #take(offer: Offer): void {
    const { callId, agentId } = offer;
    const { callbacks } = this.#parts;
    const taken = callbacks.holds(callId) ? callbacks.offered(offer) : this.#takeCall(offer);
    if (taken) return;
    // One of the two changed between the choice and now: undo it for the other.
    this.#parts.log.debug({ callId, agentId }, 'an offer came to nothing');
    this.#freeAgain(agentId);
  }

  #takeCall({ callId, agentId, queue, reason }: Offer): boolean {
    const { book, router, desk, clock } = this.#parts;
    const waits = book.get(callId)?.call.state === 'queued';
    const profile = desk.profile(agentId);
    const chosen = desk.presence(agentId);
    const free = chosen !== null && callable(chosen);
    if (waits && profile !== null && free && desk.apply(agentId, { type: 'offered', callId })) {
      this.#parts.apply(callId, { type: 'offered', agentId, phone: profile.phone, queue, reason });
      return true;
    }
    if (waits) this.add(router.giveBack(callId, clock.now()));
    else router.leave(callId);
    return false;
  }

  #freeAgain(agentId: string): void {
    const { router, desk, clock } = this.#parts;
    const profile = desk.profile(agentId);
    const presence = desk.presence(agentId);
    if (profile !== null && presence !== null && callable(presence)) {
      this.add(router.agentFree(asFree(profile, presence), clock.now()));
    }
  }
}
