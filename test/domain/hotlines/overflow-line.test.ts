import fc from 'fast-check';
import { expect, test } from 'vitest';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { reachesPerson } from '../../../src/domain/hotlines/lint/queues.ts';
import { overflowLine } from '../../../src/domain/hotlines/overflow-line.ts';
import type { Queue } from '../../../src/domain/hotlines/queue.ts';
import { queue } from './rule-sets.ts';

const byCode = (...queues: Queue[]): ReadonlyMap<string, Queue> =>
  new Map(queues.map((one) => [one.code, one]));
const seats = (some: Readonly<Record<string, number>>) => (code: string) => some[code] ?? 0;

test('the chain counts from the entry, says what leads on sooner, and ends at a person', () => {
  const known = byCode(
    queue('water', { overflowQueue: 'crafts', overflowAfterMs: 20_000, overflowWaiting: 5 }),
    queue('crafts', { overflowAfterMs: 40_000, overflowUnstaffed: true }),
    queue('general'),
  );
  const { desks, ends } = overflowLine('water', known, seats({ water: 1, general: 4 }));
  expect(desks.map(({ queue: code, atMs, seats: many }) => [code, atMs, many])).toEqual([
    ['water', 0, 1],
    ['crafts', 20_000, 0],
    ['general', 60_000, 4],
  ]);
  expect(desks.map(({ sooner }) => sooner)).toEqual([
    null,
    { overflowWaiting: 5, overflowLongestMs: null, overflowUnstaffed: false },
    { overflowWaiting: null, overflowLongestMs: null, overflowUnstaffed: true },
  ]);
  expect(ends).toBe('person');
});

test.each([
  ['nobody', {}],
  ['message', { lastResort: 'message', lastResortAfterMs: 90_000 }],
  ['callback', { callback: USUAL_CALLBACK_RULE, lastResort: 'message', lastResortAfterMs: 90_000 }],
] as const)('without an agent on the whole chain it ends with %s', (ends, more) => {
  const line = overflowLine('water', byCode(queue('water', more), queue('general')), seats({}));
  expect(line.ends).toBe(ends);
});

test('offers and the last resort are those of the queue that was entered', () => {
  const known = byCode(
    queue('water'),
    queue('general', { callback: USUAL_CALLBACK_RULE, lastResort: 'message', lastResortAfterMs: 90_000 }),
  );
  expect(overflowLine('water', known, seats({}))).toMatchObject({ callback: null, messageAtMs: null });
  expect(overflowLine('general', known, seats({}))).toMatchObject({
    callback: { afterWaitMs: 60_000, aboveEstimateMs: 180_000 },
    messageAtMs: 90_000,
  });
});

test('a queue that is unknown, half an overflow and a circle are drawn as far as they lead', () => {
  const half = queue('half', { overflowAfterMs: null });
  const round = queue('round', { overflowQueue: 'trip' });
  const trip = queue('trip', { overflowQueue: 'round' });
  const lost = queue('lost', { overflowQueue: 'gone' });
  const known = byCode(half, round, trip, lost);
  const codes = (code: string) => overflowLine(code, known, seats({})).desks.map(({ queue: one }) => one);
  expect(codes('half')).toEqual(['half']);
  expect(codes('round')).toEqual(['round', 'trip']);
  expect(codes('lost')).toEqual(['lost', 'gone']);
  expect(overflowLine('nowhere', known, seats({})).desks[0]).toMatchObject({ name: 'nowhere', atMs: 0 });
});

test('it ends at a person exactly where the linter finds one, and time never runs back', () => {
  const CODES = ['a', 'b', 'c', 'd'];
  const anyQueue = (code: string) =>
    fc
      .record({
        overflowQueue: fc.option(fc.constantFrom(...CODES)),
        overflowAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
      })
      .map((more) => queue(code, more));
  fc.assert(
    fc.property(fc.tuple(...CODES.map(anyQueue)), fc.subarray(CODES), (queues, staffed) => {
      const known = byCode(...queues);
      for (const code of CODES) {
        const line = overflowLine(code, known, (one) => Number(staffed.includes(one)));
        expect(line.ends === 'person').toBe(reachesPerson(code, known, new Set(staffed)));
        const times = line.desks.map(({ atMs }) => atMs);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }
    }),
  );
});
