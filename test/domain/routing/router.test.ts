import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IndexedHeap } from '../../../src/domain/routing/indexed-heap.ts';
import { Router } from '../../../src/domain/routing/router.ts';

const caller = (callId: string, sinceMs: number, queue = 'general', priority = 1) => ({
  callId,
  queue,
  priority,
  sinceMs,
});
const free = (agentId: string, sinceMs: number, queues: readonly string[] = ['general']) => ({
  agentId,
  queues,
  sinceMs,
});

test('of the idle agents the one idle longest, with a reason that says so', () => {
  const router = new Router();
  router.agentFree(free('b', 20_000), 20_000);
  router.agentFree(free('a', 10_000), 20_000);
  const offer = router.join(caller('c1', 60_000), 60_000);
  expect(offer).toMatchObject({ callId: 'c1', agentId: 'a', queue: 'general' });
  expect(offer?.reason).toContain('最长空闲 50 秒');
});

test('of the waiting the one waiting longest, who talked before all others', () => {
  const router = new Router();
  router.join(caller('late', 2_000), 2_000);
  router.join(caller('early', 1_000), 2_000);
  router.join(caller('lost', 3_000, 'general', 0), 3_000);
  const order = ['x', 'y', 'z'].map((agentId) => router.agentFree(free(agentId, 4_000), 4_000)?.callId);
  expect(order).toEqual(['lost', 'early', 'late']);
});

test('an agent of several queues takes whoever waits longest in any of them', () => {
  const router = new Router();
  router.join(caller('g', 2_000, 'general'), 2_000);
  router.join(caller('d', 1_000, 'desk'), 2_000);
  expect(router.agentFree(free('a', 0, ['general', 'desk']), 3_000)).toMatchObject({
    callId: 'd',
    queue: 'desk',
  });
});

test('a failed offer gives the caller the old place, and the agent is one reservation at most', () => {
  const router = new Router();
  router.join(caller('first', 1_000), 1_000);
  router.join(caller('second', 2_000), 2_000);
  expect(router.agentFree(free('a', 0), 3_000)?.callId).toBe('first');
  expect(router.reservedFor('a')).toBe('first');
  expect(router.agentFree(free('a', 0), 3_000)).toBeNull();
  expect(router.giveBack('first', 4_000)).toBeNull();
  expect(router.agentFree(free('b', 0), 5_000)?.callId).toBe('first');
});

test('a caller given back goes to the next idle agent at once', () => {
  const router = new Router();
  router.agentFree(free('a', 1_000), 1_000);
  router.agentFree(free('b', 2_000), 2_000);
  expect(router.join(caller('c', 3_000), 3_000)?.agentId).toBe('a');
  expect(router.giveBack('c', 4_000)?.agentId).toBe('b');
});

test('the desk’s own agents first, then the desk it overflows to; the place is kept in both', () => {
  const router = new Router();
  router.agentFree(free('general1', 0, ['general']), 0);
  expect(router.join(caller('c', 1_000, 'desk'), 1_000)).toBeNull();
  const offer = router.lookAlsoIn('c', 'general', 21_000);
  expect(offer).toMatchObject({ agentId: 'general1', queue: 'general' });
  expect(offer?.reason).toContain('desk 溢出至 general');
  router.giveBack('c', 22_000);
  expect(router.desks.waitingIn('desk')).toBe(1);
  expect(router.desks.waitingIn('general')).toBe(1);
  router.join(caller('later', 23_000, 'general'), 23_000);
  expect(router.agentFree(free('general2', 0, ['general']), 24_000)?.callId).toBe('c');
  expect(router.desks.waitingIn('desk')).toBe(0);

  const other = new Router();
  other.agentFree(free('own', 9_000, ['desk']), 9_000);
  other.agentFree(free('longer', 0, ['general']), 9_000);
  expect(other.join(caller('c', 9_000, 'desk'), 9_000)?.agentId).toBe('own');
});

