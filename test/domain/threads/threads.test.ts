import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complexityOf, type ThreadTicket, transfersOf } from '../../../src/domain/threads/complexity.ts';
import {
  type EarlierAppeal,
  matterOf,
  type NamedAppeal,
  sameMatterOf,
} from '../../../src/domain/threads/matching.ts';

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

test('what was done at once for all appeals of an incident is borne once', () => {
  const of = (nth: number, incidentId: string | null) =>
    ticket(`2026-01-0${nth}`, ['a'], { returns: 1, again: 1, incidentId });
  expect(complexityOf([1, 2, 3, 4].map((nth) => of(nth, 'i1')))).toEqual([]);
  expect(complexityOf([1, 2, 3].map((nth) => of(nth, null)))).toEqual(['poorEffect', 'unclear']);
  // Three appeals of one evening are no long story; with one more half a year later they are two.
  expect(complexityOf([...[1, 2, 3].map((nth) => of(nth, 'i1')), ticket('2026-07-01')])).toEqual([]);
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
    incidentId: fc.constantFrom(null, null, 'i1'),
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

const named = (over: Partial<NamedAppeal> = {}): NamedAppeal => ({ ...earlier(), assets: [], ...over });

test('two people about the very thing: same category, place, thing and time, or it is another matter', () => {
  const lamp = named({
    ...{ ticketId: 't2', place: '掘港街道长江路88号', words: '路灯不亮，夜里看不见', assets: ['lamp'] },
    at: at('2026-11-01'),
  });
  const other = named({ place: '长江路88号', words: '灯坏了', assets: ['lamp'], at: at('2026-11-20') });
  expect(sameMatterOf(other, [lamp])).toMatchObject({
    earlier: { ticketId: 't2' },
    reason: '不同来电人，同类、同一地点、同一设施、时间相近',
  });
  const unlike: readonly [string, Partial<NamedAppeal>][] = [
    ['another door of a long road', { place: '长江路12号' }],
    ['another road', { place: '黄河路88号' }],
    ['another thing there', { assets: ['hydrant'] }],
    ['another category', { categoryCode: 'water' }],
    ['a season later', { at: at('2027-03-01') }],
    ['nowhere', { place: '', words: '灯坏了' }],
    ['nobody names the thing, and the words differ', { assets: [], words: '井盖缺失' }],
  ];
  for (const [why, over] of unlike) expect(sameMatterOf({ ...other, ...over }, [lamp]), why).toBeNull();
  // A door in a village is somebody's home; there the words say that it is one matter.
  const village = named({ place: '余荡村5组', words: '桥面塌陷，无法通行' });
  const neighbour = named({ place: '掘港余荡村7组', words: '村口桥面塌陷多日' });
  expect(sameMatterOf(neighbour, [village])?.reason).toBe('不同来电人，同类、同一地点、用词相近、时间相近');
  // The likest, whatever the order.
  const far = named({
    ticketId: 't3',
    place: '长江路',
    words: '路口',
    assets: ['lamp'],
    at: at('2026-11-19'),
  });
  expect(sameMatterOf(other, [far, lamp])?.earlier.ticketId).toBe(
    sameMatterOf(other, [lamp, far])?.earlier.ticketId,
  );
});
