import type { JoinRequest, Offer } from '../../src/domain/routing/offer.ts';
import { seeded } from './benchmark.ts';

/** Anybody who can be asked who gets whom: the product's router, or a naive one. */
export interface Routing {
  join(request: JoinRequest, nowMs: number): Offer | null;
  agentFree(agent: BenchAgent, nowMs: number): Offer | null;
  lookAlsoIn(callId: string, queue: string, nowMs: number): Offer | null;
  leave(callId: string): void;
}
export interface BenchAgent {
  readonly agentId: string;
  readonly queues: readonly string[];
  readonly sinceMs: number;
}

const JOIN = 0;
const FREE = 1;
const WIDER = 2;
const LEAVE = 3;

/**
 * What happened, step by step, in plain arrays: a million little objects would be the collector's work, not the
 * router's. All but leaving are decisions: who, if anybody, gets whom.
 */
export class StepLog {
  readonly #kinds: number[] = [];
  readonly #who: number[] = [];
  readonly #queue: number[] = [];
  readonly #at: number[] = [];
  readonly names: string[] = [];
  readonly queues: string[] = [];
  readonly placesOf = new Map<string, readonly string[]>();
  readonly #nameAt = new Map<string, number>();
  readonly #queueAt = new Map<string, number>();

  get length(): number {
    return this.#kinds.length;
  }

  join(callId: string, queue: string, atMs: number): void {
    this.#add(JOIN, callId, queue, atMs);
  }
  free(agentId: string, atMs: number): void {
    this.#add(FREE, agentId, '', atMs);
  }
  wider(callId: string, queue: string, atMs: number): void {
    this.#add(WIDER, callId, queue, atMs);
  }
  leave(callId: string): void {
    this.#add(LEAVE, callId, '', 0);
  }

