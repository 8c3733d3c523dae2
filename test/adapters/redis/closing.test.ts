import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { RedisCommandReceiver } from '../../../src/adapters/redis/command-receiver.ts';
import { RedisCommandSender } from '../../../src/adapters/redis/command-sender.ts';
import { RedisLiveBoard } from '../../../src/adapters/redis/live-board.ts';
import { RedisLiveBoardReader } from '../../../src/adapters/redis/live-board-reader.ts';
import { RedisNoticeFeed, RedisNoticePublisher } from '../../../src/adapters/redis/notices.ts';
import { ScratchRedis } from './redis-server.ts';

// A role that stops must not wait for a Redis that is not there: its supervisor would have to kill it.
const quiet = { info: vi.fn(), warn: vi.fn() };
let redis: ScratchRedis;
beforeAll(async () => {
  redis = await ScratchRedis.start();
});
afterEach(async () => {
  redis.thaw();
  await redis.stop();
  await redis.start();
});
afterAll(() => redis.remove());

async function openAll() {
  const sender = new RedisCommandSender(redis.url, quiet);
  const receiver = new RedisCommandReceiver(redis.url, quiet);
  receiver.onCommand(async () => ({ ok: true, agent: null }));
  const board = new RedisLiveBoard(redis.url, quiet);
  board.switchSeen(true);
  const reader = new RedisLiveBoardReader(redis.url, quiet);
  const feed = new RedisNoticeFeed(redis.url, quiet);
  const publisher = new RedisNoticePublisher(redis.url, quiet);
  await vi.waitFor(() => {
    expect(sender.ready && feed.ready).toBe(true);
    expect(reader.picture().source).toBe('live');
  });
  return { sender, all: [sender, receiver, board, reader, feed, publisher] };
}

async function closesWithin(all: readonly { close(): Promise<void> }[], limitMs: number): Promise<void> {
  const startedAt = performance.now();
  await Promise.all(all.map((one) => one.close()));
  expect(performance.now() - startedAt).toBeLessThan(limitMs);
}

test('with Redis there', async () => {
  const { all } = await openAll();
  await closesWithin(all, 1000);
});

test.each([
  ['at once', 0],
  ['between two attempts', 60],
  ['later', 700],
])('with Redis gone: %s', async (_when, afterMs) => {
  const { sender, all } = await openAll();
  await redis.stop();
  await vi.waitFor(() => expect(sender.ready).toBe(false));
  const goneAt = performance.now();
  await vi.waitFor(() => expect(performance.now() - goneAt).toBeGreaterThanOrEqual(afterMs), {
    interval: 10,
  });
  await closesWithin(all, 1000);
});

test('with Redis frozen: connections stay open and nobody answers', async () => {
  const { all } = await openAll();
  redis.freeze();
  await closesWithin(all, 2500);
});

test('before the first connection was made, and where nobody ever listened', async () => {
  const nowhere = 'redis://127.0.0.1:9';
  const all = [
    new RedisCommandSender(nowhere, quiet),
    new RedisLiveBoard(nowhere, quiet),
    new RedisLiveBoardReader(nowhere, quiet),
  ];
  await closesWithin(all, 1000);
});
