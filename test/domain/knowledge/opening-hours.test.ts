import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WorkingCalendar } from '../../../src/domain/deadlines/calendar.ts';
import { instantOf } from '../../../src/domain/deadlines/local-time.ts';
import { boxAround, distanceMetres } from '../../../src/domain/knowledge/places/near.ts';
import { openAt, readHours } from '../../../src/domain/knowledge/places/opening-hours.ts';
import { spokenHours } from '../../../src/domain/knowledge/places/spoken-hours.ts';

const CALENDAR: WorkingCalendar = {
  zone: 'Asia/Shanghai',
  years: new Set([2026]),
  exceptions: new Map([
    ['2026-10-01', { working: false, name: '国庆节' }],
    ['2026-10-02', { working: false, name: '国庆节' }],
    ['2026-10-10', { working: true, name: '国庆节调休' }],
  ]),
  periods: [{ fromMinute: 540, toMinute: 1080 }],
};
const at = (day: string, time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return instantOf(day, hour * 60 + minute, CALENDAR.zone);
};
const state = (hours: string, day: string, time: string) => {
  const read = readHours(hours);
  if ('fault' in read) throw new Error(read.fault.part);
  return openAt(read.hours, CALENDAR, at(day, time));
};

test('several periods a day: open in each, closed at noon, and when it opens again', () => {
  const hours = 'workdays 08:30-12:00 14:00-17:30; sat 09:00-12:00; holidays closed';
  expect(state(hours, '2026-09-28', '08:30')).toEqual({ state: 'open', until: at('2026-09-28', '12:00') });
  expect(state(hours, '2026-09-28', '12:00')).toEqual({ state: 'closed', next: at('2026-09-28', '14:00') });
  expect(state(hours, '2026-09-26', '11:59')).toEqual({ state: 'open', until: at('2026-09-26', '12:00') });
  // Friday evening: the next is Saturday; on Sunday it is Monday.
  expect(state(hours, '2026-09-25', '18:00')).toEqual({ state: 'closed', next: at('2026-09-26', '09:00') });
  expect(state(hours, '2026-09-27', '10:00')).toEqual({ state: 'closed', next: at('2026-09-28', '08:30') });
});

test('a public holiday closes what opens on workdays, a make-up Saturday opens as its rule says', () => {
  const office = 'workdays 08:30-17:30; holidays closed';
  expect(state(office, '2026-10-01', '10:00').state).toBe('closed');
  expect(state(office, '2026-10-10', '10:00').state).toBe('open');
  expect(state('daily 08:00-20:00', '2026-10-01', '10:00').state).toBe('open');
  expect(state('workdays 09:00-17:00; restdays 10:00-15:00', '2026-10-01', '16:00').state).toBe('closed');
});

test('a night belongs to the evening it began on; round the clock never closes', () => {
  const night = 'fri-sat 17:00-02:00';
  expect(state(night, '2026-09-27', '01:59')).toEqual({ state: 'open', until: at('2026-09-27', '02:00') });
  expect(state(night, '2026-09-28', '01:00').state).toBe('closed');
  for (const always of ['每天 00:00-24:00', 'mon-sun 24h', '工作日 24h；休息日 00:00-12:00 12:00-24:00'])
    expect(state(always, '2026-09-28', '03:00'), always).toEqual({ state: 'open', until: null });
  // A holiday without hours is an end.
  expect(state('workdays 24h; sat 24h', '2026-09-28', '03:00')).toEqual({
    state: 'open',
    until: at('2026-10-01', '00:00'),
  });
  expect(state('24h', '2026-09-28', '03:00')).toEqual({ state: 'open', until: null });
  expect(state('daily 06:00-12:00 12:00-18:00', '2026-09-28', '10:00')).toEqual({
    state: 'open',
    until: at('2026-09-28', '18:00'),
  });
  expect(state('', '2026-09-28', '03:00')).toEqual({ state: 'unknown' });
});

test('hours as people write them in Chinese are read; what cannot be is told with an example', () => {
  expect(
    state('工作日 8:30－12:00，14:00～17:30；周六 9:00-12:00；节假日休息', '2026-09-28', '15:00').state,
  ).toBe('open');
  expect(state('全天', '2026-09-28', '15:00').state).toBe('open');
  for (const always of ['24小时营业', '24 小时营业', '营业时间：24小时', '全天开放'])
    expect(readHours(always), always).toEqual({ hours: 'always' });
  expect(state('营业时间：周一至周五 8:00-18:00；周日不营业', '2026-09-28', '15:00').state).toBe('open');
  expect(state('daily 08:00-18:00；周日不营业', '2026-09-27', '15:00').state).toBe('closed');
  for (const wrong of ['看情况', 'daily 25:00-26:00', 'mon', 'daily 8-17', 'workdays 08:30-08:30']) {
    expect(readHours(wrong), wrong).toMatchObject({
      fault: { right: expect.stringContaining('workdays 08:30') },
    });
  }
});

test('whatever lies within a distance lies in the box around', () => {
  const spot = fc.record({
    longitude: fc.double({ min: 73, max: 135, noNaN: true }),
    latitude: fc.double({ min: 18, max: 53, noNaN: true }),
  });
  fc.assert(
    fc.property(
      spot,
      fc.double({ min: -0.2, max: 0.2, noNaN: true }),
      fc.double({ min: -0.2, max: 0.2, noNaN: true }),
      (here, east, north) => {
        const there = { longitude: here.longitude + east, latitude: here.latitude + north };
        const box = boxAround(here, distanceMetres(here, there) * 1.001 + 1);
        expect(there.latitude >= box.south && there.latitude <= box.north).toBe(true);
        expect(there.longitude >= box.west && there.longitude <= box.east).toBe(true);
      },
    ),
  );
  expect(
    Math.round(
      distanceMetres({ longitude: 121.186, latitude: 32.331 }, { longitude: 121.196, latitude: 32.331 }),
    ),
  ).toBeGreaterThan(900);
});

test('read out they are Chinese, and mean the same', () => {
  expect(spokenHours('workdays 08:30-12:00 14:00-17:30; sat 09:00-12:00; holidays closed')).toBe(
    '工作日 08:30-12:00 14:00-17:30；周六 09:00-12:00；节假日 休息',
  );
  for (const hours of ['24h', 'daily 07:00-21:00', 'tue-sun 09:00-20:30; mon closed', '工作日 09:00-17:00'])
    expect(readHours(spokenHours(hours)), hours).toEqual(readHours(hours));
});
