import { cadenceOf } from '../../domain/routing/cadence.ts';
import { estimateWait, type InLine } from '../../domain/routing/estimate.ts';
import { handedOver, type Pace, unseen } from '../../domain/routing/pace.ts';
import type { Router } from '../../domain/routing/router.ts';
import { AHEAD_AT_MOST } from '../../domain/routing/said-wait.ts';
import type { Fact, FactLog } from '../ports/facts.ts';
import type { PaceStore } from '../ports/paces.ts';
import type { Staffing } from './staffing.ts';

/** Somebody for whom an agent was idle is rung for in the very moment of joining. */
const AT_ONCE_MS = 500;

/** A call on its way, as far as facts have told of it. */
interface OnTheWay {
  readonly entered: Map<string, number>;
  rangMs: number | null;
}

/**
 * How fast the lines move, seen along the facts as they are told, and from that how long somebody will wait. Kept across
 * restarts; of a call that joined before one it is not known when, and it merely shows that the line moved.
 */
export class LinePaces {
  readonly #store: PaceStore;
  readonly #staffing: Staffing;
  readonly #paces = new Map<string, Pace>();
  readonly #calls = new Map<string, OnTheWay>();

  constructor(store: PaceStore, staffing: Staffing) {
    this.#store = store;
    this.#staffing = staffing;
  }

  /** Before the first fact. */
  async restore(): Promise<void> {
    for (const pace of await this.#store.read()) this.#paces.set(pace.queue, pace);
  }

  /** What is told goes on to `log`, and is looked at. */
  counting(log: FactLog): FactLog {
    return {
      append: (fact) => {
        log.append(fact);
        this.#take(fact);
      },
      flush: () => log.flush(),
    };
  }

  /** null: nobody is being sought for him now, or one agent alone. */
  inLine(router: Router, callId: string, nowMs: number): InLine | null {
    const standings = router.standings(callId, AHEAD_AT_MOST);
    const own = standings?.[0];
    if (standings == null || own === undefined) return null;
    const desks = standings.map(({ queue, particular }) => {
      const atWork = this.#staffing.atWork(queue);
      const standing = { atWork, particular, longestWaitMs: router.desks.longestWaitMs(queue, nowMs) };
      return { queue, atWork, cadence: cadenceOf(this.#paceOf(queue), standing, nowMs) };
    });
    return { ahead: own.ahead, estimate: estimateWait(desks, router.lineBefore(callId, AHEAD_AT_MOST)) };
  }

  #take(fact: Fact): void {
    if (fact.type === 'callback') {
      // His place was in the line as well, and an agent goes to him.
      const { queue, sinceMs } = fact.callback;
      if (fact.move === 'matched') this.#handedOver(queue, sinceMs, fact.atMs);
      return;
    }
    if (fact.callId === null) return;
    switch (fact.type) {
      case 'queueEntered':
        this.#call(fact.callId).entered.set(fact.queue, fact.atMs);
        return;
      case 'legRang':
        // Of a call that waits nowhere nothing need be remembered.
        if (this.#calls.has(fact.callId)) this.#call(fact.callId).rangMs = fact.atMs;
        return;
      case 'queueLeft': {
        const call = this.#calls.get(fact.callId);
        const enteredMs = call?.entered.get(fact.queue) ?? null;
        call?.entered.delete(fact.queue);
        if (fact.how === 'answered') this.#handedOver(fact.queue, enteredMs, call?.rangMs ?? fact.atMs);
        if (call?.entered.size === 0) this.#calls.delete(fact.callId);
        return;
      }
      default:
    }
  }

  #handedOver(queue: string, enteredMs: number | null, atMs: number): void {
    const agents = this.#staffing.atWork(queue);
    const waited = enteredMs !== null && atMs - enteredMs >= AT_ONCE_MS;
    const pace = handedOver(this.#paceOf(queue), { enteredMs: enteredMs ?? atMs, atMs, waited, agents });
    this.#paces.set(queue, pace);
    this.#store.save(pace);
  }

  #paceOf(queue: string): Pace {
    return this.#paces.get(queue) ?? unseen(queue);
  }

  #call(callId: string): OnTheWay {
    let call = this.#calls.get(callId);
    if (call === undefined) {
      call = { entered: new Map(), rangMs: null };
      this.#calls.set(callId, call);
    }
    return call;
  }
}
