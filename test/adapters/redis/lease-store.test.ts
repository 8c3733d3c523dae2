import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { RedisLease } from '../../../src/adapters/redis/lease-store.ts';
import type { Holder } from '../../../src/domain/lease/term.ts';
import { raw, ScratchRedis } from './redis-server.ts';

let redis: ScratchRedis;
let store: RedisLease;
const log = { info: () => undefined, warn: () => undefined };
const holder = (id: string): Holder => ({ id, folder: 'here', name: `vm:${id}` });
const LEASE = 'yht:0:lease:call-control';

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
  expect(await store.look()).toMatchObject({ kind: 'absent', last: null, storeReturned: false });
  const [one, two] = await Promise.all([
    store.acquire(holder('a'), 100, null),
    store.acquire(holder('b'), 200, null),
  ]);
  expect([one?.generation, two]).toEqual([101, null]);
  if (one === null) throw new Error('nobody has it');
  expect(await store.look()).toEqual({ kind: 'held', term: one });
  expect(await store.renew(one)).toBe('held');
  await store.vacate(one);
  expect(await store.look()).toEqual({ kind: 'vacant' });
  expect(await store.acquire(holder('b'), 0, null)).toMatchObject({ id: 'b', generation: 102 });
  expect(await store.renew(one)).toBe('lost');
  // Who lost it cannot hand it back.
  await store.vacate(one);
  expect(await store.look()).toMatchObject({ kind: 'held', term: { id: 'b' } });
});

test('it runs out by the clock of Redis; the next generation is higher, and the old holder is told', async () => {
  const one = await store.acquire(holder('a'), 100, null);
  if (one === null) throw new Error('nobody has it');
  expect(Number((await raw(redis.port, 'PTTL', LEASE)).slice(1))).toBeLessThanOrEqual(1_500);
  await raw(redis.port, 'PEXPIRE', LEASE, '1');
  await expect.poll(async () => (await store.look()).kind).toBe('absent');
  expect(await store.look()).toMatchObject({ last: { id: 'a', generation: 101 } });
  expect(await store.acquire(holder('b'), 0, null)).toMatchObject({ generation: 102 });
  expect(await store.renew(one)).toBe('lost');
});

test('of a holder that is proven dead it is seized, of no other', async () => {
  await store.acquire(holder('a'), 100, null);
  expect(await store.acquire(holder('b'), 0, 'c')).toBeNull();
  expect(await store.acquire(holder('b'), 0, 'a')).toMatchObject({ generation: 102 });
});

test('flushed, it is put back by who holds it, with its generation; of two that hold it the later one wins', async () => {
  const one = await store.acquire(holder('a'), 100, null);
  if (one === null) throw new Error('nobody has it');
  await raw(redis.port, 'FLUSHALL');
  expect(await store.renew(one)).toBe('held');
  expect(await store.look()).toEqual({ kind: 'held', term: one });
  // Somebody who took office while Redis was away.
  const later = { ...holder('b'), generation: 150 };
  expect(await store.renew(later)).toBe('held');
  expect(await store.renew(one)).toBe('lost');
  await raw(redis.port, 'DEL', LEASE);
  expect(await store.renew(one)).toBe('lost');
  expect(await store.renew({ ...holder('c'), generation: 150 })).toBe('held');
  expect(await store.renew(later)).toBe('lost');
});

test('Redis that is stopped is away; back and empty, it says that it returned', async () => {
  await store.acquire(holder('a'), 100, null);
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
  await expect(other.renew({ ...holder('a'), generation: 101 })).rejects.toThrow();
  await other.close();
  await redis.start();
  await expect
    .poll(() => store.look().catch(() => null), { timeout: 5_000 })
    .toMatchObject({ kind: 'absent', storeReturned: true, last: null });
});
