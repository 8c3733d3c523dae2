import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEntries } from '../../../src/domain/dispatch/apply-entries.ts';
import {
  type CatalogueEntry,
  chainOf,
  isValidOn,
  keyOf,
  placeEntry,
} from '../../../src/domain/dispatch/entry.ts';
import { lintCatalogue } from '../../../src/domain/dispatch/lint.ts';
import { nameFinder } from '../../../src/domain/dispatch/names.ts';
import { keysFor, type Matter, responsibleOn } from '../../../src/domain/dispatch/responsible.ts';
import { addDays } from '../../../src/domain/hotlines/register/period.ts';

let counted = 0;
const newId = (): string => {
  counted += 1;
  return `e${counted}`;
};
const entry = (over: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id: newId(),
  area: '',
  category: 'urban.lighting',
  asset: '',
  leadUnit: 'lighting',
  assistUnits: [],
  validFrom: '2026-01-01',
  validTo: null,
  source: 'catalogue',
  sourceRef: '',
  basis: '',
  ...over,
});
const matter: Matter = {
  categories: ['urban.lighting', 'urban'],
  areas: chainOf('juegang.yudang'),
  assets: ['street-light'],
};
const leads = (entries: readonly CatalogueEntry[], day = '2026-06-01') =>
  responsibleOn(entries, matter, day).map(({ leadUnit }) => leadUnit);

test('the nearest entry decides: the thing before the kind of matter, the kind before the place', () => {
  const entries = [
    entry({ category: '', leadUnit: 'anybody' }),
    entry({ category: 'urban', leadUnit: 'urban-management' }),
    entry({ category: 'urban', area: 'juegang', leadUnit: 'town' }),
    entry({ category: 'urban.lighting', leadUnit: 'lighting' }),
    entry({ category: 'urban.lighting', area: 'juegang.yudang', leadUnit: 'village' }),
    entry({ category: '', asset: 'street-light', leadUnit: 'owner' }),
    entry({ category: 'urban.lighting', area: 'yuanzhuang', leadUnit: 'elsewhere' }),
    entry({ category: 'urban.lighting', asset: 'tree', leadUnit: 'trees' }),
  ];
  expect(leads(entries)).toEqual(['owner', 'village', 'lighting', 'town', 'urban-management', 'anybody']);
});

test('a day has who was responsible on it; a decision stands before an entry of the same key', () => {
  const entries = [
    entry({ validTo: '2026-06-30', leadUnit: 'before' }),
    entry({ validFrom: '2026-07-01', leadUnit: 'after' }),
    entry({ validFrom: '2026-08-01', leadUnit: 'decided', source: 'adjudication', sourceRef: 'RDCD1' }),
  ];
  expect(leads(entries, '2026-06-30')).toEqual(['before']);
  expect(leads(entries, '2026-07-01')).toEqual(['after']);
  expect(leads(entries, '2026-08-01')).toEqual(['decided', 'after']);
  expect(leads(entries, '2025-12-31')).toEqual([]);
});

const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays('2026-01-01', days));
const period = fc
  .tuple(day, fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }), fc.constantFrom('a', 'b', 'c'))
  .map(([validFrom, length, leadUnit]) =>
    entry({ validFrom, validTo: length === null ? null : addDays(validFrom, length), leadUnit }),
  );
const DAYS = Array.from({ length: 70 }, (_, days) => addDays('2025-12-28', days));
const unitOn = (entries: readonly CatalogueEntry[], on: string): string[] =>
  entries.filter((one) => isValidOn(one, on)).map(({ leadUnit }) => leadUnit);

test('whatever is entered in whatever order: no day has two, the last word holds on its days, others keep theirs', () => {
  fc.assert(
    fc.property(fc.array(period, { maxLength: 6 }), (given) => {
      let standing: readonly CatalogueEntry[] = [];
      for (const one of given) {
        const { removed, added } = placeEntry(standing, one, newId);
        const next = [...standing.filter((each) => !removed.includes(each)), ...added];
        for (const on of DAYS) {
          expect(unitOn(next, on)).toEqual(isValidOn(one, on) ? [one.leadUnit] : unitOn(standing, on));
        }
        standing = next;
      }
      expect(
        lintCatalogue({ entries: standing, areas: [], assets: [], categories: [] }, '2026-01-01').filter(
          ({ code }) => code === 'overlap',
        ),
      ).toEqual([]);
      const atOnce = applyEntries([], given, newId).added;
      for (const on of DAYS) expect(unitOn(atOnce, on)).toEqual(unitOn(standing, on));
    }),
  );
});