test('who leaves is found nowhere, and the reserved agent is free again', () => {
  const router = new Router();
  router.agentFree(free('a', 0), 0);
  router.join(caller('c', 1), 1);
  router.leave('c');
  expect(router.holds('c')).toBe(false);
  expect(router.agentFree(free('a', 0), 2)).toBeNull();
  expect(router.join(caller('d', 3), 3)?.agentId).toBe('a');
});

test('joining twice keeps the first place', () => {
  const router = new Router();
  router.join(caller('c', 1_000), 1_000);
  router.join(caller('d', 2_000), 2_000);
  router.join(caller('c', 9_000), 9_000);
  expect(router.agentFree(free('a', 0), 9_000)?.callId).toBe('c');
});

test('joining again with a better place takes it: of a callback that was promised meanwhile to his other call', () => {
  const router = new Router();
  router.join(caller('c', 2_000), 2_000);
  router.join(caller('d', 1_000), 2_000);
  router.join(caller('c', 500), 9_000);
  const order = ['a', 'b'].map((agentId) => router.agentFree(free(agentId, 9_000), 9_000)?.callId);
  expect(order).toEqual(['c', 'd']);
});

test('a better place waits for who is being offered until the offer comes to nothing', () => {
  const router = new Router();
  router.join(caller('c', 2_000), 2_000);
  router.agentFree(free('a', 0), 3_000);
  router.join(caller('d', 1_000), 4_000);
  expect(router.join(caller('c', 500), 5_000)).toBeNull();
  router.giveBack('c', 6_000);
  expect(router.agentFree(free('b', 0), 7_000)?.callId).toBe('c');
});

test('the heap hands out in order, whoever is taken out from the middle', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }),
      fc.array(fc.nat(60)),
      (values, taken) => {
        const heap = new IndexedHeap<{ value: number }>((a, b) => a.value < b.value);
        const places = values.map((value) => heap.add({ value }));
        const left = new Set(places);
        for (const at of taken) {
          const place = places[at];
          if (place === undefined) continue;
          expect(heap.remove(place)).toBe(left.delete(place));
        }
        const out: number[] = [];
        for (let item = heap.first(); item !== undefined; item = heap.first()) {
          out.push(item.value);
          const place = places.find((one) => one.item === item);
          expect(place !== undefined && heap.remove(place)).toBe(true);
        }
        expect(heap.size).toBe(0);
        expect(out).toEqual([...left].map(({ item }) => item.value).sort((a, b) => a - b));
      },
    ),
    { numRuns: 200 },
  );
});

test('any sequence: nobody waits beside an idle agent, order is kept, nobody is offered twice', () => {
  const step = fc.record({ what: fc.nat(5), who: fc.nat(7), queue: fc.constantFrom('general', 'desk') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const router = new Router();
      const offered = new Map<string, string>();
      const waiting = new Map<string, number>();
      const take = (offer: ReturnType<Router['join']>): void => {
        if (offer === null) return;
        expect(offered.has(offer.callId)).toBe(false);
        expect([...offered.values()]).not.toContain(offer.agentId);
        offered.set(offer.callId, offer.agentId);
      };
      steps.forEach(({ what, who, queue }, at) => {
        const callId = `c${who}`;
        const agentId = `a${who}`;
        const agent = () => free(agentId, at, who % 2 === 0 ? ['general'] : ['desk', 'general']);
        if (what === 0) {
          if (!waiting.has(callId)) waiting.set(callId, at);
          take(router.join(caller(callId, waiting.get(callId) ?? at, queue), at));
        } else if (what === 1) take(router.agentFree(agent(), at));
        else if (what === 2) router.agentBusy(agentId);
        else if (what === 3) {
          router.leave(callId);
          offered.delete(callId);
          waiting.delete(callId);
        } else if (what === 4) {
          offered.delete(callId);
          take(router.giveBack(callId, at));
        } else take(router.lookAlsoIn(callId, 'general', at));
        const beside = ['general', 'desk'].find(
          (name) => router.desks.idleIn(name) > 0 && router.desks.waitingIn(name) > 0,
        );
        if (beside !== undefined) expect.fail(`somebody waits beside an idle agent in ${beside}`);
      });
      expect([...waiting.keys()].every((callId) => router.holds(callId))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
