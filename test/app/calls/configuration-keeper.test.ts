import { expect, test } from 'vitest';
import { ConfigurationKeeper } from '../../../src/app/calls/configuration-keeper.ts';
import type { PublishedConfiguration } from '../../../src/app/ports/configuration-source.ts';
import { sample, settled } from './harness.ts';
import { ManualClock } from './manual-clock.ts';

function keeper() {
  const clock = new ManualClock();
  const world = {
    published: version(1) as PublishedConfiguration | null,
    kept: null as PublishedConfiguration | null,
    seen: [] as number[],
    wrapUps: [] as (number | undefined)[],
    holding: undefined as PublishedConfiguration['holdingNotices'],
  };
  const quiet = () => undefined;
  const made = new ConfigurationKeeper(
    {
      clock,
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      source: {
        load: () =>
          world.published === null ? Promise.reject(new Error('away')) : Promise.resolve(world.published),
      },
      cache: {
        read: () => Promise.resolve(world.kept),
        write: (published) => {
          world.kept = published;
          return Promise.resolve();
        },
      },
    },
    ({ configuration, holdingNotices }) => {
      world.seen.push(configuration.version);
      world.wrapUps.push(configuration.queues[0]?.wrapUpMs);
      world.holding = holdingNotices;
    },
  );
  return { made, clock, world };
}
const version = (n: number): PublishedConfiguration => ({ configuration: sample([], n), phones: [] });

test('the database’s version is taken over once, kept on the disk, and looked at again each minute', async () => {
  const { made, clock, world } = keeper();
  await made.start();
  expect(world.seen).toEqual([1]);
  expect(world.kept?.configuration.version).toBe(1);
  await clock.advance(60_000, settled);
  expect(world.seen).toEqual([1]);
  world.published = version(2);
  await clock.advance(60_000, settled);
  expect(world.seen).toEqual([1, 2]);
  made.stop();
  expect(clock.pending).toBe(0);
});

test('without the database the kept version serves, until the database is there', async () => {
  const { made, clock, world } = keeper();
  world.kept = version(7);
  world.published = null;
  await made.start();
  expect(world.seen).toEqual([7]);
  expect(await made.reload()).toBe(false);
  world.published = version(8);
  await clock.advance(2_000, settled);
  expect(world.seen).toEqual([7, 8]);
  made.stop();
});

test('without the database nobody is held back by a notice: who read it since is not in the kept version', async () => {
  const { made, world } = keeper();
  world.kept = {
    ...version(7),
    holdingNotices: [{ id: 'n1', title: '台风停课口径', untilMs: Number.MAX_SAFE_INTEGER, readBy: [] }],
  };
  world.published = null;
  await made.start();
  expect(world.holding).toEqual([]);
  made.stop();
});

test('a reading that began before a change does not stand for one asked for after it', async () => {
  const { made, world } = keeper();
  await made.start();
  const before = made.reload();
  world.published = version(2);
  expect(await made.reload()).toBe(true);
  await before;
  expect(world.seen).toEqual([1, 2]);
  made.stop();
});

test('without either it waits and tries', async () => {
  const { made, clock, world } = keeper();
  world.published = null;
  await made.start();
  expect(world.seen).toEqual([]);
  world.published = version(1);
  await clock.advance(2_000, settled);
  expect(world.seen).toEqual([1]);
  made.stop();
});

test('a change told while the database is being read is read as well, however many tell it', async () => {
  const { made, world } = keeper();
  await made.start();
  const slow = made.reload();
  world.published = version(2);
  const told = [made.reload(), made.reload()];
  expect(await Promise.all([slow, ...told])).toEqual([true, true, true]);
  expect(world.seen).toEqual([1, 2]);
  expect(await made.reload()).toBe(true);
  made.stop();
});

test('a surge is over by its time, though the database has gone away meanwhile', async () => {
  const { made, clock, world } = keeper();
  const { configuration } = version(3);
  const [first] = configuration.queues;
  if (first === undefined) throw new Error('the sample has desks');
  const surgeMode = {
    ...{ id: 'surge', queues: [first.code], untilMs: clock.now() + 90_000, wrapUpMs: 1 },
    ...{ callbackAfterMs: null, helpers: [] },
  };
  world.published = { configuration: { ...configuration, surgeMode }, phones: [] };
  await made.start();
  expect(world.wrapUps).toEqual([1]);
  // As it is kept it is what was published: a start without the database sees when it is over.
  expect(world.kept?.configuration.queues[0]?.wrapUpMs).toBe(first.wrapUpMs);
  world.published = null;
  await clock.advance(89_000, settled);
  expect(world.wrapUps).toEqual([1]);
  await clock.advance(1_000, settled);
  expect(world.wrapUps).toEqual([1, first.wrapUpMs]);
  made.stop();
  expect(clock.pending).toBe(0);
});
