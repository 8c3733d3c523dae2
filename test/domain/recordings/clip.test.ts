import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CLIP_AT_MOST_MS,
  CLIP_SHARE,
  CLIP_STATES,
  clipLeads,
  cutFault,
  silences,
} from '../../../src/domain/recordings/clip.ts';

const MOVES = ['approve', 'refuse', 'end'] as const;

test('every move leads where the table says, and nowhere else', () => {
  const led = CLIP_STATES.map((state) => [state, MOVES.map((move) => clipLeads(state, move))]);
  expect(led).toEqual([
    ['asked', ['approved', 'refused', null]],
    ['approved', [null, null, 'ended']],
    ['refused', [null, null, null]],
    ['ended', [null, null, null]],
  ]);
});

const offset = fc.integer({ min: 0, max: 1_200_000 });
const stretch = fc.record({ fromMs: offset, toMs: offset });

test('whatever is cut without a fault is inside, short enough, and leaves something out', () => {
  fc.assert(
    fc.property(
      stretch,
      fc.array(stretch, { maxLength: 4 }),
      offset,
      ({ fromMs, toMs }, muted, durationMs) => {
        if (cutFault({ fromMs, toMs, muted }, durationMs) !== null) return;
        const lengthMs = toMs - fromMs;
        expect(fromMs >= 0 && toMs <= durationMs).toBe(true);
        expect(lengthMs).toBeGreaterThan(0);
        expect(lengthMs).toBeLessThanOrEqual(Math.min(CLIP_AT_MOST_MS, durationMs * CLIP_SHARE));
      },
    ),
  );
});

test('a pause is silent wherever it overlaps the piece, and silence never lies outside it', () => {
  const paused = (fromMs: number, toMs: number) =>
    ({ fromMs, toMs, why: 'paused', by: null, reason: '' }) as const;
  const cut = { fromMs: 10_000, toMs: 20_000, muted: [{ fromMs: 12_000, toMs: 13_000 }] };
  expect(
    silences(cut, [
      paused(0, 5_000),
      paused(8_000, 11_000),
      paused(19_000, 30_000),
      { fromMs: 15_000, toMs: 16_000, why: 'missing' },
    ]),
  ).toEqual([
    { fromMs: 2_000, toMs: 3_000 },
    { fromMs: 0, toMs: 1_000 },
    { fromMs: 9_000, toMs: 10_000 },
  ]);
});
