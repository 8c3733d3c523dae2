import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HEARD_AT_MOST } from '../../../src/domain/announcements/announcement.ts';
import { areaCodeOf, whereabouts } from '../../../src/domain/announcements/caller-area.ts';
import { consider, type Listener } from '../../../src/domain/announcements/heard.ts';
import { AREA, announcement, HOUR, T0 } from './incidents.ts';

const listener = (change: Partial<Listener> = {}): Listener => ({
  line: '12345',
  caller: '051384110001',
  emergency: false,
  ...change,
});
const outcomes = (...args: Parameters<typeof consider>) => consider(...args).map(({ outcome }) => outcome);

describe('where a caller is', () => {
  test.each([
    ['051384110001', '0513'],
    ['01062223344', '010'],
    ['02566778899', '025'],
    ['075588889999', '0755'],
    ['13800138000', null],
    ['12345', null],
    ['4008123456', null],
    ['00441632960000', null],
  ])('the area code of %s is %s', (number, code) => {
    expect(areaCodeOf(number)).toBe(code);
  });

  test.each([
    ['051384110001', AREA, 'inside'],
    ['02566778899', AREA, 'elsewhere'],
    // A mobile tells no area: nothing is guessed.
    ['13800138000', AREA, 'unknown'],
    [null, AREA, 'unknown'],
    ['00441632960000', AREA, 'unknown'],
    ['051384110001', { ...AREA, areaCodes: [], prefixes: ['05138411'] }, 'inside'],
    ['051384220001', { ...AREA, areaCodes: [], prefixes: ['05138411'] }, 'elsewhere'],
    ['13800138000', { ...AREA, numbers: ['13800138000'] }, 'inside'],
    ['13805131234', { ...AREA, prefixes: ['1380513'] }, 'inside'],
  ] as const)('%s in %j is %s', (caller, area, where) => {
    expect(whereabouts(area, caller)).toBe(where);
  });
});

describe('who hears an announcement', () => {
  test.each([
    ['everybody, when it is aimed at nobody', {}, {}, 'heard'],
    ['the called line', { lines: ['12319'] }, { line: '12319' }, 'heard'],
    ['not another line', { lines: ['12319'] }, { line: '12345' }, 'otherLine'],
    ['not a number that is not on the register', { lines: ['12319'] }, { line: null }, 'otherLine'],
    ['the area', { area: AREA }, {}, 'heard'],
    ['nobody elsewhere', { area: AREA }, { caller: '02566778899' }, 'elsewhere'],
    ['no mobile unless it was chosen', { area: AREA }, { caller: '13800138000' }, 'areaUnknown'],
    [
      'a mobile when it was chosen',
      { area: { ...AREA, unknownHear: true } },
      { caller: '13800138000' },
      'heard',
    ],
    [
      'a withheld number when it was chosen',
      { area: { ...AREA, unknownHear: true } },
      { caller: null },
      'heard',
    ],
    ['no emergency', {}, { emergency: true }, 'emergency'],
  ] as const)('%s', (_what, aimed, who, outcome) => {
    const lines = 'lines' in aimed ? { lines: [...aimed.lines] } : {};
    expect(outcomes([announcement({ ...aimed, ...lines })], listener(who), T0)).toEqual([outcome]);
  });

  test.each([
    [T0 - 1, 'notYet'],
    [T0, 'heard'],
    [T0 + 4 * HOUR - 1, 'heard'],
    [T0 + 4 * HOUR, 'over'],
  ])('at %d: %s', (nowMs, outcome) => {
    expect(outcomes([announcement()], listener(), nowMs)).toEqual([outcome]);
  });

  test('two at most, the more narrowly aimed first, then the newer', () => {
    const all = [
      announcement({ id: 'old' }),
      announcement({ id: 'new', fromMs: T0 + 1 }),
      announcement({ id: 'aimed', lines: ['12345'], area: AREA }),
      announcement({ id: 'line', lines: ['12345'] }),
    ];
    const considered = consider(all, listener(), T0 + HOUR);
    expect(considered.map(({ announcement: { id }, outcome }) => `${id} ${outcome}`)).toEqual([
      'aimed heard',
      'line heard',
      'new enough',
      'old enough',
    ]);
  });

  test('property: all are accounted for, no more than two are heard, none out of its time or before an emergency', () => {
    const some = fc.record({
      id: fc.uuid(),
      title: fc.string(),
      lines: fc.option(fc.array(fc.constantFrom('12345', '12319')), { nil: null }),
      area: fc.option(
        fc.record({
          areaCodes: fc.subarray(['0513', '025']),
          prefixes: fc.constant([]),
          numbers: fc.constant([]),
          unknownHear: fc.boolean(),
        }),
        { nil: null },
      ),
      fromMs: fc.integer({ min: 0, max: 100 }),
      untilMs: fc.integer({ min: 0, max: 100 }),
      offerKey: fc.constantFrom('1' as const, null),
    });
    const who = fc.record({
      line: fc.constantFrom('12345', '12319', null),
      caller: fc.constantFrom('051384110001', '02566778899', '13800138000', null),
      emergency: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 6 }),
        who,
        fc.integer({ min: -1, max: 101 }),
        (all, caller, now) => {
          const considered = consider(all, caller, now);
          const heard = considered.filter(({ outcome }) => outcome === 'heard');
          expect(considered.map(({ announcement: { id } }) => id).sort()).toEqual(
            all.map(({ id }) => id).sort(),
          );
          expect(heard.length).toBeLessThanOrEqual(HEARD_AT_MOST);
          if (caller.emergency) expect(heard).toEqual([]);
          for (const { announcement: one } of heard) {
            expect(one.fromMs <= now && now < one.untilMs).toBe(true);
          }
          expect(
            consider([...all].reverse(), caller, now).filter(({ outcome }) => outcome === 'heard'),
          ).toEqual(heard);
        },
      ),
    );
  });
});