  #add(kind: number, name: string, queue: string, atMs: number): void {
    this.#kinds.push(kind);
    this.#who.push(indexIn(this.names, this.#nameAt, name));
    this.#queue.push(indexIn(this.queues, this.#queueAt, queue));
    this.#at.push(atMs);
  }

  /** The same steps once more through anybody, at most `most` of them, and nothing else in the measure. */
  take(routing: Routing, most = this.length): Taken {
    const { names, queues, placesOf } = this;
    let decisions = 0;
    let offers = 0;
    const began = process.cpuUsage();
    const beganMs = performance.now();
    const steps = Math.min(most, this.length);
    for (let nth = 0; nth < steps; nth += 1) {
      const name = names[this.#who[nth] ?? 0] ?? '';
      const queue = queues[this.#queue[nth] ?? 0] ?? '';
      const atMs = this.#at[nth] ?? 0;
      const kind = this.#kinds[nth];
      if (kind === LEAVE) {
        routing.leave(name);
        continue;
      }
      decisions += 1;
      const offer =
        kind === JOIN
          ? routing.join({ callId: name, queue, priority: 1, sinceMs: atMs }, atMs)
          : kind === FREE
            ? routing.agentFree({ agentId: name, queues: placesOf.get(name) ?? [], sinceMs: atMs }, atMs)
            : routing.lookAlsoIn(name, queue, atMs);
      if (offer !== null) offers += 1;
    }
    const { user, system } = process.cpuUsage(began);
    return { decisions, offers, processorMs: (user + system) / 1e3, wallMs: performance.now() - beganMs };
  }
}

function indexIn(table: string[], known: Map<string, number>, name: string): number {
  const at = known.get(name);
  if (at !== undefined) return at;
  known.set(name, table.length);
  return table.push(name) - 1;
}

export interface Taken {
  readonly decisions: number;
  readonly offers: number;
  /** Of the processor, the collector's included: a crowded machine makes it little longer. */
  readonly processorMs: number;
  readonly wallMs: number;
}

export interface Centre {
  readonly agents: number;
  readonly queues: number;
  /** Queues beyond the desks stand for skills: an agent who has one takes its callers. */
  readonly skills: number;
  /** Callers who wait when the day begins. */
  readonly waiting: number;
  /** Arrivals of the day. */
  readonly calls: number;
  readonly handlingMs: number;
}

/** The queues of an agent: one desk, and three or four skills. */
function queuesOf(centre: Centre, random: () => number): readonly string[] {
  const desks = centre.queues - centre.skills;
  const mine = new Set([`desk-${Math.floor(random() * desks)}`]);
  while (mine.size < 4 + Math.floor(random() * 2)) mine.add(`skill-${Math.floor(random() * centre.skills)}`);
  return [...mine];
}

function someQueue(centre: Centre, random: () => number): string {
  const nth = Math.floor(random() * centre.queues);
  const desks = centre.queues - centre.skills;
  return nth < desks ? `desk-${nth}` : `skill-${nth - desks}`;
}

interface Due {
  readonly atMs: number;
  readonly order: number;
  readonly happens: () => void;
}

/** What is due next, soonest first. */
class Agenda {
  readonly #due: Due[] = [];
  #order = 0;

  add(atMs: number, happens: () => void): void {
    this.#order += 1;
    const due = this.#due;
    due.push({ atMs, order: this.#order, happens });
    let at = due.length - 1;
    while (at > 0 && this.#before(at, (at - 1) >> 1)) at = this.#swap(at, (at - 1) >> 1);
  }

  next(): Due | undefined {
    const due = this.#due;
    const first = due[0];
    const last = due.pop();
    if (first === undefined || last === undefined || due.length === 0) return first;
    due[0] = last;
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < due.length && this.#before(child, least)) least = child;
      }
      if (least === at) return first;
      at = this.#swap(at, least);
    }
  }

  #before(a: number, b: number): boolean {
    const [left, right] = [this.#due[a], this.#due[b]];
    if (left === undefined || right === undefined) return false;
    return left.atMs !== right.atMs ? left.atMs < right.atMs : left.order < right.order;
  }

  #swap(a: number, b: number): number {
    const [left, right] = [this.#due[a], this.#due[b]];
    if (left !== undefined && right !== undefined) [this.#due[a], this.#due[b]] = [right, left];
    return b;
  }
}

/** Callers look for an agent of another desk as well after this long. */
const WIDER_AFTER_MS = 20_000;
const DAY_MS = 86_400_000;

/**
 * Lives a day through `routing` and writes down every step, so that the same steps can be taken again without the
 * day's own bookkeeping in the measure.
 */
export function liveADay(centre: Centre, routing: Routing, seed = 1): StepLog {
  const random = seeded(seed);
  const exponential = (mean: number): number => -Math.log(1 - random()) * mean;
  const agenda = new Agenda();
  const steps = new StepLog();
  const waiting = new Set<string>();
  const take = (offer: Offer | null, atMs: number): void => {
    if (offer === null) return;
    waiting.delete(offer.callId);
    steps.leave(offer.callId);
    routing.leave(offer.callId);
    agenda.add(atMs + exponential(centre.handlingMs), () => free(offer.agentId));
  };
  let now = 0;
  const free = (agentId: string): void => {
    const agent = { agentId, queues: steps.placesOf.get(agentId) ?? [], sinceMs: now };
    steps.free(agentId, now);
    take(routing.agentFree(agent, now), now);
  };
  const join = (callId: string): void => {
    const request = { callId, queue: someQueue(centre, random), priority: 1, sinceMs: now };
    waiting.add(callId);
    steps.join(callId, request.queue, now);
    take(routing.join(request, now), now);
    if (!waiting.has(callId)) return;
    const other = someQueue(centre, random);
    agenda.add(now + WIDER_AFTER_MS, () => {
      if (!waiting.has(callId)) return;
      steps.wider(callId, other, now);
      take(routing.lookAlsoIn(callId, other, now), now);
    });
  };
  for (let nth = 0; nth < centre.waiting; nth += 1) join(`w${nth}`);
  for (let nth = 0; nth < centre.agents; nth += 1) {
    steps.placesOf.set(`a${nth}`, queuesOf(centre, random));
    agenda.add(random() * centre.handlingMs, () => free(`a${nth}`));
  }
  for (let nth = 0; nth < centre.calls; nth += 1) agenda.add(random() * DAY_MS, () => join(`c${nth}`));
  for (let due = agenda.next(); due !== undefined; due = agenda.next()) {
    now = due.atMs;
    due.happens();
    // The day's end: who talks then may go on talking.
    if (now > DAY_MS) break;
  }
  return steps;
}

/** Thousands wait all the time: whoever becomes free takes one of them, and another joins. */
export function standingBacklog(centre: Centre, routing: Routing, calls: number): StepLog {
  const random = seeded(3);
  const steps = new StepLog();
  const agents = Array.from({ length: centre.agents }, (_, nth) => ({
    agentId: `a${nth}`,
    queues: queuesOf(centre, random),
  }));
  for (const { agentId, queues } of agents) steps.placesOf.set(agentId, queues);
  const join = (callId: string, atMs: number): void => {
    const request = { callId, queue: someQueue(centre, random), priority: 1, sinceMs: atMs };
    steps.join(callId, request.queue, atMs);
    routing.join(request, atMs);
    if (random() < 0.5) return;
    const other = someQueue(centre, random);
    steps.wider(callId, other, atMs);
    routing.lookAlsoIn(callId, other, atMs);
  };
  for (let nth = 0; nth < centre.waiting; nth += 1) join(`w${nth}`, 0);
  for (let nth = 0; nth < calls; nth += 1) {
    const atMs = nth * 85;
    const agent = agents[Math.floor(random() * agents.length)];
    if (agent === undefined) break;
    const free = { ...agent, sinceMs: atMs };
    steps.free(agent.agentId, atMs);
    const offer = routing.agentFree(free, atMs);
    if (offer === null) continue;
    steps.leave(offer.callId);
    routing.leave(offer.callId);
    join(`c${nth}`, atMs);
  }
  return steps;
}
