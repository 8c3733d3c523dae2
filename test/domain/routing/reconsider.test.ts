import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Offer } from '../../../src/domain/routing/offer.ts';
import { isCutOff, rankOf } from '../../../src/domain/routing/rank.ts';
import { Router } from '../../../src/domain/routing/router.ts';
import { askOf, meets, type Skills } from '../../../src/domain/skills/skills.ts';

// One event may set several agents free and bring several citizens: their offers are made one by one, and held against who
// waits by its end.

const NOW_MS = 60_000;
const free = (router: Router, agentId: string, sinceMs = 0, skills: Skills = {}): Offer | null =>
  router.agentFree({ agentId, queues: ['general'], sinceMs, skills }, NOW_MS);
const join = (
  router: Router,
  callId: string,
  more: { priority?: number; sinceMs?: number; keptFor?: string } = {},
): Offer | null => router.join({ callId, queue: 'general', priority: 5, sinceMs: 0, ...more }, NOW_MS);
const made = (...offers: readonly (Offer | null)[]): Offer[] => offers.flatMap((offer) => offer ?? []);
const pairs = (offers: readonly Offer[]): string[] =>
  offers.map(({ callId, agentId }) => `${callId} ${agentId}`).sort();

test('who was cut off comes after the agent was given away, and before anybody heard of it: he has him', () => {
  const router = new Router();
  join(router, 'waits');
  const offers = made(free(router, 'a1'), join(router, 'cutOff', { priority: 0, sinceMs: 50_000 }));
  expect(pairs(offers)).toEqual(['waits a1']);
  expect(pairs(router.reconsider(offers, NOW_MS))).toEqual(['cutOff a1']);
  expect(router.reservedFor('a1')).toBe('cutOff');
  expect(router.whyWaits('waits')).not.toBeNull();
  // In the place that he had.
  join(router, 'later', { sinceMs: 1 });
  router.leave('cutOff');
  expect(free(router, 'a1')?.callId).toBe('waits');
});

test('nobody who goes before came: each offer is the one that was made', () => {
  const router = new Router();
  join(router, 'first');
  join(router, 'second', { sinceMs: 1 });
  const offers = made(free(router, 'a1'), free(router, 'a2'), join(router, 'third', { sinceMs: 2 }));
  expect(router.reconsider(offers, NOW_MS)).toBe(offers);
});

test('whoever loses his agent has the next one in line’s, or one who was idle before', () => {
  const router = new Router();
  free(router, 'idle', 30_000, {});
  const english = { queue: 'general', priority: 5, ask: askOf('en') };
  router.join({ ...english, callId: 'waits', sinceMs: 1 }, NOW_MS);
  // He asks for nothing, and was given the one who has been idle longest; the citizen cut off can do with no other.
  const offers = made(
    free(router, 'able', 0, { en: 1 }),
    router.join({ ...english, callId: 'cutOff', priority: 0, sinceMs: 40_000 }, NOW_MS),
  );
  expect(pairs(offers)).toEqual(['waits able']);
  expect(pairs(router.reconsider(offers, NOW_MS))).toEqual(['cutOff able']);

  const other = new Router();
  const both = made(free(other, 'old', 0, { en: 1 }), free(other, 'new', 30_000));
  expect(both).toEqual([]);
  const given = made(
    join(other, 'plain'),
    other.join({ ...english, callId: 'needs', priority: 0, sinceMs: 40_000 }, NOW_MS),
  );
  expect(pairs(given)).toEqual(['plain old']);
  expect(pairs(other.reconsider(given, NOW_MS))).toEqual(['needs old', 'plain new']);
});

test('kept for the agent who was just given away: he takes him, unless he gave himself to who was cut off', () => {
  const router = new Router();
  join(router, 'waits');
  const offers = made(free(router, 'owner'), join(router, 'kept', { sinceMs: 50_000, keptFor: 'owner' }));
  expect(pairs(router.reconsider(offers, NOW_MS))).toEqual(['kept owner']);

  const other = new Router();
  join(other, 'cutOff', { priority: 0 });
  const taken = made(free(other, 'owner'), join(other, 'kept', { sinceMs: 50_000, keptFor: 'owner' }));
  expect(pairs(other.reconsider(taken, NOW_MS))).toEqual(['cutOff owner']);
});

test('an offer whose caller left is not made anew, and is there to be undone', () => {
  const router = new Router();
  join(router, 'leaves');
  join(router, 'waits', { sinceMs: 1 });
  const offers = made(free(router, 'a1'), free(router, 'a2'));
  router.leave('leaves');
  join(router, 'cutOff', { priority: 0 });
  expect(pairs(router.reconsider(offers, NOW_MS))).toEqual(['cutOff a2', 'leaves a1']);
});

test('nor is one whose agent is free no more: he is not idle by it', () => {
  const router = new Router();
  join(router, 'waits');
  const offers = made(free(router, 'a1'));
  router.agentBusy('a1');
  expect(join(router, 'cutOff', { priority: 0 })).toBeNull();
  expect(pairs(router.reconsider(offers, NOW_MS))).toEqual(['waits a1']);
  expect(router.desks.idleIn('general')).toBe(0);
  expect(free(router, 'a2')?.callId).toBe('cutOff');
});

test('an agent who was rung by another call meanwhile, and is free again, is given to the first in line', () => {
  const router = new Router();
  join(router, 'waits');
  const offers = made(free(router, 'a1'));
  router.agentBusy('a1');
  join(router, 'cutOff', { priority: 0 });
  expect(free(router, 'a1')).toBeNull();
  expect(pairs(router.reconsider(offers, NOW_MS))).toEqual(['cutOff a1']);
});

