import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lapsedEditions } from '../../../src/domain/codes/lapsed.ts';
import { type CatalogueEntry, isValidOn, keyOf } from '../../../src/domain/dispatch/entry.ts';
import { lapsedEntries } from '../../../src/domain/dispatch/lapsed.ts';

const ABOVE = new Map([
  ['urban', null],
  ['urban.lighting', 'urban'],
]);
const DAY = '2026-11-26';
const entry = (over: Partial<CatalogueEntry>): CatalogueEntry => ({
  ...{ id: 'e', area: '', category: 'urban.lighting', asset: '', leadUnit: 'lighting' },
  ...{
    assistUnits: [],
    validFrom: '2026-01-01',
    validTo: null,
    source: 'catalogue',
    sourceRef: '',
    basis: '',
  },
  ...over,
});
const lapsed = (...entries: CatalogueEntry[]) => lapsedEntries(entries, ABOVE, DAY);

test('an entry whose last day is over with nothing of its key in its place is told of, and who has its matter now', () => {
  const over = entry({ validTo: '2026-11-25' });
  expect(lapsed(over)).toEqual([{ entry: over, fallsTo: null }]);
  expect(lapsed(over, entry({ category: 'urban', leadUnit: 'town' }))).toEqual([
    { entry: over, fallsTo: 'town' },
  ]);
  expect(lapsed(over, entry({ validFrom: '2026-11-26', leadUnit: 'power' }))).toEqual([]);
  // On its last day it holds; one that begins later leaves a gap.
  expect(lapsed(entry({ validTo: DAY }))).toEqual([]);
  expect(lapsed(over, entry({ validFrom: '2026-12-01' }))).toEqual([{ entry: over, fallsTo: null }]);
  // Years ago it is history.
  expect(lapsed(entry({ validTo: '2025-11-25' }))).toEqual([]);
  // Another area's entry is no successor.
  expect(lapsed(over, entry({ area: 'juegang' }))).toEqual([{ entry: over, fallsTo: null }]);
});

const anyEntry = fc
  .record({
    area: fc.constantFrom('', 'juegang', 'juegang.yudang'),
    category: fc.constantFrom('', 'urban', 'urban.lighting'),
    from: fc.integer({ min: 1, max: 28 }),
    days: fc.option(fc.integer({ min: 0, max: 27 }), { nil: null }),
  })
  .map(({ area, category, from, days }) => {
    const at = (day: number) => `2026-11-${String(Math.min(day, 30)).padStart(2, '0')}`;
    return entry({ area, category, validFrom: at(from), validTo: days === null ? null : at(from + days) });
  });

test('each key is told of once at most, and never while one of its entries holds', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 12 }), (entries) => {
      const found = lapsed(...entries);
      const keys = found.map((one) => keyOf(one.entry));
      expect(new Set(keys).size).toBe(keys.length);
      for (const { entry: one, fallsTo } of found) {
        expect(entries.some((other) => keyOf(other) === keyOf(one) && isValidOn(other, DAY))).toBe(false);
        if (fallsTo === null)
          expect(entries.some((other) => keyOf(other) === '||' && isValidOn(other, DAY))).toBe(false);
      }
    }),
  );
});

test('an edition past the last day of its paper is told of unless another waits', () => {
  const edition = (over: object) => ({
    ...({ list: 'category', number: 2, state: 'inForce', title: '2026版', validTo: '2026-11-25' } as const),
    ...over,
  });
  expect(lapsedEditions([edition({})], DAY)).toHaveLength(1);
  expect(lapsedEditions([edition({ validTo: DAY })], DAY)).toEqual([]);
  expect(lapsedEditions([edition({ validTo: null })], DAY)).toEqual([]);
  const next = { number: 3, validTo: null } as const;
  expect(lapsedEditions([edition({}), edition({ ...next, state: 'published' })], DAY)).toEqual([]);
  expect(lapsedEditions([edition({}), edition({ ...next, state: 'draft' })], DAY)).toHaveLength(1);
  expect(
    lapsedEditions([edition({}), edition({ ...next, state: 'published', list: 'area' })], DAY),
  ).toHaveLength(1);
});
