import { expect, test } from 'vitest';
import { qualitySince } from '../../../src/console/phone/opinion.ts';
import { TalkSum } from '../../../src/console/phone/talk-figures.ts';

const SOUND = { jitterMs: 10, roundTripMs: 40 };

test('while no packets come nothing is known of a talk, and it is not heard as lost', () => {
  expect(qualitySince({ received: 0, lost: 0 }, null, SOUND)).toBeNull();
  const counted = { received: 250, lost: 0 };
  expect(qualitySince(counted, counted, SOUND)).toBeNull();
  const sum = new TalkSum();
  for (const [now, before] of [
    [counted, null],
    [counted, counted],
    [{ received: 500, lost: 0 }, counted],
  ] as const) {
    const seen = qualitySince(now, before, SOUND);
    if (seen !== null) sum.add(5, seen.since, seen.quality);
  }
  expect(sum.figures()).toMatchObject({ seconds: 10, loss: 0, worstMos: expect.closeTo(4.39, 1) });
});

test('what was lost since the last look counts in full', () => {
  const seen = qualitySince({ received: 300, lost: 50 }, { received: 250, lost: 0 }, SOUND);
  expect(seen?.quality.loss).toBe(0.5);
  expect(seen?.quality.mos).toBeLessThan(2);
});
