import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cadence, cadenceOf, type Standing } from '../../../src/domain/routing/cadence.ts';
import { type Estimate, estimateWait } from '../../../src/domain/routing/estimate.ts';
import type { Offer } from '../../../src/domain/routing/offer.ts';
import {
  handedOver,
  PACE_AT_MOST,
  PACE_WINDOW_MS,
  type Pace,
  unseen,
} from '../../../src/domain/routing/pace.ts';
import { Router } from '../../../src/domain/routing/router.ts';
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
type InLine = Standing & { readonly ahead: number };
const standing = (more: Partial<InLine> = {}): InLine => ({
  ahead: 2,
  atWork: 3,
  particular: false,
  longestWaitMs: 0,
  ...more,
});
/** At one desk. */
const estimated = (pace: Pace, { ahead, ...more }: InLine, nowMs: number): Estimate =>
  estimateWait(
    [{ queue: 'desk', atWork: more.atWork, cadence: cadenceOf(pace, more, nowMs) }],
    Array.from({ length: ahead }, () => ['desk']),
  );
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
    expect(estimated(pace, standing(), now)).toEqual({ kind: 'credible', waitMs: 60_000 });
    expect(waitOf(estimated(pace, standing({ atWork: 1 }), now))).toBe(180_000);
    expect(waitOf(estimated(pace, standing({ ahead: 0 }), now))).toBe(20_000);
  });

  test.each<[string, Pace, Partial<InLine>, number, string]>([
    ['nobody is at work', pace, { atWork: 0 }, now, 'nobodyAtWork'],
    ['he asks for what few can do', pace, { particular: true }, now, 'particular'],
    ['nobody was seen', unseen('desk'), {}, now, 'tooFewServed'],
    ['four were seen', steady(20_000, 4), {}, now, 'tooFewServed'],
    ['it is long ago', pace, {}, now + PACE_WINDOW_MS, 'tooFewServed'],
    ['one took an hour', steady(5_000, 6, (nth) => (nth === 3 ? 600_000 : 0)), {}, 640_000, 'spreadTooLarge'],
  ])('nothing when %s', (_what, seen, more, nowMs, why) => {
    expect(estimated(seen, standing(more), nowMs)).toEqual({ kind: 'notCredible', why });
  });

  test('a line that stands still is not told its old pace', () => {
    const stands = (ms: number): number => waitOf(estimated(pace, standing({ longestWaitMs: ms }), now + ms));
    expect(stands(20_000)).toBe(60_000);
    expect(stands(10 * 60_000)).toBeGreaterThan(120_000);
    // It stood still because nobody was there: that says nothing.
    expect(waitOf(estimated(pace, standing({ longestWaitMs: 1_000 }), now + 10 * 60_000))).toBe(60_000);
  });
});

