import { describe, expect, test } from 'vitest';
import { type Estimate, estimateWait, type Standing, soonest } from '../../../src/domain/routing/estimate.ts';
import {
  handedOver,
  PACE_AT_MOST,
  PACE_WINDOW_MS,
  type Pace,
  unseen,
} from '../../../src/domain/routing/pace.ts';
import { type Offer, Router } from '../../../src/domain/routing/router.ts';
import { seeded } from '../../bench/benchmark.ts';

/** One caller after the other, each `everyMs`, while three are at work. */
function steady(everyMs: number, n: number, spread: (nth: number) => number = () => 0): Pace {
  let pace = unseen('desk');
  let atMs = 0;
  for (let nth = 0; nth < n; nth += 1) {
    atMs += everyMs + spread(nth);
    pace = handedOver(pace, { enteredMs: 0, atMs, waited: true, agents: 3 });
  }
  return pace;
}
const standing = (more: Partial<Standing> = {}): Standing => ({
  ahead: 2,
  atWork: 3,
  particular: false,
  longestWaitMs: 0,
  ...more,
});
const waitOf = (estimate: Estimate): number => (estimate.kind === 'credible' ? estimate.waitMs : Number.NaN);

describe('the pace of a line', () => {
  test('an idle agent who takes a caller at once says nothing of it, but when the line began', () => {
    let pace = handedOver(unseen('desk'), { enteredMs: 90, atMs: 100, waited: false, agents: 2 });
    expect(pace).toEqual({ queue: 'desk', latestMs: 100, handOvers: [] });
    pace = handedOver(pace, { enteredMs: 40, atMs: 1_100, waited: true, agents: 2 });
    // Who joined after that began the line anew.
    pace = handedOver(pace, { enteredMs: 5_000, atMs: 5_400, waited: true, agents: 2 });
    expect(pace.handOvers).toEqual([
      { atMs: 1_100, agentMs: 2_000 },
      { atMs: 5_400, agentMs: 800 },
    ]);
  });

  test('told out of order it loses nothing; it is kept for a while and no longer', () => {
    const pace = steady(1_000, 5);
    expect(handedOver(pace, { enteredMs: 0, atMs: 4_500, waited: true, agents: 3 })).toMatchObject({
      latestMs: 5_000,
      handOvers: expect.arrayContaining([{ atMs: 4_500, agentMs: 0 }]),
    });
    expect(steady(1_000, 500).handOvers).toHaveLength(PACE_AT_MOST);
    const later = handedOver(pace, { enteredMs: 0, atMs: PACE_WINDOW_MS + 3_000, waited: false, agents: 3 });
    expect(later.handOvers.map(({ atMs }) => atMs)).toEqual([4_000, 5_000]);
  });
});

describe('what can be believed', () => {
  const pace = steady(20_000, 20);
  const now = 400_000;
  test('those ahead and he himself, by the agents who are at work now', () => {
    expect(estimateWait(pace, standing(), now)).toEqual({ kind: 'credible', waitMs: 60_000 });
    expect(waitOf(estimateWait(pace, standing({ atWork: 1 }), now))).toBe(180_000);
    expect(waitOf(estimateWait(pace, standing({ ahead: 0 }), now))).toBe(20_000);
  });

  test.each<[string, Pace, Partial<Standing>, number, string]>([
    ['nobody is at work', pace, { atWork: 0 }, now, 'nobodyAtWork'],
    ['he asks for what few can do', pace, { particular: true }, now, 'particular'],
    ['nobody was seen', unseen('desk'), {}, now, 'tooFewServed'],
    ['four were seen', steady(20_000, 4), {}, now, 'tooFewServed'],
    ['it is long ago', pace, {}, now + PACE_WINDOW_MS, 'tooFewServed'],
    ['one took an hour', steady(5_000, 6, (nth) => (nth === 3 ? 600_000 : 0)), {}, 640_000, 'spreadTooLarge'],
  ])('nothing when %s', (_what, seen, more, nowMs, why) => {
    expect(estimateWait(seen, standing(more), nowMs)).toEqual({ kind: 'notCredible', why });
  });

  test('a line that stands still is not told its old pace', () => {
    const stands = (ms: number): number =>
      waitOf(estimateWait(pace, standing({ longestWaitMs: ms }), now + ms));
    expect(stands(20_000)).toBe(60_000);
    expect(stands(10 * 60_000)).toBeGreaterThan(120_000);
    // It stood still because nobody was there: that says nothing.
    expect(waitOf(estimateWait(pace, standing({ longestWaitMs: 1_000 }), now + 10 * 60_000))).toBe(60_000);
  });

  test('at several desks the soonest counts; the own one says why nothing can be said', () => {
    const minutes = (n: number): Estimate => ({ kind: 'credible', waitMs: n * 60_000 });
    const few: Estimate = { kind: 'notCredible', why: 'tooFewServed' };
    const nobody: Estimate = { kind: 'notCredible', why: 'nobodyAtWork' };
    expect(soonest([minutes(4), minutes(2), few])).toEqual(minutes(2));
    expect(soonest([nobody, minutes(3)])).toEqual(minutes(3));
    expect(soonest([few, nobody])).toEqual(few);
  });
});

