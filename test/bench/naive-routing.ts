import type { JoinRequest, Offer } from '../../src/domain/routing/offer.ts';
import type { BenchAgent, Routing } from './router-load.ts';

interface Waiting extends JoinRequest {
  alsoIn: string | null;
}

/** The same rules by looking at everybody each time: what a first version would be, and what it costs. */
export class NaiveRouting implements Routing {
  readonly #waiting: Waiting[] = [];
  #idle: BenchAgent[] = [];

  join(request: JoinRequest): Offer | null {
    const caller = { ...request, alsoIn: null };
    const offer = this.#agentFor(caller, caller.queue);
    if (offer === null) this.#waiting.push(caller);
    return offer;
  }

  lookAlsoIn(callId: string, queue: string): Offer | null {
    const caller = this.#waiting.find((one) => one.callId === callId);
    if (caller === undefined) return null;
    caller.alsoIn = queue;
    const offer = this.#agentFor(caller, queue);
    if (offer !== null) this.leave(callId);
    return offer;
  }

  agentFree(agent: BenchAgent): Offer | null {
    let best: Waiting | null = null;
    for (const caller of this.#waiting) {
      const met = agent.queues.includes(caller.queue) || agent.queues.includes(caller.alsoIn ?? '');
      if (!met) continue;
      if (
        best === null ||
        caller.priority < best.priority ||
        (caller.priority === best.priority && caller.sinceMs < best.sinceMs)
      ) {
        best = caller;
      }
    }
    if (best === null) {
      this.#idle.push(agent);
      return null;
    }
    this.leave(best.callId);
    return { callId: best.callId, agentId: agent.agentId, queue: best.queue, reason: '' };
  }

  leave(callId: string): void {
    const at = this.#waiting.findIndex((one) => one.callId === callId);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #agentFor(caller: Waiting, queue: string): Offer | null {
    let best: BenchAgent | null = null;
    for (const agent of this.#idle) {
      if (agent.queues.includes(queue) && (best === null || agent.sinceMs < best.sinceMs)) best = agent;
    }
    if (best === null) return null;
    const taken = best;
    this.#idle = this.#idle.filter((agent) => agent !== taken);
    return { callId: caller.callId, agentId: taken.agentId, queue, reason: '' };
  }
}
