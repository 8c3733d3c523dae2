import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complexityOf, type ThreadTicket, transfersOf } from '../../../src/domain/threads/complexity.ts';
import { type EarlierAppeal, matterOf } from '../../../src/domain/threads/matching.ts';

const at = (day: string): number => Date.parse(`${day}T10:00:00+08:00`);
const ticket = (
  day: string,
  units: readonly string[] = [],
  more: Partial<ThreadTicket> = {},
): ThreadTicket => ({
  acceptedAt: at(day),
  dispatched: units.map((unitCode, nth) => ({ at: at(day) + nth * 86_400_000, unitCode })),
  returns: 0,
  again: 0,
  ...more,
});

test('F-8: Haimen, 2014-09 to 2017-07: handed on three times over three tickets, a complex case', () => {
  const thread = [
    ticket('2014-09-15', ['park']),
    ticket('2015-06-02', ['park', 'transport']),
    ticket('2016-11-20', ['park', 'transport'], { returns: 1 }),
  ];
  expect(transfersOf(thread)).toBe(3);
  expect(complexityOf(thread)).toEqual(['transfers', 'repeats']);
  // Until the third hand-over, and the third appeal, it is none.
  expect(complexityOf(thread.slice(0, 2))).toEqual([]);
});

test('each reason by itself, from its number on', () => {
  expect(complexityOf([ticket('2026-01-01', ['a', 'b', 'c', 'b'])])).toEqual(['transfers']);
  expect(complexityOf([ticket('2026-01-01', ['a', 'b', 'c'])])).toEqual([]);
  const days = (third: string) => ['2026-01-01', '2026-01-02', third].map((day) => ticket(day));
  expect(complexityOf(days('2026-04-01'))).toEqual(['repeats']);
  expect(complexityOf(days('2026-03-31'))).toEqual([]);
  expect(complexityOf([ticket('2026-01-01', [], { again: 2 })])).toEqual(['poorEffect']);
  expect(complexityOf([ticket('2026-01-01', [], { returns: 3 })])).toEqual(['unclear']);
});

test('another ticket never takes a reason away', () => {
  const any = fc.record({
    acceptedAt: fc.integer({ min: at('2014-01-01'), max: at('2026-01-01') }),
    dispatched: fc.array(
      fc.record({
        at: fc.integer({ min: at('2014-01-01'), max: at('2026-01-01') }),
        unitCode: fc.constantFrom('a', 'b', 'c'),
      }),
      { maxLength: 4 },
    ),
    returns: fc.integer({ min: 0, max: 3 }),
    again: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 5 }), any, (thread, more) => {
      const before = complexityOf(thread);
      // A unit in the middle of two may only add hand-overs.
      expect(complexityOf([...thread, more])).toEqual(expect.arrayContaining([...before]));
    }),
  );
});

const earlier = (over: Partial<EarlierAppeal> = {}): EarlierAppeal => ({
  ticketId: 't1',
  threadId: 'thread1',
  type: 'COMPLAINT',
  categoryCode: 'road',
  branchCode: 'transport',
  place: '园区大道',
  words: '园区大道挡土墙损坏房屋，无人处理',
  at: at('2014-09-15'),
  ...over,
});

test('the same person about the same thing is one matter, years apart; about another thing it is not', () => {
  const now = earlier({ words: '挡土墙损坏房屋仍未解决', at: at('2017-05-01') });
  expect(matterOf(now, [earlier()])).toMatchObject({
    earlier: { ticketId: 't1' },
    reason: '同一来电人，同类、同一地点、用词相近',
  });
  // His lamp and his water, at the same house.
  expect(
    matterOf(now, [earlier({ categoryCode: 'water', branchCode: 'utilities', words: '停水' })]),
  ).toBeNull();
  // The same sort of thing, elsewhere and in other words.
  expect(matterOf(now, [earlier({ place: '人民路', words: '公交车晚点' })])).toBeNull();
  expect(matterOf(now, [])).toBeNull();
});
