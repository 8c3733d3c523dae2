import { afterAll, beforeAll, expect, test } from 'vitest';
import { Router } from '../../../src/domain/routing/router.ts';
import { seeded } from '../../bench/benchmark.ts';
import { NaiveRouting } from '../../bench/naive-routing.ts';
import { WorkCount } from '../../support/work-count.ts';

// What a decision costs as agents and callers grow a hundredfold: counted in steps of the code and not in time, so that it is
// the same on every machine. A logarithm doubles from a hundred to ten thousand; a scan of everybody grows a hundredfold.

const [FEW, MANY] = [100, 10_000] as const;
/** What log(MANY) / log(FEW) is, and something for luck with the heaps' shapes. */
const AS_THE_LOGARITHM = 2.2;
const DECISIONS = FEW;
const DESKS = ['general', 'water', 'housing', 'social'] as const;

let work: WorkCount;
beforeAll(async () => {
  work = await WorkCount.of('/src/domain/routing/', '/src/domain/skills/', '/bench/naive-routing');
});
afterAll(() => work?.stop());

const pick = <T>(from: readonly T[], random: () => number): T => {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};
const english = { required: [{ skill: 'en', least: 2 }], preferred: [{ skill: 'wu', least: 1 }] };

type Decide = (router: Router, n: number, random: () => number) => () => void;

function agentAt(n: number, random: () => number) {
  return {
    agentId: `a${n}`,
    queues: [pick(DESKS, random), pick(DESKS, random)].filter((one, at, all) => all.indexOf(one) === at),
    sinceMs: Math.floor(random() * 600_000),
    skills: random() < 0.3 ? { en: 3, wu: 1 } : {},
  };
}
function callerAt(name: string, random: () => number, nowMs: number) {
  return {
    callId: name,
    queue: pick(DESKS, random),
    priority: 1 + Math.floor(random() * 9),
    sinceMs: nowMs - Math.floor(random() * 600_000),
    ...(random() < 0.2 ? { ask: english } : {}),
  };
}
const NOW_MS = 1_000_000;

/** `n` agents are at work and `n` callers wait: whoever becomes free takes one of them, and another comes. */
const backlog: Decide = (router, n, random) => {
  const agents = Array.from({ length: n }, (_, nth) => agentAt(nth, random));
  for (const agent of agents) router.desks.agentPresent(agent);
  for (let nth = 0; nth < n; nth += 1) {
    router.join(callerAt(`c${nth}`, random, NOW_MS), NOW_MS);
    if (nth % 3 === 0) router.lookAlsoIn(`c${nth}`, pick(DESKS, random), NOW_MS);
  }
  return () => {
    for (let nth = 0; nth < DECISIONS; nth += 1) {
      const offer = router.agentFree({ ...pick(agents, random), sinceMs: NOW_MS }, NOW_MS);
      // One in four is not taken, and keeps his place.
      if (offer !== null && nth % 4 === 0) router.giveBack(offer.callId, NOW_MS);
      else if (offer !== null) router.leave(offer.callId);
      router.join(callerAt(`n${nth}`, random, NOW_MS), NOW_MS);
      router.lookAlsoIn(`n${nth}`, pick(DESKS, random), NOW_MS);
    }
  };
};

/** `n` agents are free: whoever calls is given to one of them, who is free again after it. */
const idle: Decide = (router, n, random) => {
  const agents = new Map(Array.from({ length: n }, (_, nth) => [`a${nth}`, agentAt(nth, random)]));
  // Each lane is made by its first caller, who pays for it once.
  for (const queue of DESKS) {
    router.join({ ...callerAt(`f ${queue}`, random, NOW_MS), queue, ask: english }, NOW_MS);
    router.leave(`f ${queue}`);
  }
  for (const agent of agents.values()) {
    router.desks.agentPresent(agent);
    router.agentFree(agent, NOW_MS);
  }
  return () => {
    for (let nth = 0; nth < DECISIONS; nth += 1) {
      const offer = router.join(callerAt(`n${nth}`, random, NOW_MS), NOW_MS);
      if (offer === null) throw new Error('somebody is free at every desk');
      router.leave(offer.callId);
      const agent = agents.get(offer.agentId);
      if (agent !== undefined) router.agentFree({ ...agent, sinceMs: NOW_MS + nth }, NOW_MS + nth);
    }
  };
};

/** `n` wait for colleagues who have their case, one each; now and then one is let go to everybody. */
const kept: Decide = (router, n, random) => {
  const agents = Array.from({ length: n }, (_, nth) => agentAt(nth, random));
  for (const agent of agents) router.desks.agentPresent(agent);
  for (const [nth, { agentId, queues }] of agents.entries()) {
    const request = { callId: `c${nth}`, queue: pick(queues, random), priority: 5, sinceMs: NOW_MS - nth };
    router.join({ ...request, keptFor: agentId }, NOW_MS);
  }
  return () => {
    for (let nth = 0; nth < DECISIONS; nth += 1) {
      const at = Math.floor((nth * n) / DECISIONS);
      router.openToAll(`c${at}`, NOW_MS);
      const agent = agents[at];
      const offer = agent === undefined ? null : router.agentFree({ ...agent, sinceMs: NOW_MS }, NOW_MS);
      if (offer !== null) router.leave(offer.callId);
    }
  };
};

async function growth(decide: Decide): Promise<{ readonly few: number; readonly times: number }> {
  const costOf = (n: number): Promise<number> => work.during(decide(new Router(), n, seeded(11)));
  const few = await costOf(FEW);
  return { few: few / DECISIONS, times: (await costOf(MANY)) / few };
}

test.for([
  { what: 'everybody waits', decide: backlog },
  { what: 'everybody is free', decide: idle },
  { what: 'each waits for one colleague', decide: kept },
])('a decision costs no more than the logarithm of agents and callers: $what', async ({ decide }) => {
  const { few, times } = await growth(decide);
  // It was counted at all.
  expect(few).toBeGreaterThan(10);
  expect(times).toBeLessThan(AS_THE_LOGARITHM);
});

test('the measure tells a scan of everybody', async () => {
  const costOf = (n: number): Promise<number> => {
    const routing = new NaiveRouting();
    const random = seeded(11);
    const agents = Array.from({ length: n }, (_, nth) => agentAt(nth, random));
    for (let nth = 0; nth < n; nth += 1) routing.join(callerAt(`c${nth}`, random, NOW_MS));
    return work.during(() => {
      for (let nth = 0; nth < 40; nth += 1) {
        const offer = routing.agentFree({ ...pick(agents, random), sinceMs: NOW_MS });
        if (offer !== null) routing.leave(offer.callId);
      }
    });
  };
  expect((await costOf(MANY)) / (await costOf(FEW))).toBeGreaterThan(20);
});
