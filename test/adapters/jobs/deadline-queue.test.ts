import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { BullDeadlineQueue } from '../../../src/adapters/jobs/deadline-queue.ts';
import { JobWorker } from '../../../src/adapters/jobs/job-worker.ts';
import { freshRedis, type TestRedis } from '../../support/services.ts';

const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

let redis: TestRedis;
let queue: BullDeadlineQueue;
beforeEach(async () => {
  redis = await freshRedis();
  queue = new BullDeadlineQueue(redis.url, log);
  await queue.settled(5000);
});
afterEach(async () => {
  await queue.close();
  await redis.stop();
});

const NOW = Date.now();
const job = (dueAt = NOW - 600_000) => ({ deadlineId: randomUUID(), generation: 0, dueAt });

test('a job that lies there is late, however long; one that is not there is lost, and so is another generation', async () => {
  const [one, other, gone] = [job(), job(), job()];
  await queue.add([one, other], NOW);
  const renewed = { ...one, generation: 1 };
  expect(await queue.missing([one, gone, other, renewed])).toEqual([gone, renewed]);
  expect(await queue.missing([])).toEqual([]);
});

test('while nothing waits and nothing is under way whatever should have run will never come', async () => {
  const [later, gone] = [job(NOW + 3_600_000), job()];
  await queue.add([later], NOW);
  expect(await queue.missing([later, gone])).toEqual([later, gone]);
});

test('what lies in it is told: what waits, how late the first is, and what failed and is tried again', async () => {
  const nothing = { waiting: 0, active: 0, delayed: 0, failing: 0, latestMs: 0 };
  // What only tells whether the store was emptied is nobody's deadline.
  await queue.beginRestoring();
  expect(await queue.figures(NOW)).toEqual(nothing);
  expect(await queue.endRestoring()).toBe(true);
  expect(await queue.figures(NOW)).toEqual(nothing);
  await queue.add([job(NOW + 3_600_000), job(NOW - 60_000), job()], NOW);
  expect(await queue.figures(NOW)).toEqual({ ...nothing, waiting: 2, delayed: 1, latestMs: 600_000 });

  const worker = new JobWorker(redis.url, queue.queue, () => Promise.reject(new Error('no such luck')), {
    ...{ log, concurrency: 2 },
  });
  onTestFinished(() => worker.stop(5000));
  // Its moment stays what it was, however often it is tried.
  await expect
    .poll(() => queue.figures(NOW))
    .toEqual({ ...nothing, delayed: 3, failing: 2, latestMs: 600_000 });
});

test('while the store is away nothing is told of it', async () => {
  await redis.stop();
  await expect.poll(() => queue.figures(NOW)).toBeNull();
});
