import { beforeEach, expect, test } from 'vitest';
import { jobsOnRecord } from '../../src/app/jobs-on-record.ts';

const MINUTE = 60_000;
let now: number;
let broken: Set<string>;
/** What stands on the board, by worker. */
let board: Map<string, string>;
beforeEach(() => {
  now = Date.parse('2026-11-26T10:00:00+08:00');
  broken = new Set();
  board = new Map();
});

const worker = (name: string) => {
  const work = jobsOnRecord<string, string>({
    round: 'oversightDue',
    which: (job) => job,
    work: async (job) => {
      if (broken.has(job)) throw new Error('the disk of tests');
      return job;
    },
    record: {
      failed: async ({ why }) => void board.set(name, why),
      works: async () => void board.delete(name),
    },
    now: () => now,
  });
  return (job: string): Promise<string> => work(job).catch(() => 'failed');
};

test('what failed here twice and was done by another worker leaves the board when nothing was heard of it for ten minutes', async () => {
  const [one, other] = [worker('one'), worker('other')];
  broken.add('order a');
  expect(await one('order a')).toBe('failed');
  expect(board.size).toBe(0);
  now += MINUTE;
  expect(await one('order a')).toBe('failed');
  expect(board.get('one')).toContain('order a: the disk of tests');
  broken.clear();
  expect(await other('order a')).toBe('order a');
  now += 10 * MINUTE;
  await one('order b');
  expect([...board.keys()]).toEqual(['one']);
  now += 1;
  await one('order c');
  expect(board.size).toBe(0);
});

test('it stays for as long as one that it told of fails, and no longer: what failed once was never told', async () => {
  const one = worker('one');
  for (const job of ['order a', 'order b', 'order once']) broken.add(job);
  for (const job of ['order a', 'order b', 'order a', 'order b', 'order once']) await one(job);
  broken.delete('order a');
  await one('order a');
  expect(board.size).toBe(1);
  broken.delete('order b');
  await one('order b');
  expect(board.size).toBe(0);
});
