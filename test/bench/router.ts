import { meanWaitMs } from '../../src/domain/reporting/erlang.ts';
import { Router } from '../../src/domain/routing/router.ts';
import { type Benchmark, inTurn, median, rounded, seeded } from './benchmark.ts';
import { NaiveRouting } from './naive-routing.ts';
import { type Centre, liveADay, type Routing, type StepLog, standingBacklog } from './router-load.ts';

/** Shenzhen-sized: seats, desks and skills of the largest hotline we mean to carry, at 92 % of what they can. */
const LARGE: Centre = {
  agents: 2_800,
  queues: 60,
  skills: 40,
  waiting: 5_000,
  calls: 900_000,
  handlingMs: 240_000,
};
/** A county town with the same load on each agent. */
const SMALL: Centre = { ...LARGE, agents: 28, waiting: 50, calls: 9_000 };

export const router: Benchmark = {
  name: 'router',
  work: 'the pure core: 2,800 agents, 60 queues of which 40 are skills, 5,000 waiting, a day of arrivals',
  beside: 'a naive scan of everybody at the same steps; Erlang C for the wait in one pooled queue',
  goal: 'decisions_per_s >= 200000, wait_error <= 0.03, growth <= 4',
  async run({ quick, say }) {
    const rounds = quick ? 3 : 5;
    const large = liveADay(quick ? { ...LARGE, calls: 100_000 } : LARGE, new Router());
    const small = liveADay(SMALL, new Router());
    const backlog = standingBacklog(LARGE, new Router(), quick ? 40_000 : 200_000);
    const few = quick ? 7_000 : 15_000;
    say(`  ${large.length} steps of a large day, ${small.length} of a small one`);
    const perDecision = (steps: StepLog, routing: Routing, most?: number) => {
      const { decisions, processorMs, wallMs, offers } = steps.take(routing, most);
      return { ns: (processorMs * 1e6) / decisions, wallNs: (wallMs * 1e6) / decisions, offers };
    };
    const taken = await inTurn<Cost>(
      [
        { name: 'large', round: () => perDecision(large, new Router()) },
        { name: 'backlog', round: () => perDecision(backlog, new Router()) },
        // Many small days make one round that can be measured.
        { name: 'small', round: () => repeated(quick ? 5 : 40, () => perDecision(small, new Router())) },
        { name: 'few', round: () => perDecision(large, new Router(), few) },
        { name: 'naive', round: () => perDecision(large, new NaiveRouting(), few) },
      ],
      rounds,
      say,
    );
    const ns = (name: string): number => median((taken.get(name) ?? []).map((one) => one.ns));
    const wallNs = (name: string): number => median((taken.get(name) ?? []).map((one) => one.wallNs));
    const offers = (name: string): number => taken.get(name)?.[0]?.offers ?? 0;
    const wait = pooledWait(28, 0.85, quick ? 1_000_000 : 6_000_000);
    return {
      decisions_per_s: Math.round(1e9 / Math.max(ns('large'), ns('backlog'))),
      wall_decisions_per_s: Math.round(1e9 / Math.max(wallNs('large'), wallNs('backlog'))),
      day_decisions_per_s: Math.round(1e9 / ns('large')),
      backlog_decisions_per_s: Math.round(1e9 / ns('backlog')),
      decision_ns_large: Math.round(ns('large')),
      decision_ns_small: Math.round(ns('small')),
      growth: rounded(ns('large') / ns('small')),
      naive_decisions_per_s: Math.round(1e9 / ns('naive')),
      ratio_naive: rounded(ns('naive') / ns('few')),
      offers_equal_naive: offers('few') === offers('naive'),
      wait_mean_ms: Math.round(wait.measuredMs),
      erlang_c_wait_ms: Math.round(wait.erlangMs),
      wait_error: rounded(Math.abs(wait.measuredMs / wait.erlangMs - 1)),
    };
  },
};

interface Cost {
  readonly ns: number;
  readonly wallNs: number;
  readonly offers: number;
}

function repeated(times: number, once: () => Cost): Cost {
  const all = Array.from({ length: times }, once);
  const mean = (of: (one: Cost) => number): number => all.reduce((sum, one) => sum + of(one), 0) / times;
  return { ns: mean(({ ns }) => ns), wallNs: mean(({ wallNs }) => wallNs), offers: all[0]?.offers ?? 0 };
}

/** Calls at random, handling at random, one queue, first come first served: the mean wait beside the formula's. */
function pooledWait(seats: number, load: number, calls: number) {
  const random = seeded(7);
  const exponential = (mean: number): number => -Math.log(1 - random()) * mean;
  const handlingMs = 240_000;
  const gapMs = handlingMs / (seats * load);
  const routing = new Router();
  const busyUntil: { atMs: number; agentId: string }[] = [];
  const since = new Map<string, number>();
  let waited = 0;
  let handledMs = 0;
  let counted = 0;
  const take = (offer: ReturnType<Router['join']>, atMs: number): void => {
    if (offer === null) return;
    const nth = Number(offer.callId);
    if (nth > calls / 20) {
      waited += atMs - (since.get(offer.callId) ?? atMs);
      counted += 1;
    }
    since.delete(offer.callId);
    routing.leave(offer.callId);
    const handling = exponential(handlingMs);
    handledMs += handling;
    busyUntil.push({ atMs: atMs + handling, agentId: offer.agentId });
  };
  for (let nth = 0; nth < seats; nth += 1) {
    routing.agentFree({ agentId: `a${nth}`, queues: ['general'], sinceMs: 0 }, 0);
  }
  let now = 0;
  for (let nth = 0; nth < calls; nth += 1) {
    now += exponential(gapMs);
    // At most `seats` are busy: the least of a handful is found by looking.
    for (;;) {
      let soonest = -1;
      for (let at = 0; at < busyUntil.length; at += 1) {
        if (soonest < 0 || (busyUntil[at]?.atMs ?? 0) < (busyUntil[soonest]?.atMs ?? 0)) soonest = at;
      }
      const next = busyUntil[soonest];
      if (next === undefined || next.atMs > now) break;
      busyUntil.splice(soonest, 1);
      take(
        routing.agentFree({ agentId: next.agentId, queues: ['general'], sinceMs: next.atMs }, next.atMs),
        next.atMs,
      );
    }
    since.set(`${nth}`, now);
    take(routing.join({ callId: `${nth}`, queue: 'general', priority: 1, sinceMs: now }, now), now);
  }
  // The formula at the load that chance brought about: half a percent more load is several percent more wait.
  const demand = { callsPerHour: (calls / now) * 3_600_000, handlingMs: handledMs / calls };
  const erlangMs = meanWaitMs(seats, demand);
  return { measuredMs: waited / counted, erlangMs };
}
