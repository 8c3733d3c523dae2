import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { dueOf } from '../../../src/domain/deadlines/clocks.ts';
import { explainedEn, ruleEn, sourceEn } from '../../../src/domain/deadlines/explained-english.ts';
import { sourceOf } from '../../../src/domain/deadlines/limit-set.ts';
import { PRESETS } from '../../../src/domain/deadlines/presets.ts';
import { STAGES, type StageLimit, stageDue } from '../../../src/domain/deadlines/stages.ts';
import { orderDue } from '../../../src/domain/tickets/order-time.ts';

const HAN = /\p{Script=Han}/u;
const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [2026], days: [], periods: null });
/** Over a year that nobody has entered, so that everything is provisional that can be. */
const from = Date.parse('2026-12-30T09:00:00+08:00');
const UNITS = ['workingDays', 'closeOfWorkingDay', 'calendarDays', 'hours'] as const;
const STAGE_LIMITS: readonly StageLimit[] = [
  { unit: 'minutes', amount: 15 },
  { unit: 'workingMinutes', amount: 1200 },
  { unit: 'workingDays', amount: 0 },
  { unit: 'workingDays', amount: 5 },
];

test('whatever a clock, a stage or an order ends by is explained in English too', () => {
  const told = [
    ...UNITS.map((unit) => dueOf(from, { unit, amount: 5 }, calendar).explanation),
    ...STAGES.flatMap((stage) =>
      STAGE_LIMITS.map((limit) => stageDue(stage, from, limit, calendar).explanation),
    ),
    orderDue(from, 5, calendar).explanation,
  ];
  for (const explanation of told) {
    expect(explanation.rule).toMatch(HAN);
    const { ruleEn: rule, noteEn } = explainedEn(explanation);
    expect(rule).not.toMatch(HAN);
    expect(noteEn === undefined).toBe(explanation.note === undefined);
    if (noteEn !== undefined) expect(noteEn).toMatch(/^Provisional: the days off of 2027 are not entered/);
  }
  expect(told.some(({ note }) => note !== undefined)).toBe(true);
  expect(ruleEn('签收：120 分钟，只计工作时间')).toBe('Sign for: 120 minutes of working time');
});

test('limits that the program brings are named in English, those of a county as it wrote them', () => {
  for (const [nth, preset] of PRESETS.entries()) {
    const set = { ...preset, number: nth + 1, validFrom: 0 };
    expect(sourceEn(sourceOf(set, 0))).toMatch(new RegExp(`limits, set ${nth + 1}\\)$`));
    expect(sourceEn(sourceOf(set, 3))).toMatch(/, with 3 granted\)$/);
    expect(sourceEn(sourceOf(set, 3))).not.toMatch(HAN);
  }
  const own = { ...PRESETS[0], name: '本县', basis: '县政府（2026）3号', number: 7, validFrom: 0 };
  expect(sourceEn(sourceOf(own, 0))).toBe('本县 (县政府（2026）3号; limits, set 7)');
  // Words of another release are told as they were kept.
  expect([ruleEn('老口径'), sourceEn('老口径')]).toEqual(['老口径', '老口径']);
});
