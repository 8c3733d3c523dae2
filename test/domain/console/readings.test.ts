import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readingsOf } from '../../../src/console/live/readings.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a line that was cut and is open again counts as a word: whoever must not be disturbed is shown that there is one', async () => {
  let read = 0;
  let isScrolled = true;
  const list = readingsOf({
    afterMs: 1_000,
    read: async () => {
      read += 1;
    },
    may: () => !isScrolled,
  });
  const mended = async () => {
    list.lineTurned('cut', 'open');
    list.lineTurned('open', 'cut');
    await vi.advanceTimersByTimeAsync(1_000);
  };

  // The first picture is no news.
  list.lineTurned('open', 'connecting');
  await vi.advanceTimersByTimeAsync(1_000);
  expect([list.told.value, read]).toEqual([0, 0]);
  await mended();
  expect([list.told.value, read]).toEqual([1, 0]);

  isScrolled = false;
  await mended();
  expect([list.told.value, read]).toEqual([0, 1]);
  list.stop();
});

test('a line that is mended while it is being read has it read once more, and not once a word', async () => {
  const ends: (() => void)[] = [];
  const list = readingsOf({ afterMs: 1_000, read: () => new Promise<void>((end) => ends.push(end)) });
  list.heard();
  list.heard();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ends).toHaveLength(1);
  list.lineTurned('open', 'cut');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([ends.length, list.told.value]).toEqual([2, 0]);
  // Gone with its page: nothing is read after that.
  list.stop();
  list.heard();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(ends).toHaveLength(2);
});
