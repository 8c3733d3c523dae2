import { expect, test } from 'vitest';
import { contextOf, readPlaces } from '../../../src/app/knowledge/imports/tables.ts';
import { seenByToday } from '../../../src/app/sample/seen-by-today.ts';
import places from '../../../src/presets/knowledge/places.json' with { type: 'json' };

/** Nobody's names are known here: what is wrong with a day alone is asked for. */
const faultsOf = (cells: readonly (readonly string[])[], today: string) => {
  const context = contextOf({ units: [], categories: [], areas: [], lines: [], today });
  return readPlaces(cells, context).refused.filter(({ field }) => field === 'verified_on');
};

test('a town that is founded before the last day of the sample can be founded', () => {
  const first = '2026-09-01';
  expect(faultsOf(places, first)).not.toEqual([]);
  expect(faultsOf(seenByToday(places, first), first)).toEqual([]);
  expect(seenByToday(places, '2030-01-01')).toEqual(places);
});
