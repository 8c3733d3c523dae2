import { expect, test } from 'vitest';
import { addCalendarMonths, localDate } from '../../../src/domain/hotlines/local-date.ts';
import { modeAt } from '../../../src/domain/hotlines/mode-at.ts';
import { routed } from './rule-sets.ts';

const transition = routed('051384110001', 'TRANSITION', { validTo: '2020-07-28' });
const CHINA = 'Asia/Shanghai';

test('RD-06: three calendar months from 2020-04-28 end with 2020-07-28', () => {
  expect(addCalendarMonths('2020-04-28', 3)).toBe('2020-07-28');
});

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2025-11-30', 3, '2026-02-28'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
])('%s and %i months is %s', (from, months, to) => {
  expect(addCalendarMonths(from, months)).toBe(to);
});

test.each([
  ['2020-04-27T15:59:59.999Z', 'UNREGISTERED'],
  ['2020-04-27T16:00:00.000Z', 'TRANSITION'],
  ['2020-07-28T15:59:59.999Z', 'TRANSITION'],
  ['2020-07-28T16:00:00.000Z', 'TRANSITION_ENDED'],
])('a transition is in force to the last instant of its last local day: at %s it is %s', (at, mode) => {
  expect(modeAt(transition, CHINA, Date.parse(at))).toBe(mode);
});

test('the day is the municipality’s, not the machine’s', () => {
  const at = Date.parse('2020-07-28T17:00:00Z');
  expect(localDate(at, CHINA)).toBe('2020-07-29');
  expect(localDate(at, 'America/New_York')).toBe('2020-07-28');
  expect(modeAt(transition, 'America/New_York', at)).toBe('TRANSITION');
});

test('other modes do not end', () => {
  const forward = { ...transition, mode: 'FORWARD' as const, validTo: null };
  expect(modeAt(forward, CHINA, Date.parse('2099-01-01T00:00:00Z'))).toBe('FORWARD');
});