describe('at several desks', () => {
  const every = (seconds: number): Cadence => ({ kind: 'credible', everyMs: seconds * 1_000 });
  const doubted = (why: 'tooFewServed' | 'nobodyAtWork' | 'particular'): Cadence => ({
    kind: 'notCredible',
    why,
  });
  const desk = (queue: string, cadence: Cadence, atWork = 3) => ({ queue, atWork, cadence });
  const some = (n: number, ...queues: string[]) => Array.from({ length: n }, () => queues);
  const seconds = (estimate: Estimate): number => Math.round(waitOf(estimate) / 1_000);

  test.each<[string, number, number, readonly (readonly string[])[], number]>([
    ['everybody before him waits at both: they are one', 20, 20, some(5, 'a', 'b'), 60],
    ['the first at both has whichever agent comes first', 20, 20, [], 10],
    ['each line is its own: whichever has him sooner', 10, 100, [...some(50, 'a')], 100],
    ['each line is its own, and they are alike', 20, 20, [...some(2, 'a'), ...some(2, 'b')], 50],
    [
      'who waits at the other alone comes before him there',
      60,
      20,
      [...some(1, 'a', 'b'), ...some(3, 'b')],
      45,
    ],
  ])('%s', (_what, a, b, line, expected) => {
    expect(seconds(estimateWait([desk('a', every(a)), desk('b', every(b))], line))).toBe(expected);
  });

  test('never longer than at one of them alone, never shorter than if all of them served one line', () => {
    const anyLine = fc.array(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { maxLength: 60 });
    const anyEvery = fc.integer({ min: 1, max: 600 });
    fc.assert(
      fc.property(anyLine, anyEvery, anyEvery, anyEvery, (line, ...paces) => {
        const desks = ['a', 'b', 'c'].map((queue, nth) => desk(queue, every(paces[nth] ?? 1)));
        const waitMs = waitOf(estimateWait(desks, line));
        const alone = desks.map((one) =>
          waitOf(
            estimateWait(
              [one],
              line.filter((at) => at.includes(one.queue)),
            ),
          ),
        );
        const pooledMs = 1_000 / paces.reduce((sum, one) => sum + 1 / one, 0);
        expect(waitMs).toBeLessThanOrEqual(Math.min(...alone) + 1e-6);
        expect(waitMs).toBeGreaterThanOrEqual(pooledMs - 1e-6);
        expect(waitMs).toBeLessThanOrEqual(pooledMs * (line.length + 1) + 1e-6);
      }),
    );
  });

  test('a desk where nobody is at work hands nobody over, and holds no word back', () => {
    const gone = desk('a', doubted('nobodyAtWork'), 0);
    expect(seconds(estimateWait([gone, desk('b', every(30))], some(3, 'a', 'b')))).toBe(120);
    expect(estimateWait([gone], [])).toEqual({ kind: 'notCredible', why: 'nobodyAtWork' });
  });

  test('a desk of which nothing is known is left out where it could hardly be noticed; else nothing is told', () => {
    const line = some(9, 'a', 'b');
    const big = desk('a', every(10), 20);
    expect(seconds(estimateWait([big, desk('b', doubted('tooFewServed'), 2)], line))).toBe(100);
    const why = { kind: 'notCredible', why: 'tooFewServed' };
    expect(estimateWait([big, desk('b', doubted('tooFewServed'), 20)], line)).toEqual(why);
    expect(
      estimateWait([desk('b', doubted('tooFewServed')), desk('a', doubted('particular'))], line),
    ).toEqual(why);
  });
});

interface Seats {
  readonly queue: string;
  readonly seats: number;
  readonly load: number;
}

/**
 * A day at desks that are all but full; who has waited at the first for as long as `overflowAfterMs` is sought an agent for
 * at the second as well. What each is told a moment after joining (or then), and what came.
 */
