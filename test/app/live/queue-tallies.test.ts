import { expect, test } from 'vitest';
import { QueueTallies } from '../../../src/app/live/queue-tallies.ts';
import type { CallFact, Fact } from '../../../src/app/ports/facts.ts';
import type { QueueTally } from '../../../src/app/ports/live-board.ts';
import { CONFIGURATION, queue } from '../../domain/hotlines/rule-sets.ts';
import { ManualClock } from '../calls/manual-clock.ts';

const HOUR_MS = 3_600_000;
const { municipality } = CONFIGURATION;

async function counting(saved: Map<string, QueueTally> = new Map(), clock = new ManualClock()) {
  const shown = new Map<string, QueueTally>();
  const tallies = new QueueTallies({
    clock,
    store: {
      read: () => Promise.resolve([...saved.values()]),
      save: (tally) => saved.set(tally.code, tally),
      drop: (code) => saved.delete(code),
    },
    board: { queue: (tally) => shown.set(tally.code, tally), queueGone: (code) => shown.delete(code) },
  });
  await tallies.restore();
  tallies.useConfiguration({ queues: [queue('general'), queue('desk')], municipality });
  const written: Fact[] = [];
  const log = tallies.counting({ append: (fact) => written.push(fact), flush: () => Promise.resolve(true) });
  const tell = (...facts: CallFact[]): void => {
    for (const fact of facts) log.append({ id: 'f', atMs: clock.now(), callId: 'c', seq: 1, ...fact });
  };
  return { clock, saved, shown, tallies, tell, written };
}
const entered = (code: string): CallFact => ({ type: 'queueEntered', queue: code, reason: '' });
const left = (code: string, how: 'answered' | 'abandoned' | 'overflowed' | 'moved'): CallFact => ({
  type: 'queueLeft',
  queue: code,
  how,
});

test('counted along the facts, which all go on; a queue that the rules do not have is on no screen', async () => {
  const { shown, tell, written } = await counting();
  expect(shown.get('general')).toMatchObject({ offered: 0, answered: 0 });
  tell(entered('general'), entered('general'), entered('general'), entered('fallback'), {
    type: 'callAnswered',
  });
  tell(left('general', 'answered'), left('general', 'abandoned'), left('general', 'overflowed'));
  expect(shown.get('general')).toMatchObject({ offered: 3, answered: 1, abandoned: 1, elsewhere: 1 });
  expect(shown.has('fallback')).toBe(false);
  expect(written).toHaveLength(8);
});

test('kept across a restart on the same day, begun anew at midnight and on another day', async () => {
  const first = await counting();
  first.tell(entered('general'));
  const again = await counting(first.saved, first.clock);
  expect(again.shown.get('general')).toMatchObject({ offered: 1 });
  const day = again.shown.get('general')?.day ?? '';
  first.tallies.stop();
  await again.clock.advance(24 * HOUR_MS, () => Promise.resolve());
  expect(again.shown.get('general')?.offered).toBe(0);
  expect(again.shown.get('general')?.day).not.toBe(day);
  again.tell(entered('general'));
  again.tallies.stop();
  expect(again.clock.pending).toBe(0);
  await again.clock.advance(48 * HOUR_MS, () => Promise.resolve());
  expect((await counting(again.saved, again.clock)).shown.get('general')?.offered).toBe(0);
});

test('a queue that is gone leaves the screen, a renamed one keeps what it took', async () => {
  const { shown, saved, tallies, tell } = await counting();
  tell(entered('general'), entered('desk'));
  tallies.useConfiguration({ queues: [queue('general', { name: '总席' })], municipality });
  expect([...shown.keys()]).toEqual(['general']);
  expect([...saved.keys()]).toEqual(['general']);
  expect(shown.get('general')).toMatchObject({ name: '总席', offered: 1 });
});
