import { expect, test } from 'vitest';
import { contextOf, readPlaces } from '../../../src/app/knowledge/imports/tables.ts';
import { lookedAtLately } from '../../../src/app/sample/looked-at-lately.ts';
import places from '../../../src/presets/knowledge/places.json' with { type: 'json' };

/** Nobody's names are known here: what is wrong with a day alone is asked for. */
const faultsOf = (cells: readonly (readonly string[])[], today: string) => {
  const context = contextOf({ units: [], categories: [], areas: [], lines: [], today });
  return readPlaces(cells, context).refused.filter(({ field }) => field === 'verified_on');
};

const daysOf = ([heads = [], ...rows]: readonly (readonly string[])[]) =>
  rows.map((row) => row[heads.indexOf('verified_on')] ?? '').sort();

test.each(['2026-09-01', '2030-01-01'])(
  'a town that is founded on %s has places looked at until that day',
  (day) => {
    const moved = lookedAtLately(places, day);
    expect(faultsOf(moved, day)).toEqual([]);
    expect(daysOf(moved).at(-1)).toBe(day);
    const lasted = (days: readonly string[]) => Date.parse(days.at(-1) ?? '') - Date.parse(days[0] ?? '');
    expect(lasted(daysOf(moved))).toBe(lasted(daysOf(places)));
  },
);

test('places whose days are to come are refused otherwise, and who has none keeps none', () => {
  expect(faultsOf(places, '2026-09-01')).not.toEqual([]);
  const bare = [
    ['name', 'verified_on'],
    ['甲', ''],
  ];
  expect(lookedAtLately(bare, '2026-09-01')).toEqual(bare);
});
