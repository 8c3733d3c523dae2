import { expect, test } from 'vitest';
import type { CatalogueEntry } from '../../../src/domain/dispatch/entry.ts';
import { followCodes } from '../../../src/domain/dispatch/follow-codes.ts';
import { accuracyOf, replayCatalogue } from '../../../src/domain/dispatch/replay.ts';

let next = 0;
const newId = (): string => {
  next += 1;
  return `n${next}`;
};
const entry = (category: string, leadUnit: string, over: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  ...{ id: newId(), area: '', category, asset: '', leadUnit, assistUnits: [] },
  ...{ validFrom: '2026-01-01', validTo: null, source: 'catalogue', sourceRef: '', basis: '' },
  ...over,
});
const seen = (entries: readonly CatalogueEntry[]) =>
  entries.map(({ category, leadUnit, validFrom, validTo }) => [category, leadUnit, validFrom, validTo]);
const step = (from: string, to: string, main = true) => ({ from, to, main });

test('an entry ends the day before and goes on under each new code; another matter is left alone', () => {
  const light = entry('light', 'lamps');
  const water = entry('water', 'waterworks');
  const steps = [step('light', 'street'), step('light', 'sign', false)];
  const { removed, added, merged } = followCodes([light, water], 'category', steps, '2026-12-01', newId);
  expect(removed).toEqual([light]);
  expect(seen(added)).toEqual([
    ['light', 'lamps', '2026-01-01', '2026-11-30'],
    ['street', 'lamps', '2026-12-01', null],
    ['sign', 'lamps', '2026-12-01', null],
  ]);
  expect(merged).toEqual([]);
});

test('merged codes with two units: a decision stands, then the newer; what was entered beforehand is not overruled', () => {
  const clean = entry('clean', 'sanitation', { validFrom: '2026-05-01' });
  const green = entry('green', 'parks');
  const steps = [step('clean', 'tidy'), step('green', 'tidy')];
  const newer = followCodes([clean, green], 'category', steps, '2026-12-01', newId);
  expect(seen(newer.added).filter(([category]) => category === 'tidy')).toEqual([
    ['tidy', 'sanitation', '2026-12-01', null],
  ]);
  expect(newer.merged.map(({ stands, gaveWay }) => [stands.leadUnit, gaveWay.leadUnit])).toEqual([
    ['sanitation', 'parks'],
  ]);
  const decided = { ...green, source: 'adjudication' as const, sourceRef: 'CD-1' };
  const byDecision = followCodes([clean, decided], 'category', steps, '2026-12-01', newId);
  expect(seen(byDecision.added).filter(([category]) => category === 'tidy')[0]?.[1]).toBe('parks');
  const beforehand = entry('tidy', 'city-management', { validFrom: '2026-12-01' });
  const kept = followCodes([clean, green, beforehand], 'category', steps, '2026-12-01', newId);
  expect(kept.removed).not.toContain(beforehand);
  expect(seen(kept.added).filter(([category]) => category === 'tidy')).toEqual([]);
});

test('units that were merged lead and assist under their new code, once', () => {
  const one = entry('light', 'lamps', { assistUnits: ['parks', 'city'] });
  const { added } = followCodes(
    [one],
    'unit',
    [step('lamps', 'city'), step('parks', 'green')],
    '2026-12-01',
    newId,
  );
  expect(added.at(-1)).toMatchObject({ leadUnit: 'city', assistUnits: ['green'], validFrom: '2026-12-01' });
});

test('what ended before, or begins later, keeps its days', () => {
  const past = entry('light', 'old', { validTo: '2026-06-30' });
  const later = entry('light', 'lamps', { validFrom: '2027-03-01' });
  const { removed, added } = followCodes(
    [past, later],
    'category',
    [step('light', 'street')],
    '2026-12-01',
    newId,
  );
  expect(removed).toEqual([later]);
  expect(seen(added)).toEqual([['street', 'lamps', '2027-03-01', null]]);
});

test('replay: what a catalogue would have said of last month, and where it is wrong', () => {
  const settled = [
    { categories: ['urban.light', 'urban'], area: 'jg.yd', asset: '', unitCode: 'lamps' },
    { categories: ['urban.light', 'urban'], area: '', asset: '', unitCode: 'lamps' },
    { categories: ['water'], area: '', asset: '', unitCode: 'waterworks' },
    { categories: ['gas'], area: '', asset: '', unitCode: 'gasworks' },
  ];
  const standing = [entry('urban', 'city'), entry('water', 'waterworks')];
  const { misses, ...now } = replayCatalogue(standing, settled, '2026-11-01');
  expect(now).toEqual({ matters: 4, first: 1, amongThree: 1, unanswered: 1 });
  expect(misses[0]).toMatchObject({ category: 'urban.light', said: 'city', did: 'lamps', times: 1 });
  expect(accuracyOf(now)).toBe(25);
  const draft = [
    ...standing,
    entry('urban.light', 'lamps'),
    entry('gas', 'gasworks', { validFrom: '2026-12-01' }),
  ];
  expect(accuracyOf(replayCatalogue(draft, settled, '2026-11-01'))).toBe(75);
  expect(accuracyOf(replayCatalogue(draft, settled, '2026-12-01'))).toBe(100);
  expect(accuracyOf(replayCatalogue(draft, [], '2026-12-01'))).toBeNull();
});