/** A day at a desk that is all but full: what each caller is told a moment after joining, and what then came. */
function liveADay(seats: number, load: number, calls: number) {
  const random = seeded(7);
  const exponential = (mean: number): number => -Math.log(1 - random()) * mean;
  const handlingMs = 240_000;
  const router = new Router();
  const busy: { atMs: number; agentId: string }[] = [];
  const entered = new Map<string, number>();
  const told = new Map<string, { atMs: number; estimate: Estimate }>();
  const errors: { estimateMs: number; actualMs: number }[] = [];
  let asked = 0;
  let pace = unseen('desk');
  const take = (offer: Offer | null, atMs: number): void => {
    if (offer === null) return;
    const { callId, agentId } = offer;
    const enteredMs = entered.get(callId) ?? atMs;
    pace = handedOver(pace, { enteredMs, atMs, waited: atMs > enteredMs, agents: seats });
    const said = told.get(callId);
    if (said !== undefined && said.estimate.kind === 'credible') {
      errors.push({ estimateMs: said.estimate.waitMs, actualMs: atMs - said.atMs });
    }
    told.delete(callId);
    entered.delete(callId);
    router.leave(callId);
    busy.push({ atMs: atMs + exponential(handlingMs), agentId });
  };
  const free = (agentId: string, atMs: number): void =>
    take(router.agentFree({ agentId, queues: ['desk'], sinceMs: atMs }, atMs), atMs);
  for (let nth = 0; nth < seats; nth += 1) free(`a${nth}`, 0);
  let now = 0;
  for (let nth = 0; nth < calls; nth += 1) {
    now += exponential(handlingMs / (seats * load));
    for (;;) {
      const next = busy.reduce((a, b) => (b.atMs < a.atMs ? b : a), { atMs: now, agentId: '' });
      if (next.agentId === '') break;
      busy.splice(busy.indexOf(next), 1);
      free(next.agentId, next.atMs);
    }
    const callId = `${nth}`;
    entered.set(callId, now);
    take(router.join({ callId, queue: 'desk', priority: 5, sinceMs: now }, now), now);
    const ahead = router.ahead(callId, 1_000);
    if (ahead === null) continue;
    asked += 1;
    const longestWaitMs = router.longestWaitMs('desk', now);
    const estimate = estimateWait(pace, { ahead, atWork: seats, particular: false, longestWaitMs }, now);
    told.set(callId, { atMs: now, estimate });
  }
  return { asked, errors };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

test('on a busy day (M/M/c, 12 seats, 93 %) half of the waits over a minute are met within a quarter', () => {
  const { asked, errors } = liveADay(12, 0.93, 8_000);
  expect(errors.length / asked).toBeGreaterThan(0.95);
  const long = errors.filter(({ estimateMs }) => estimateMs >= 60_000);
  expect(long.length).toBeGreaterThan(2_000);
  const off = long.map(({ estimateMs, actualMs }) => Math.abs(estimateMs - actualMs));
  expect(median(off.map((ms, nth) => ms / (long[nth]?.estimateMs ?? 1)))).toBeLessThan(0.25);
  expect(median(off)).toBeLessThan(60_000);
  // On the whole it errs a little to the longer side: the line is long when the pace was seen to be slow.
  const sum = (of: 'estimateMs' | 'actualMs'): number => long.reduce((all, one) => all + one[of], 0);
  expect(Math.abs(sum('estimateMs') / sum('actualMs') - 1)).toBeLessThan(0.15);
});
