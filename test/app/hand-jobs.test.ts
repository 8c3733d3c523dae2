import { expect, test } from 'vitest';
import { handJobs } from '../../src/app/hand-jobs.ts';

const NOW = Date.parse('2026-11-26T10:00:00+08:00');
const log = { error: () => expect.fail('nothing breaks here') };
/** Half of them are due, the last in the list the soonest. */
const jobs = Array.from({ length: 1200 }, (_, nth) => ({ nth, dueAt: NOW + 600 - nth }));

test('many jobs go to the queue by pages, the soonest first', async () => {
  const pages: number[][] = [];
  const queue = { add: async (page: typeof jobs) => void pages.push(page.map(({ dueAt }) => dueAt)) };
  await handJobs(jobs, NOW, { queue, work: async () => expect.fail('the queue is there'), log });
  expect(pages.map(({ length }) => length)).toEqual([500, 500, 200]);
  const order = pages.flat();
  expect(order).toEqual([...order].sort((one, other) => one - other));
});

test('a page that fails says that the queue is away: no other is tried, and all that is due is done here, the soonest first', async () => {
  let pages = 0;
  const worked: number[] = [];
  const queue = {
    add: async () => {
      pages += 1;
      if (pages === 2) throw new Error('no connection to Redis');
    },
  };
  const work = async ({ dueAt }: { readonly dueAt: number }) => void worked.push(dueAt);
  await expect(handJobs(jobs, NOW, { queue, work, log })).rejects.toThrow('no connection to Redis');
  expect(pages).toBe(2);
  expect(worked).toHaveLength(600);
  expect([worked[0], worked.at(-1)]).toEqual([NOW - 599, NOW]);
});