test('whoever was idle before is chosen by the first in line as well, and not left to the last', () => {
  const router = new Router();
  const at = (callId: string, queue: string, priority: number, ask: string): Offer | null =>
    router.join({ callId, queue, priority, sinceMs: 0, ask: askOf(ask) }, NOW_MS);
  const frees = (agentId: string, queue: string, skills: Skills): Offer | null =>
    router.agentFree({ agentId, queues: [queue], sinceMs: Number(agentId.slice(1)), skills }, NOW_MS);
  const offers = made(
    at('english', 'general', 0, 'en, wu?'),
    frees('a0', 'desk', {}),
    at('last', 'general', 9, 'wu?'),
    at('waits', 'desk', 9, ''),
    at('fluent', 'general', 0, 'en:2'),
    at('overtakes', 'desk', 0, ''),
    frees('a1', 'general', {}),
    frees('a2', 'general', { en: 1 }),
    frees('a3', 'general', { en: 2, wu: 1 }),
    frees('a4', 'general', { en: 2, wu: 1 }),
  );
  expect(pairs(offers)).toEqual(['english a2', 'fluent a3', 'last a1', 'waits a0']);
  expect(router.desks.idleIn('general')).toBe(1);
  const anew = router.reconsider(offers, NOW_MS);
  expect(pairs(anew)).toEqual(['english a3', 'fluent a4', 'last a1', 'overtakes a0']);
});

const ASKS = ['', 'en', 'en:2', 'wu?', 'en, wu?'] as const;
const SKILLS: readonly Skills[] = [{}, { en: 1 }, { en: 3 }, { wu: 1 }, { en: 2, wu: 1 }];
const QUEUES = ['general', 'desk'] as const;
const happening = fc.oneof(
  fc.record({
    what: fc.constant('joins' as const),
    queue: fc.constantFrom(...QUEUES),
    ask: fc.constantFrom(...ASKS),
    priority: fc.constantFrom(0, 1, 5, 5, 9),
    sinceMs: fc.nat(50_000),
    keptFor: fc.option(fc.nat(9)),
  }),
  fc.record({
    what: fc.constant('frees' as const),
    queues: fc.constantFrom<readonly (typeof QUEUES)[number][]>(['general'], ['desk'], QUEUES),
    skills: fc.constantFrom(...SKILLS),
  }),
);

test('whatever one event brings: nobody waits who goes before one that is offered and could have had the same agent', () => {
  let anew = 0;
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40, size: 'max' }), fc.nat(40), (all, before) => {
      const router = new Router();
      const callers = new Map<string, Extract<(typeof all)[number], { what: 'joins' }>>();
      const agents = new Map<string, Extract<(typeof all)[number], { what: 'frees' }>>();
      let offers: readonly Offer[] = [];
      for (const [at, one] of all.entries()) {
        // What was offered before was heard of.
        if (at === before) offers = [];
        if (one.what === 'frees') {
          const agentId = `a${agents.size}`;
          agents.set(agentId, one);
          const { queues, skills } = one;
          offers = [...offers, ...made(router.agentFree({ agentId, queues, skills, sinceMs: at }, NOW_MS))];
          continue;
        }
        const callId = `c${callers.size}`;
        callers.set(callId, one);
        const { queue, priority, sinceMs, ask } = one;
        const keptFor = one.keptFor === null ? null : `a${one.keptFor}`;
        const request = { callId, queue, priority, sinceMs, ask: askOf(ask), keptFor };
        offers = [...offers, ...made(router.join(request, NOW_MS))];
      }
      const settled = router.reconsider(offers, NOW_MS);
      if (settled !== offers) anew += 1;
      const agentsOf = settled.map(({ agentId }) => agentId);
      expect(new Set(agentsOf).size).toBe(agentsOf.length);
      expect(new Set(settled.map(({ callId }) => callId)).size).toBe(settled.length);
      // Nobody is lost by it: who was offered and is not waits.
      const offered = new Set(settled.map(({ callId }) => callId));
      for (const { callId } of offers) expect(offered.has(callId)).toBe(router.whyWaits(callId) === null);
      const kindOf = (callId: string): number => {
        const caller = callers.get(callId);
        if (caller === undefined) throw new Error(callId);
        return isCutOff(caller) ? 0 : caller.keptFor === null ? 2 : 1;
      };
      const rank = (callId: string): number => {
        const { priority, sinceMs } = callers.get(callId) ?? { priority: 0, sinceMs: 0 };
        return rankOf(priority, sinceMs);
      };
      const waiting = [...callers].filter(([callId]) => router.whyWaits(callId) !== null);
      for (const { callId, agentId } of settled) {
        expect(router.reservedFor(agentId)).toBe(callId);
        const agent = agents.get(agentId);
        for (const [other, { queue, ask, keptFor }] of waiting) {
          const can = agent?.queues.includes(queue) && meets(agent.skills, askOf(ask).required);
          if (!can || (keptFor !== null && `a${keptFor}` !== agentId)) continue;
          const [own, others] = [kindOf(callId), kindOf(other)];
          const goesBefore = own === others ? rank(other) < rank(callId) : others < own;
          expect(goesBefore, `${other} waits, ${callId} has ${agentId}`).toBe(false);
        }
      }
      // Nor does anybody wait for whom somebody is idle.
      const taken = new Set([...agents.keys()].filter((agentId) => router.reservedFor(agentId) !== null));
      for (const [other, { queue, ask, keptFor }] of waiting) {
        for (const [agentId, { queues, skills }] of agents) {
          if (taken.has(agentId) || !queues.includes(queue) || !meets(skills, askOf(ask).required)) continue;
          expect(keptFor === null || `a${keptFor}` === agentId, `${other} waits, ${agentId} is idle`).toBe(
            false,
          );
        }
      }
    }),
    { numRuns: 1_000 },
  );
  expect(anew).toBeGreaterThan(100);
});
