import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BullDeadlineQueue } from '../../../src/adapters/jobs/deadline-queue.ts';
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
