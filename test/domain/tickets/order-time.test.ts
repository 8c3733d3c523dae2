import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { periodsAtClose, periodsLater } from '../../../src/domain/tickets/order-effect.ts';
import { orderDue, orderLevel, type TimedOrder } from '../../../src/domain/tickets/order-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [2026], days: [], periods: null });
const issuedAt = Date.parse('2026-11-02T09:00:00+08:00');
const order = (over: Partial<TimedOrder> = {}): TimedOrder => ({
  ...{ dueAt: issuedAt + 3 * DAY, warnAt: issuedAt + 2 * DAY, warned: false, late: false },
  ...over,
});

test('an order is warned of once and late once; who comes when it is over says only that', () => {
  const at = (now: number, over: Partial<TimedOrder> = {}) => orderLevel(order(over), now);
  expect(at(issuedAt + 2 * DAY - 1)).toBeNull();
  expect(at(issuedAt + 2 * DAY)).toBe(80);
  expect(at(issuedAt + 3 * DAY - 1)).toBe(80);
  expect(at(issuedAt + 3 * DAY - 1, { warned: true })).toBeNull();
  expect(at(issuedAt + 3 * DAY)).toBe(100);
  expect(at(issuedAt + 9 * DAY, { warned: true })).toBe(100);
  expect(at(issuedAt + 9 * DAY, { late: true })).toBeNull();
});

test('most of an order is used up in working time, over a weekend nothing is; each day of it is explained', () => {
  const friday = Date.parse('2026-11-06T09:00:00+08:00');
  const { dueAt, warnAt, explanation } = orderDue(friday, 1, calendar);
  expect(dueAt).toBe(Date.parse('2026-11-09T18:00:00+08:00'));
  expect(warnAt).toBeGreaterThan(Date.parse('2026-11-09T09:00:00+08:00'));
  expect(warnAt).toBeLessThan(dueAt);
  expect(explanation.rule).toContain('督办反馈 1 个工作日');
  expect(explanation.days.map(({ date, count }) => [date, count])).toEqual([
    ['2026-11-06', null],
    ['2026-11-07', null],
    ['2026-11-08', null],
    ['2026-11-09', 1],
  ]);
});

test('whatever an order took, both times are of one length, touch it, and are no longer than thirty days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 * DAY }), (tookMs) => {
      const closedAt = issuedAt + tookMs;
      for (const { before, after } of [
        periodsAtClose(issuedAt, closedAt),
        periodsLater(issuedAt, closedAt),
      ]) {
        expect(before.to - before.from).toBe(after.to - after.from);
        expect(before.to).toBe(issuedAt);
        expect(after.to - after.from).toBeLessThanOrEqual(30 * DAY);
        expect(after.from).toBeGreaterThanOrEqual(issuedAt);
      }
      expect(periodsAtClose(issuedAt, closedAt).after.to).toBe(closedAt);
    }),
  );
});
