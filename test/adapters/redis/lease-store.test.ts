import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { RedisLease } from '../../../src/adapters/redis/lease-store.ts';
import type { Holder, Term } from '../../../src/domain/lease/term.ts';
import { raw, ScratchRedis } from './redis-server.ts';

let redis: ScratchRedis;
let store: RedisLease;
const log = { info: () => undefined, warn: () => undefined };
const holder = (id: string): Holder => ({ id, folder: 'here', name: `vm:${id}` });
const LEASE = 'yht:0:lease:call-control';

/** Taken as it is seen now. */
async function taken(from: RedisLease, id: string, floor: number): Promise<Term | null> {
  return from.acquire(holder(id), floor, await from.look());
}
async function mine(id: string, floor: number): Promise<Term> {
  const term = await taken(store, id, floor);
  if (term === null) throw new Error('nobody has it');
  return term;
}

beforeAll(async () => {
  redis = await ScratchRedis.start();
});
beforeEach(async () => {
  store = new RedisLease(redis.url, log);
  await store.opened();
});
afterEach(async () => {
  await store.close();
  await raw(redis.port, 'FLUSHALL');
});
afterAll(() => redis.remove());

test('one of two gets it, keeps it by renewing, and hands it back', async () => {
  const free = await store.look();
  expect(free).toMatchObject({ kind: 'absent', last: null, how: 'unseen' });
  const [one, two] = await Promise.all([
    store.acquire(holder('a'), 100, free),
    store.acquire(holder('b'), 200, free),
  ]);
  expect([one?.generation, two]).toEqual([101, null]);
  if (one === null) throw new Error('nobody has it');
  expect(await store.look()).toEqual({ kind: 'held', term: one });
  expect(await store.renew(one, 'put')).toBe('held');
  await store.vacate(one);
  expect(await store.look()).toMatchObject({ kind: 'vacant', gap: expect.any(String), last: one });
  expect(await mine('b', 0)).toMatchObject({ id: 'b', generation: 102 });
  expect(await store.renew(one, 'put')).toBe('lost');
  // Who lost it cannot hand it back.
  await store.vacate(one);
  expect(await store.look()).toMatchObject({ kind: 'held', term: { id: 'b' } });
});

test('it runs out by the clock of Redis; the next generation is higher, and the old holder is told', async () => {
  const one = await mine('a', 100);
  expect((await store.look()).kind).toBe('held');
  expect(Number((await raw(redis.port, 'PTTL', LEASE)).slice(1))).toBeLessThanOrEqual(1_500);
  await raw(redis.port, 'PEXPIRE', LEASE, '1');
  await expect.poll(async () => (await store.look()).kind).toBe('absent');
  expect(await store.look()).toMatchObject({ how: 'unseen', last: { id: 'a', generation: 101 } });
  const two = await mine('b', 0);
  expect(two.generation).toBe(102);
  expect(await store.renew(one, 'put')).toBe('lost');
  // Only whose lease was renewed under our eyes has let go of it when it runs out.
  const since = performance.now();
  const watched = async (): Promise<number> => {
    await store.renew(two, 'put');
    await store.look();
    return performance.now() - since;
  };
  await expect.poll(watched).toBeGreaterThan(1_600);
  await raw(redis.port, 'PEXPIRE', LEASE, '1');
  await expect.poll(() => store.look()).toMatchObject({ kind: 'absent', how: 'ranOut', last: { id: 'b' } });
});

test('it is taken from whom it was seen with, and from no other', async () => {
  const one = await mine('a', 100);
  expect(await store.acquire(holder('b'), 0, { kind: 'held', term: { ...one, id: 'c' } })).toBeNull();
  expect(await store.acquire(holder('b'), 0, { kind: 'held', term: one })).toMatchObject({ generation: 102 });
  // Lost since it was seen: somebody may have held it in between.
  const seen = await store.look();
  await raw(redis.port, 'FLUSHALL');
  expect(await store.acquire(holder('c'), 0, seen)).toBeNull();
});

test('whoever took or put back the lease, and a flush, end the time for which it was absent', async () => {
  const forMs = async (): Promise<number> => {
    const seen = await store.look();
    return seen.kind === 'absent' ? seen.forMs : Number.NaN;
  };
  expect(await forMs()).toBe(0);
  await expect.poll(forMs).toBeGreaterThan(50);
  // Another one looks, takes it and loses it, and nobody sees it.
  const before = await store.look();
  const other = new RedisLease(redis.url, log);
  await other.opened();
  const one = await taken(other, 'a', 100);
  if (one === null) throw new Error('nobody has it');
  await raw(redis.port, 'FLUSHALL');
  expect(await forMs()).toBe(0);
  expect(await store.acquire(holder('b'), 0, before)).toBeNull();
  await expect.poll(forMs).toBeGreaterThan(50);
  await raw(redis.port, 'FLUSHALL');
  expect(await forMs()).toBe(0);
  await expect.poll(forMs).toBeGreaterThan(50);
  const late = await store.look();
  expect(await other.renew(one, 'put')).toBe('held');
  await raw(redis.port, 'DEL', LEASE);
  expect(await forMs()).toBe(0);
  expect(await store.acquire(holder('b'), 0, late)).toBeNull();
  await other.close();
});

test('flushed, it is put back by who holds it, with its generation; of two that hold it the later one wins', async () => {
  const one = await mine('a', 100);
  await raw(redis.port, 'FLUSHALL');
  expect(await store.renew(one, 'tell')).toBe('forgotten');
  expect((await store.look()).kind).toBe('absent');
  expect(await store.renew(one, 'put')).toBe('held');
  expect(await store.renew(one, 'tell')).toBe('held');
  expect(await store.look()).toEqual({ kind: 'held', term: one });
  // Somebody who took office while Redis was away.
  const later = { ...holder('b'), generation: 150 };
  expect(await store.renew(later, 'tell')).toBe('forgotten');
  expect(await store.renew(later, 'put')).toBe('held');
  expect(await store.renew(one, 'put')).toBe('lost');
  await raw(redis.port, 'DEL', LEASE);
  expect(await store.renew(one, 'put')).toBe('lost');
  expect(await store.renew({ ...holder('c'), generation: 150 }, 'put')).toBe('held');
  expect(await store.renew(later, 'put')).toBe('lost');
});

test('Redis that is stopped is away; back and empty, it says that it returned', async () => {
  await mine('a', 100);
  await redis.stop();
  await expect
    .poll(() =>
      store.look().then(
        () => 'there',
        () => 'away',
      ),
    )
    .toBe('away');
  const other = new RedisLease(redis.url, log);
  // It does not wait for what is not there.
  await other.opened();
  await expect(other.renew({ ...holder('a'), generation: 101 }, 'put')).rejects.toThrow();
  await other.close();
  await redis.start();
  await expect
    .poll(() => store.look().catch(() => null), { timeout: 5_000 })
    .toMatchObject({ kind: 'absent', how: 'storeReturned', last: null });
});