test('an entry that says what stands already changes nothing', () => {
  const standing = entry();
  expect(applyEntries([standing], [{ ...standing, id: 'other' }], newId)).toEqual({ removed: [], added: [] });
});

test('what is asked about one matter has few keys, and finds what a look at every entry finds', () => {
  const keys = new Set(keysFor(matter).map(keyOf));
  expect(keys.size).toBe(2 * 3 * 3);
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          area: fc.constantFrom('', 'juegang', 'juegang.yudang', 'yuanzhuang'),
          category: fc.constantFrom('', 'urban', 'urban.lighting', 'market'),
          asset: fc.constantFrom('', 'street-light', 'tree'),
        }),
      ),
      (given) => {
        const entries = given.map((key, index) => entry({ ...key, leadUnit: `u${index}` }));
        const applies = entries.filter(
          ({ area, category, asset }) =>
            (area === '' || matter.areas.includes(area)) &&
            (category === '' || matter.categories.includes(category)) &&
            (asset === '' || matter.assets.includes(asset)),
        );
        const found = responsibleOn(
          entries.filter((one) => keys.has(keyOf(one))),
          matter,
          '2026-06-01',
        );
        expect(new Set(found)).toEqual(new Set(applies));
        // The order depends on the entries, not on the order in which they came.
        expect(responsibleOn([...entries].reverse(), matter, '2026-06-01').map(({ id }) => id)).toEqual(
          found.map(({ id }) => id),
        );
      },
    ),
  );
});

test('names are found in what people write: the longest first, each once, in any number of names', () => {
  const village = { code: 'juegang.yudang', name: '余荡村', words: ['余荡'] };
  const finder = nameFinder([
    { code: 'juegang', name: '掘港街道', words: ['掘港'] },
    village,
    { code: 'other', name: '余荡村小学', words: [] },
    { code: 'short', name: '村', words: [] },
    ...Array.from({ length: 20_000 }, (_, index) => ({
      code: `v${index}`,
      name: `第${index}号村`,
      words: [],
    })),
  ]);
  expect(finder.find('掘港街道余荡村突发大面积停水，余荡村无水')).toEqual(['juegang', 'juegang.yudang']);
  expect(finder.find('余荡村小学门口')).toEqual(['other']);
  expect(finder.find('第19999号村')).toEqual(['v19999']);
  expect(finder.find('')).toEqual([]);
});

test('the linter tells overlaps, days with nobody, categories with nobody, ends that come and words of two places', () => {
  const entries = [
    entry({ id: 'a', validTo: '2026-03-31' }),
    entry({ id: 'b', validFrom: '2026-03-01', validTo: '2026-04-30', leadUnit: 'x' }),
    entry({ id: 'c', validFrom: '2026-05-10', validTo: '2026-06-20' }),
    entry({ id: 'd', category: 'market', assistUnits: ['lighting'] }),
  ];
  const found = lintCatalogue(
    {
      entries,
      areas: [
        { code: 'a', name: '人民路', words: [] },
        { code: 'b', name: '某路', words: ['人民路'] },
      ],
      assets: [],
      categories: [
        { code: 'urban', parentCode: null },
        { code: 'urban.lighting', parentCode: 'urban' },
        { code: 'market', parentCode: null },
        { code: 'market.price', parentCode: 'market' },
        { code: 'tax', parentCode: null },
      ],
    },
    '2026-06-01',
  );
  expect(
    found.map(
      ({ code, entries: of, key }) => `${code} ${of.join()}${key.area}${of.length ? '' : key.category}`,
    ),
  ).toEqual([
    'overlap a,b',
    'gapInTime b,c',
    'endsSoon c',
    'leadAssists d',
    'categoryWithoutUnit tax',
    'wordShared a',
  ]);
  for (const { message, cure } of found) {
    expect(`${message.zh}${cure.zh}`).toMatch(/[一-鿿]/);
    expect(`${message.en}${cure.en}`).not.toBe('');
  }
});
