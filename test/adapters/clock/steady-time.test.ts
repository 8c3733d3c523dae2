import { expect, test } from 'vitest';
import { steadyTime } from '../../../src/adapters/clock/steady-time.ts';

const HOUR_MS = 3_600_000;

function machine() {
  let [wall, ticks] = [1_000_000_000_000, 5_000.25];
  const now = steadyTime(
    () => wall,
    () => ticks,
  );
  return {
    now,
    wall: () => wall,
    set: (byMs: number) => {
      wall += byMs;
    },
    passes: (ms: number) => {
      wall += ms;
      ticks += ms;
    },
  };
}

test('the machine’s time, as long as nobody sets it', () => {
  const { now, wall, passes } = machine();
  for (const ms of [0, 1, 0.5, 17, 60_000, HOUR_MS]) {
    passes(ms);
    expect(now()).toBe(Math.floor(wall()));
  }
});

test('set back by four seconds: whoever comes later came later, and a quarter of a minute is one within a second', () => {
  const { now, wall, set, passes } = machine();
  const first = now();
  passes(1_000);
  set(-4_000);
  const second = now();
  expect(second).toBeGreaterThan(first);
  passes(15_000);
  const third = now();
  expect(third - second).toBeLessThanOrEqual(15_000);
  expect(third - second).toBeGreaterThan(14_000);
  // Soon it is the machine's time again, and has not gone back on the way.
  let before = third;
  for (let nth = 0; nth < 80; nth += 1) {
    passes(1_000);
    expect(now()).toBeGreaterThan(before);
    before = now();
  }
  expect(now()).toBe(Math.floor(wall()));
});

test('set back by an hour it is followed: the books and the switch have no other time', () => {
  const { now, wall, set, passes } = machine();
  set(HOUR_MS);
  expect(now()).toBe(wall());
  set(-HOUR_MS);
  expect(now()).toBe(wall());
  passes(10);
  expect(now()).toBe(wall());
});

test('set forward it is followed at once', () => {
  const { now, wall, set } = machine();
  set(HOUR_MS);
  expect(now()).toBe(wall());
});
