import { expect, test } from 'vitest';
import { isWithin } from '../../../src/console/elements/unit-levels.ts';

const levels = new Map([
  ['water', { parentCode: null }],
  ['water-repair', { parentCode: 'water' }],
  ['water-repair-north', { parentCode: 'water-repair' }],
  ['round', { parentCode: 'about' }],
  ['about', { parentCode: 'round' }],
]);

test('a unit is within itself and within all above it, and within nothing else', () => {
  const within = (unitCode: string, above: string) => isWithin(levels, unitCode, above);
  expect(['water', 'water-repair', 'water-repair-north'].map((code) => within(code, 'water'))).toEqual([
    true,
    true,
    true,
  ]);
  expect(within('water', 'water-repair')).toBe(false);
  // A register that is not read yet names nobody above; itself it is all the same.
  expect([isWithin(new Map(), 'water', 'water'), isWithin(new Map(), 'water-repair', 'water')]).toEqual([
    true,
    false,
  ]);
});

test('nobody is within no unit, and a circle in the register ends', () => {
  expect([isWithin(levels, 'water', ''), isWithin(levels, '', ''), isWithin(levels, '', 'water')]).toEqual([
    false,
    false,
    false,
  ]);
  expect([isWithin(levels, 'round', 'water'), isWithin(levels, 'round', 'about')]).toEqual([false, true]);
});
