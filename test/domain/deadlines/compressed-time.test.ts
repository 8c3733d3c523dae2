import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { dueOf, marksOf } from '../../../src/domain/deadlines/clocks.ts';
import {
  COMPRESSED_AT_MOST_MS,
  compressedCalendar,
  compressedFaults,
  DEMONSTRATION_CATEGORY,
  daySecondsOf,
} from '../../../src/domain/deadlines/compressed-time.ts';
import { ruleEn } from '../../../src/domain/deadlines/explained-english.ts';
import { citizenLimitChanges } from '../../../src/domain/deadlines/limit-set.ts';
import { PRESETS, type Preset } from '../../../src/domain/deadlines/presets.ts';
import { stageDue } from '../../../src/domain/deadlines/stages.ts';
import { comingStep } from '../../../src/domain/tickets/escalation.ts';
import { orderDue } from '../../../src/domain/tickets/order-time.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [2026], days: [], periods: null });
const SECOND = 1000;
const four = compressedCalendar(calendar, 4);
/** Night, a day off, the last evening of a year that nobody has entered the next of: to compressed time all one. */
const ATS = ['2026-11-26T03:00:00', '2026-10-01T12:00:00', '2026-12-31T23:59:59'].map((local) =>
  Date.parse(`${local}+08:00`),
);
const JIANGSU: Preset = PRESETS[0];

test('a day is so many seconds whatever day it is, each share of it as well, and each due time says so in both languages', () => {
  for (const at of ATS) {
    const marks = marksOf('unit', at, JIANGSU.limits.COMPLAINT, four);
    expect(marks.map(({ level, dueAt }) => [level, dueAt - at])).toEqual([
      [50, 10 * SECOND],
      [80, 16 * SECOND],
      [100, 20 * SECOND],
    ]);
    expect(marks.every(({ provisional }) => !provisional)).toBe(true);
    expect(marks.at(-1)?.explanation).toMatchObject({
      rule: '5 个工作日；压缩时间（演示），一日按 4 秒计',
      daySeconds: 4,
      days: [],
      missingYears: [],
    });
    const due = (limit: Parameters<typeof dueOf>[1]) => dueOf(at, limit, four).dueAt - at;
    expect(due({ unit: 'closeOfWorkingDay', amount: 1 })).toBe(4 * SECOND);
    expect(due({ unit: 'calendarDays', amount: 7 })).toBe(28 * SECOND);
    expect(due({ unit: 'hours', amount: 12 })).toBe(2 * SECOND);
    const stage = (limit: Parameters<typeof stageDue>[2]) => stageDue('sign', at, limit, four);
    // Two of seven working hours, of which a day has seven.
    expect(stage({ unit: 'workingMinutes', amount: 120 }).dueAt - at).toBe(
      Math.round((4 * SECOND * 120) / 420),
    );
    expect(stage({ unit: 'minutes', amount: 720 }).dueAt - at).toBe(2 * SECOND);
    expect(stage({ unit: 'workingDays', amount: 0 }).dueAt - at).toBe(4 * SECOND);
    expect(ruleEn(stage({ unit: 'workingMinutes', amount: 120 }).explanation.rule)).toBe(
      'Sign for: 120 minutes of working time; compressed time (demonstration), a day counts as 4 seconds',
    );
    const order = orderDue(at, 3, four);
    expect([order.warnAt - at, order.dueAt - at]).toEqual([9_600, 12 * SECOND]);
    expect(ruleEn(order.explanation.rule)).toBe(
      'Answer to supervision, 3 working days: 3 working days; compressed time (demonstration), a day counts as 4 seconds',
    );
    const late = {
      ticketId: 't',
      state: 'handling',
      urgency: 'normal',
      unitCode: 'u',
      ordered: false,
    } as const;
    const pressed = {
      ...late,
      acceptedAt: at,
      daySeconds: 4,
      dueAt: at,
      warnedAt: null,
      progressAt: null,
    };
    expect(comingStep({ ...pressed, urgedAt: [at] }, JIANGSU, four)).toEqual({
      step: 'order',
      at: at + 8 * SECOND + 1,
    });
  }
});

test('only of its category and what lies in it, and only what is accepted before its end; the calendar of others is as it was', () => {
  const compressed = { category: 'environment.dust', daySeconds: 4, untilMs: 1000 };
  const of = (categoryCode: string, acceptedAt: number) =>
    daySecondsOf({ compressed }, { categoryCode, acceptedAt });
  expect(of('environment.dust', 999)).toBe(4);
  expect(of('environment.dust.site', 0)).toBe(4);
  expect([of('environment.dust', 1000), of('environment', 0), of('environment.dusty', 0)]).toEqual([
    null,
    null,
    null,
  ]);
  expect(daySecondsOf(JIANGSU, { categoryCode: 'environment.dust', acceptedAt: 0 })).toBeNull();
  expect(marksOf('unit', ATS[0] ?? 0, JIANGSU.limits.HELP, calendar).at(-1)?.explanation).not.toHaveProperty(
    'daySeconds',
  );
  expect(compressedCalendar(calendar, 4)).toBe(four);
});

test('it lasts an hour at most, and is a change of what citizens are promised', () => {
  const from = ATS[0] ?? 0;
  const fits = { category: DEMONSTRATION_CATEGORY, daySeconds: 4, untilMs: from + COMPRESSED_AT_MOST_MS };
  const fault = [{ field: 'compressed', why: 'range' }];
  expect(compressedFaults({}, from)).toEqual([]);
  expect(compressedFaults({ compressed: fits }, from)).toEqual([]);
  expect(compressedFaults({ compressed: { ...fits, untilMs: fits.untilMs + 1 } }, from)).toEqual(fault);
  for (const daySeconds of [0, 1.5, 3601]) {
    expect(compressedFaults({ compressed: { ...fits, daySeconds } }, from)).toEqual(fault);
  }
  // Under whatever else somebody may appeal about something that is so.
  for (const category of ['', 'environment.dust', 'other', `${DEMONSTRATION_CATEGORY}s`]) {
    expect(compressedFaults({ compressed: { ...fits, category } }, from)).toEqual([
      { field: 'compressed', why: 'category' },
    ]);
  }
  expect(citizenLimitChanges(JIANGSU, { ...JIANGSU, compressed: fits })).toEqual(['compressed']);
  expect(citizenLimitChanges(JIANGSU, { ...JIANGSU, compressed: null })).toEqual([]);
});
