import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { RedisHouseMirror } from '../../../src/adapters/redis/house-mirror.ts';
import type { Fact } from '../../../src/app/ports/facts.ts';
import type { HouseChanges, HouseCopy } from '../../../src/app/ports/house-mirror.ts';
import { raw, ScratchRedis } from './redis-server.ts';

// The house of call control in a real Redis, as the machine that serves and the one that stands by see it.

let redis: ScratchRedis;
let ours: RedisHouseMirror;
let theirs: RedisHouseMirror;
const said: string[] = [];
const log = { info: () => undefined, warn: (_: object, words: string) => void said.push(words) };
beforeAll(async () => {
  redis = await ScratchRedis.start();
});
beforeEach(() => {
  said.length = 0;
  ours = new RedisHouseMirror(redis.url, log);
  theirs = new RedisHouseMirror(redis.url, log);
});
afterEach(async () => {
  await ours.close();
  await theirs.close();
  await raw(redis.port, 'FLUSHALL');
});
afterAll(() => redis.remove());

/** A house that changes turn by turn. */
class House {
  readonly calls = new Map<string, object>();
  #turn = 0;
  readonly #mirror: RedisHouseMirror;
  constructor(mirror: RedisHouseMirror, generation: number) {
    this.#mirror = mirror;
    mirror.follow(generation, () => ({ turn: this.#turn, changes: this.#whole(), told: [] }));
  }
  turn(change: Readonly<Record<string, object | null>>, told: readonly Fact[] = []): void {
    this.#turn += 1;
    const texts = new Map<string, string | null>();
    for (const [key, value] of Object.entries(change)) {
      if (value === null) this.calls.delete(key);
      else this.calls.set(key, value);
      texts.set(key, value === null ? null : JSON.stringify(value));
    }
    this.#mirror.take({ turn: this.#turn, changes: new Map([['calls', texts]]), told });
  }
  #whole(): HouseChanges {
    return new Map([['calls', new Map([...this.calls].map(([key, value]) => [key, JSON.stringify(value)]))]]);
  }
}
const fact = (n: number): Fact => ({
  id: `fact-${n}`,
  atMs: n,
  callId: 'call',
  seq: n,
  type: 'callAnswered',
});

/** What a standby elsewhere reads, once it is at this turn. */
async function at(turn: number): Promise<HouseCopy> {
  let copy: HouseCopy | null = null;
  await expect
    .poll(async () => {
      copy = await theirs.read();
      return copy?.turn;
    })
    .toBe(turn);
  return copy ?? expect.fail('nothing was read');
}
const calls = (copy: HouseCopy) => Object.fromEntries(copy.rooms.get('calls') ?? []);

test('it follows turn by turn, many turns in one journey, and a standby reads where it stands', async () => {
  expect(await theirs.read()).toBeNull();
  const house = new House(ours, 7);
  for (let n = 1; n <= 50; n += 1) house.turn({ [`call${n}`]: { n }, call1: { n } }, [fact(n)]);
  house.turn({ call2: null });
  const copy = await at(51);
  expect(copy).toMatchObject({ generation: 7, turn: 51 });
  expect(Object.keys(calls(copy))).toHaveLength(49);
  expect(calls(copy)).toMatchObject({ call1: { n: 50 }, call50: { n: 50 } });
  expect(copy.told.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => `fact-${n + 1}`));
  expect(Number((await raw(redis.port, 'PTTL', 'yht:0:house')).slice(1))).toBeGreaterThan(0);
});

test('a Redis that lost everything gets all there is with the next turn', async () => {
  const house = new House(ours, 7);
  house.turn({ one: { n: 1 }, two: { n: 2 } });
  await at(1);
  await raw(redis.port, 'FLUSHALL');
  house.turn({ three: { n: 3 } });
  expect(calls(await at(2))).toEqual({ one: { n: 1 }, two: { n: 2 }, three: { n: 3 } });
});

test('a Redis that comes back empty gets all there is, though nothing happens in the house', async () => {
  const house = new House(ours, 7);
  house.turn({ one: { n: 1 } });
  await at(1);
  await redis.stop();
  await redis.start();
  expect(calls(await at(1))).toEqual({ one: { n: 1 } });
});

test('the mirror of a later term is not written over by a process that was frozen, and it says so once', async () => {
  const old = new House(ours, 7);
  old.turn({ one: { n: 1 } });
  await at(1);
  const successor = new House(theirs, 9);
  successor.turn({ two: { n: 2 } });
  await theirs.flush();
  old.turn({ one: { n: 9 } });
  await expect.poll(() => said).toContain('a later term has its own mirror: this one ends');
  old.turn({ one: { n: 10 } });
  await ours.flush();
  const copy = await theirs.read();
  expect(copy).toMatchObject({ generation: 9, turn: 1 });
  expect(copy === null ? {} : calls(copy)).toEqual({ two: { n: 2 } });
});

test('while Redis is away nobody waits; when it is back it gets all there is, and a standby reads nothing meanwhile', async () => {
  const house = new House(ours, 7);
  house.turn({ one: { n: 1 } });
  await at(1);
  await redis.stop();
  for (let n = 2; n <= 20; n += 1) house.turn({ one: { n }, two: { n } }, [fact(n)]);
  expect(await theirs.read()).toBeNull();
  await redis.start();
  const copy = await at(20);
  expect(calls(copy)).toEqual({ one: { n: 20 }, two: { n: 20 } });
  expect(copy.told).toHaveLength(19);
});
