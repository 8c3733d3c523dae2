import { expect, test } from 'vitest';
import type { CatalogueEntry } from '../../../src/domain/dispatch/entry.ts';
import { replayCatalogue, replayChanges } from '../../../src/domain/dispatch/replay.ts';

const entry = (category: string, leadUnit: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  ...{ id: `${category}-${leadUnit}`, area: '', category, asset: '', leadUnit, assistUnits: [] },
  ...{ validFrom: '2026-01-01', validTo: null, source: 'catalogue', sourceRef: '', basis: '' },
  ...more,
});
const settled = (ticketNumber: string, unitCode: string, categories = ['leak', 'water']) => ({
  ...{ ticketNumber, unitCode, categories, area: '', asset: '' },
});
const DAY = '2026-11-26';
const matters = [
  settled('1', 'power'),
  settled('2', 'power'),
  settled('3', 'water'),
  settled('4', 'park', ['tree']),
];

test('what two catalogues say differently is told by kind, with some of the tickets; what is the same is not', () => {
  const [before, after] = [[entry('water', 'water')], [entry('water', 'water'), entry('leak', 'power')]];
  expect(replayChanges(before, after, matters, DAY)).toEqual([
    {
      ...{ category: 'leak', area: '', asset: '', before: 'water', after: 'power', did: 'power' },
      ...{ times: 2, tickets: ['1', '2'] },
    },
    {
      ...{ category: 'leak', area: '', asset: '', before: 'water', after: 'power', did: 'water' },
      ...{ times: 1, tickets: ['3'] },
    },
  ]);
  expect(replayChanges(before, before, matters, DAY)).toEqual([]);
  // The better catalogue is the one that says more often who did it.
  const [was, is] = [replayCatalogue(before, matters, DAY), replayCatalogue(after, matters, DAY)];
  expect([was.first, is.first, is.unanswered]).toEqual([1, 2, 1]);
});

test('nobody named is told as nobody, and a long list names five tickets', () => {
  const many = Array.from({ length: 9 }, (_, nth) => settled(String(nth), 'park', ['tree']));
  expect(replayChanges([], [entry('tree', 'park')], many, DAY)).toMatchObject([
    { before: null, after: 'park', times: 9, tickets: ['0', '1', '2', '3', '4'] },
  ]);
});
