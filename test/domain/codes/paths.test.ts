import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restored } from '../../../src/domain/codes/back.ts';
import type { CodeMapping } from '../../../src/domain/codes/code-list.ts';
import { type EditionLink, followOn, placeIn, presentPaths } from '../../../src/domain/codes/paths.ts';
import { rolledUp, talliedOutside, tally } from '../../../src/domain/codes/tally.ts';
import { term, ways } from './lists.ts';

const link = (number: number, codes: string, ...mapping: string[]): EditionLink => ({
  ...{ number, codes: new Set(codes.split(' ')), mapping: ways(...mapping) },
});

/** Light became lamps; parking was split; sanitation and greening were merged; and a year later lamps became street. */
const HISTORY = [
  link(1, 'light park clean green water'),
  link(
    2,
    'lamps road lot tidy water',
    'light > lamps',
    'park > road',
    'park > lot*',
    'clean > tidy',
    'green > tidy',
  ),
  link(3, 'street road lot tidy water gas', 'lamps > street'),
];

test('what bears an old code is counted by any edition, before or after', () => {
  const at = (code: string, from: number, to: number) => placeIn(code, { from, to }, HISTORY);
  expect(at('light', 1, 3)).toEqual({ kind: 'one', code: 'street', sure: true });
  expect(at('park', 1, 3)).toEqual({ kind: 'one', code: 'lot', sure: false });
  expect(at('clean', 1, 2)).toEqual({ kind: 'one', code: 'tidy', sure: true });
  expect(at('water', 1, 3)).toEqual({ kind: 'one', code: 'water', sure: true });
  expect(at('street', 3, 1)).toEqual({ kind: 'one', code: 'light', sure: true });
  expect(at('lot', 3, 1)).toEqual({ kind: 'one', code: 'park', sure: true });
  expect(at('tidy', 3, 1)).toEqual({ kind: 'among', codes: ['clean', 'green'] });
  expect(at('gas', 3, 1)).toEqual({ kind: 'none' });
  expect(at('light', 1, 1)).toEqual({ kind: 'one', code: 'light', sure: true });
  expect(at('light', 1, 9)).toBeNull();
});

test('a code that ended without a word stands by itself; one that came back is itself again', () => {
  const ended = [link(1, 'a b'), link(2, 'a')];
  expect(placeIn('b', { from: 1, to: 2 }, ended)).toEqual({ kind: 'none' });
  const back = [link(1, 'a b'), link(2, 'c', 'a > c', 'b > c'), link(3, 'a b', 'c > a*', 'c > b')];
  expect(placeIn('b', { from: 1, to: 3 }, back)).toEqual({ kind: 'one', code: 'a', sure: false });
  expect(presentPaths(back)).toEqual([
    { code: 'c', now: 'a', main: true },
    { code: 'c', now: 'b', main: false },
  ]);
});

test('what a code is today: the whole way, and the main part', () => {
  expect(presentPaths(HISTORY)).toEqual(
    expect.arrayContaining([
      { code: 'light', now: 'street', main: true },
      { code: 'lamps', now: 'street', main: true },
      { code: 'park', now: 'lot', main: true },
      { code: 'park', now: 'road', main: false },
    ]),
  );
  expect(presentPaths(HISTORY).some(({ code }) => code === 'water')).toBe(false);
});

test('figures by the list of then and of today add up to what came in', () => {
  const counts = [
    { code: 'light', edition: 1, count: 5, convenience: 0 },
    { code: 'park', edition: 1, count: 4, convenience: 0 },
    { code: 'clean', edition: 1, count: 2, convenience: 0 },
    { code: 'tidy', edition: 2, count: 3, convenience: 0 },
    { code: 'gas', edition: 3, count: 1, convenience: 0 },
  ];
  expect(tally(counts, 3, HISTORY).map(({ code, count, unsure }) => [code, count, unsure])).toEqual([
    ['street', 5, 0],
    ['tidy', 5, 0],
    ['lot', 4, 4],
    ['gas', 1, 0],
  ]);
  const first = tally(counts, 1, HISTORY);
  expect(first.find(({ among }) => among.length > 0)).toMatchObject({
    code: null,
    count: 3,
    among: ['clean', 'green'],
  });
  expect(first.find(({ without }) => without.length > 0)).toMatchObject({
    code: null,
    count: 1,
    without: ['gas'],
  });
});