function liveADay(desks: readonly Seats[], overflowAfterMs: number, calls: number) {
  const random = seeded(7);
  const exponential = (mean: number): number => -Math.log(1 - random()) * mean;
  const handlingMs = 240_000;
  const router = new Router();
  const [home, other] = desks;
  const events: { atMs: number; what: () => void }[] = [];
  const entered = new Map<string, Map<string, number>>();
  const told = new Map<string, { atMs: number; estimate: Estimate; soonestMs: number }>();
  const errors: { estimateMs: number; soonestMs: number; actualMs: number }[] = [];
  const paces = new Map<string, Pace>();
  let asked = 0;
  let now = 0;
  const paceOf = (queue: string): Pace => paces.get(queue) ?? unseen(queue);
  const seatsOf = (queue: string): number => desks.find((desk) => desk.queue === queue)?.seats ?? 0;
  const take = (offer: Offer | null): void => {
    if (offer === null) return;
    const { callId, agentId, queue } = offer;
    const enteredMs = entered.get(callId)?.get(queue) ?? now;
    const seen = { enteredMs, atMs: now, waited: now > enteredMs, agents: seatsOf(queue) };
    paces.set(queue, handedOver(paceOf(queue), seen));
    const said = told.get(callId);
    if (said !== undefined && said.estimate.kind === 'credible') {
      const { soonestMs, estimate } = said;
      errors.push({ estimateMs: estimate.waitMs, soonestMs, actualMs: now - said.atMs });
    }
    told.delete(callId);
    entered.delete(callId);
    router.leave(callId);
    events.push({ atMs: now + exponential(handlingMs), what: () => free(agentId) });
  };
  const free = (agentId: string): void =>
    take(router.agentFree({ agentId, queues: [agentId.slice(0, agentId.indexOf('/'))], sinceMs: now }, now));
  const tell = (callId: string): void => {
    const standings = router.standings(callId, 1_000);
    if (standings === null) return;
    asked += 1;
    const waitedAt = standings.map(({ queue }) => {
      const atWork = seatsOf(queue);
      const longestWaitMs = router.desks.longestWaitMs(queue, now);
      return {
        queue,
        atWork,
        cadence: cadenceOf(paceOf(queue), { atWork, particular: false, longestWaitMs }, now),
      };
    });
    const line = router.lineBefore(callId, 1_000);
    const alone = waitedAt.map((one) =>
      waitOf(
        estimateWait(
          [one],
          line.filter((at) => at.includes(one.queue)),
        ),
      ),
    );
    told.set(callId, { atMs: now, estimate: estimateWait(waitedAt, line), soonestMs: Math.min(...alone) });
  };
  for (const { queue, seats } of desks) for (let nth = 0; nth < seats; nth += 1) free(`${queue}/${nth}`);
  const arrive = (desk: Seats, nth: number): void => {
    const callId = `${desk.queue}${nth}`;
    entered.set(callId, new Map([[desk.queue, now]]));
    take(router.join({ callId, queue: desk.queue, priority: 5, sinceMs: now }, now));
    if (desk !== home || other === undefined) tell(callId);
    else {
      events.push({
        atMs: now + overflowAfterMs,
        what: () => {
          if (!entered.has(callId)) return;
          entered.get(callId)?.set(other.queue, now);
          take(router.lookAlsoIn(callId, other.queue, now));
          tell(callId);
        },
      });
    }
    if (nth === calls) return;
    const nextMs = now + exponential(handlingMs / (desk.seats * desk.load));
    events.push({ atMs: nextMs, what: () => arrive(desk, nth + 1) });
  };
  for (const desk of desks) arrive(desk, 0);
  while (events.length > 0) {
    const next = events.reduce((first, one) => (one.atMs < first.atMs ? one : first));
    events.splice(events.indexOf(next), 1);
    now = next.atMs;
    next.what();
  }
  return { asked, errors };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const sumOf = <K extends string>(all: readonly Readonly<Record<K, number>>[], key: K): number =>
  all.reduce((sum, one) => sum + one[key], 0);

test('on a busy day (M/M/c, 12 seats, 93 %) half of the waits over a minute are met within a quarter', () => {
  const { asked, errors } = liveADay([{ queue: 'desk', seats: 12, load: 0.93 }], 0, 8_000);
  expect(errors.length / asked).toBeGreaterThan(0.95);
  const long = errors.filter(({ estimateMs }) => estimateMs >= 60_000);
  expect(long.length).toBeGreaterThan(2_000);
  const off = long.map(({ estimateMs, actualMs }) => Math.abs(estimateMs - actualMs));
  expect(median(off.map((ms, nth) => ms / (long[nth]?.estimateMs ?? 1)))).toBeLessThan(0.25);
  expect(median(off)).toBeLessThan(60_000);
  // On the whole it errs a little to the longer side: the line is long when the pace was seen to be slow.
  expect(Math.abs(sumOf(long, 'estimateMs') / sumOf(long, 'actualMs') - 1)).toBeLessThan(0.15);
});

test('after an overflow, too: what is told is what comes, where the sooner of the two desks alone was told too long', () => {
  const desks = [
    { queue: 'desk', seats: 6, load: 1.02 },
    { queue: 'general', seats: 10, load: 0.9 },
  ];
  const { errors } = liveADay(desks, 20_000, 4_000);
  const long = errors.filter(({ soonestMs, estimateMs }) => estimateMs >= 60_000 && soonestMs > estimateMs);
  expect(long.length).toBeGreaterThan(500);
  expect(Math.abs(sumOf(long, 'estimateMs') / sumOf(long, 'actualMs') - 1)).toBeLessThan(0.15);
  expect(sumOf(long, 'soonestMs') / sumOf(long, 'actualMs')).toBeGreaterThan(1.25);
});
