import { expect, test } from 'vitest';
import { enqueueUpkeep } from '../../../src/app/knowledge/upkeep/enqueue-upkeep.ts';
import type { CalendarSource, TicketSettings } from '../../../src/app/ports/calendar.ts';
import type { KnowledgeJob } from '../../../src/app/ports/knowledge-upkeep.ts';

const NOW = Date.parse('2026-09-01T10:00:00+08:00');
const calendar: CalendarSource = {
  load: async () => ({ calendar: { zone: 'Asia/Shanghai' } }) as TicketSettings,
};
const job = (unitCode: string, dueAt: number): KnowledgeJob => ({ kind: 'ends', unitCode, dueAt });

test('while the queue is away a unit whose job breaks is told of, the others are done, and what keeps the queue away comes out', async () => {
  const jobs = [job('broken', NOW - 2), job('water', NOW - 1), job('power', NOW), job('later', NOW + 1)];
  const worked: string[] = [];
  const told: object[] = [];
  const enqueue = enqueueUpkeep({
    upkeep: { due: async () => jobs },
    calendar,
    queue: { add: () => Promise.reject(new Error('no connection to Redis')) },
    work: async ({ unitCode }) => {
      if (unitCode === 'broken') throw new Error('a version without its entry');
      worked.push(unitCode);
    },
    now: () => NOW,
    log: { error: (fields) => void told.push(fields) },
  });
  await expect(enqueue()).rejects.toThrow('no connection to Redis');
  expect(worked).toEqual(['water', 'power']);
  expect(told).toMatchObject([
    { what: { unitCode: 'broken' }, err: { message: 'a version without its entry' } },
  ]);
});