test('figures roll up to the top, or to what lies under one; the province has its own', () => {
  const parents = new Map([
    ['urban', null],
    ['urban.light', 'urban'],
    ['urban.light.pole', 'urban.light'],
    ['water', null],
  ]);
  const rows = tally(
    [
      { code: 'urban.light.pole', edition: 1, count: 2, convenience: 0 },
      { code: 'urban.light', edition: 1, count: 1, convenience: 0 },
      { code: 'urban', edition: 1, count: 1, convenience: 0 },
      { code: 'water', edition: 1, count: 3, convenience: 0 },
    ],
    1,
    [link(1, [...parents.keys()].join(' '))],
  );
  const seen = (found: typeof rows) => Object.fromEntries(found.map(({ code, count }) => [code, count]));
  expect(seen(rolledUp(rows, parents, null))).toEqual({ urban: 4, water: 3 });
  expect(seen(rolledUp(rows, parents, 'urban'))).toEqual({ urban: 1, 'urban.light': 3 });
  expect(seen(talliedOutside(rows, ways('urban > 01', 'urban.light > 0103'), parents))).toEqual({
    '01': 1,
    '0103': 3,
    null: 3,
  });
});

/** Random lists over a few codes, with each old code going somewhere, often nowhere. */
const histories = fc
  .array(
    fc.array(fc.tuple(fc.constantFrom(...'abcdef'), fc.constantFrom(...'abcdef'), fc.boolean()), {
      maxLength: 8,
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((editions) =>
    editions.map((rows, at): EditionLink => {
      const seen = new Set<string>();
      const mapping: CodeMapping[] = [];
      const hasMain = new Set<string>();
      for (const [from, to] of rows) {
        if (at === 0 || seen.has(from + to)) continue;
        seen.add(from + to);
        mapping.push({ from, to, main: !hasMain.has(from) });
        hasMain.add(from);
      }
      return {
        number: at + 1,
        codes: new Set('abcdef'.split('').filter((_, n) => (n + at) % 3 !== 0)),
        mapping,
      };
    }),
  );

test('property: a code has one main way at most and nothing is lost or doubled in a figure', () => {
  fc.assert(
    fc.property(
      histories,
      fc.array(fc.tuple(fc.constantFrom(...'abcdef'), fc.nat(4), fc.integer({ min: 1, max: 9 })), {
        maxLength: 12,
      }),
      fc.nat(4),
      (history, given, target) => {
        const last = history.length;
        const to = (target % last) + 1;
        const counts = given.map(([code, edition, count]) => ({
          code,
          edition: (edition % last) + 1,
          count,
          convenience: count >> 1,
        }));
        const total = counts.reduce((sum, { count }) => sum + count, 0);
        const rows = tally(counts, to, history);
        expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(total);
        expect(rows.reduce((sum, { convenience }) => sum + convenience, 0)).toBe(
          counts.reduce((sum, { convenience }) => sum + convenience, 0),
        );
        for (const { code, unsure, count } of rows) {
          expect(unsure).toBeLessThanOrEqual(count);
          if (code !== null) expect(history[to - 1]?.codes.has(code)).toBe(true);
        }
        for (const code of 'abcdef') {
          expect(followOn(code, history).filter(({ main }) => main)).toHaveLength(1);
        }
      },
    ),
  );
});

test('going back: the old codes again, each present one returns to what it came from, what is new goes on', () => {
  const earlier = [term('clean'), term('green'), term('water')];
  const present = {
    terms: [term('tidy'), term('water'), term('gas')],
    mapping: ways('clean > tidy', 'green > tidy'),
  };
  const back = restored(earlier, present, (code) => (code === 'green' ? 9 : 1));
  expect(back.terms.map(({ code }) => code)).toEqual(['clean', 'green', 'water', 'gas']);
  expect(back.mapping).toEqual(
    expect.arrayContaining([
      { from: 'tidy', to: 'clean', main: false },
      { from: 'tidy', to: 'green', main: true },
      { from: 'water', to: 'water', main: true },
    ]),
  );
  expect(back.mapping).toHaveLength(3);
});
