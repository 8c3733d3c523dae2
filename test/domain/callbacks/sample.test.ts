import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawSample, isFalseContent } from '../../../src/domain/callbacks/sample.ts';
import { surveyDue } from '../../../src/domain/callbacks/survey/rules.ts';
import { discrepancyIndex, visitRates } from '../../../src/domain/reporting/visit-report.ts';

const visits = fc.uniqueArray(
  fc.record({ id: fc.uuid(), unitCode: fc.constantFrom('water', 'lighting', 'power', null) }),
  { selector: ({ id }) => id, maxLength: 60 },
);

test('of each unit so many percent, rounded up; the same whoever draws it, in whatever order; another day, another draw', () => {
  fc.assert(
    fc.property(visits, fc.integer({ min: 1, max: 100 }), (all, percent) => {
      const drawn = drawSample(all, { day: '2026-09-21', percent });
      const again = drawSample([...all].reverse(), { day: '2026-09-21', percent });
      expect(again).toEqual(drawn);
      for (const unit of ['water', 'lighting', 'power', null]) {
        const of = (list: typeof all) => list.filter(({ unitCode }) => unitCode === unit).length;
        expect(of([...drawn])).toBe(Math.ceil((of(all) * percent) / 100));
      }
    }),
  );
  const many = Array.from({ length: 200 }, (_, n) => ({ id: `visit-${n}`, unitCode: 'water' }));
  const days = ['2026-09-21', '2026-09-22'].map((day) =>
    drawSample(many, { day, percent: 10 }).map(({ id }) => id),
  );
  expect(days[0]).not.toEqual(days[1]);
});

test('each visit is drawn about as often as any other', () => {
  const many = Array.from({ length: 50 }, (_, n) => ({ id: `visit-${n}`, unitCode: 'water' }));
  const times = new Map<string, number>();
  for (let day = 0; day < 1_000; day += 1) {
    for (const { id } of drawSample(many, { day: `day ${day}`, percent: 10 }))
      times.set(id, (times.get(id) ?? 0) + 1);
  }
  // 5 of 50, a thousand days: a hundred times each, with a deviation of ten.
  for (const { id } of many) expect(times.get(id) ?? 0, id).toSatisfy((n: number) => n > 55 && n < 145);
});

test('the first word is taken back only by a second that is not content', () => {
  const fine = { resolved: true, result: 5 } as const;
  expect(isFalseContent(fine, { resolved: true, result: 3 })).toBe(false);
  expect(isFalseContent(fine, { resolved: false, result: 5 })).toBe(true);
  expect(isFalseContent(fine, { resolved: true, result: 2 })).toBe(true);
  expect(isFalseContent({ resolved: false, result: 1 }, { resolved: false, result: 1 })).toBe(false);
  expect(discrepancyIndex({ compared: 8, falseContent: 1 })).toBe(12.5);
  expect(discrepancyIndex({ compared: 0, falseContent: 0 })).toBeNull();
});

test('F-4: 5,583 of 6,221 is 89.74 %, 963 of 3,853 is 24.99 %; with and without what was excluded, each with its formula', () => {
  const all = {
    answered: 6_221,
    responded: 6_221,
    resolved: 963,
    satisfiedResult: 5_583,
    satisfiedProcess: 0,
  };
  const none = { answered: 0, responded: 0, resolved: 0, satisfiedResult: 0, satisfiedProcess: 0 };
  const of = (name: string, rates: ReturnType<typeof visitRates>) => rates.find((one) => one.name === name);
  expect(of('satisfactionRate', visitRates(all, none))).toMatchObject({
    value: 89.74,
    afterExclusions: { value: 89.74 },
    formula: expect.stringContaining('÷'),
    source: 'visit_attempts.result ≥ 3',
  });
  expect(of('resolutionRate', visitRates({ ...all, answered: 3_853 }, none))).toMatchObject({ value: 24.99 });
  const excluded = { ...none, answered: 221 };
  expect(of('satisfactionRate', visitRates(all, excluded))?.afterExclusions).toEqual({
    numerator: 5_583,
    denominator: 6_000,
    value: 93.05,
  });
  expect(of('responseRate', visitRates(none, none))?.value).toBeNull();
});

test('whenever the machine may call, it is not night, not twice in a part of a day, and ends with three tries as asked', () => {
  const zone = 'Asia/Shanghai';
  const quietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  const start = Date.parse('2026-09-21T00:00:00+08:00');
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 200, maxLength: 400 }), (pauses) => {
      const tries: { at: number; outcome: 'noAnswer' }[] = [];
      let nowMs = start;
      for (const minutes of pauses) {
        nowMs += minutes * 60_000;
        const due = surveyDue(tries, { nowMs, zone, quietHours });
        if (due === 'enough') break;
        if (due === 'later') continue;
        const hour = new Date(nowMs + 8 * 3_600_000).getUTCHours();
        expect(hour).toBeGreaterThanOrEqual(7);
        expect(hour).toBeLessThan(22);
        tries.push({ at: nowMs, outcome: 'noAnswer' });
      }
      expect(tries.length).toBe(3);
      expect(surveyDue(tries, { nowMs, zone, quietHours })).toBe('enough');
    }),
    { numRuns: 50 },
  );
});
