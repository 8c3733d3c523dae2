import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { limitExamples, limitWords } from '../../../src/domain/deadlines/limit-examples.ts';
import { presetLimits } from './usual-limits.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const FRIDAY = Date.parse('2026-09-18T10:00:00+08:00');
const local = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);

test('what would be promised otherwise is said with an example, kind by kind, and nothing of the rest', () => {
  const [jiangsu, bureau] = [presetLimits(), presetLimits('bureau-same-3-13')];
  expect(limitExamples(jiangsu, jiangsu, FRIDAY, calendar)).toEqual([]);
  const said = limitExamples(jiangsu, bureau, FRIDAY, calendar).map(({ field, before, after }) => [
    ...[field, before.words, local(before.dueAt), after.words, local(after.dueAt)],
  ]);
  expect(said).toContainEqual([
    ...['limits.HELP', '5个工作日', '2026-09-24T18:00', '3个工作日', '2026-09-22T18:00'],
  ]);
  expect(said).toContainEqual([
    ...['urgent', '5个工作日', '2026-09-24T18:00', '当日下班前', '2026-09-18T18:00'],
  ]);
  expect(said.map(([field]) => field)).not.toContain('limits.ENQUIRY');
});

test('a category that is taken out of the limits, or put into them, is an example as well', () => {
  const [beijing, jiangsu] = [presetLimits('beijing-2h-24h-7d-15d'), presetLimits()];
  const of = (one: typeof jiangsu, other: typeof jiangsu) =>
    limitExamples(one, other, FRIDAY, calendar).find(({ field }) => field === 'categories.utilities.gas');
  expect(of(jiangsu, beijing)).toMatchObject({ before: { words: '5个工作日' }, after: { words: '24小时' } });
  expect(of(beijing, jiangsu)).toMatchObject({ before: { words: '24小时' }, after: { words: '5个工作日' } });
});

test('compressed time is an example of its own, counted as such a ticket will be', () => {
  const compressed = { category: 'other.demonstration', daySeconds: 4, untilMs: FRIDAY + 600_000 };
  const real = presetLimits();
  const [there, ...more] = limitExamples(real, { ...real, compressed }, FRIDAY, calendar);
  expect(more).toEqual([]);
  expect(there).toMatchObject({
    field: 'compressed',
    before: { words: '5个工作日', daySeconds: null },
    after: { words: '5个工作日', daySeconds: 4, dueAt: FRIDAY + 20_000 },
  });
  expect(
    limitExamples({ ...real, compressed }, { ...real, compressed: null }, FRIDAY, calendar),
  ).toMatchObject([{ field: 'compressed', before: { dueAt: FRIDAY + 20_000 }, after: { daySeconds: null } }]);
});

test('each unit has its words', () => {
  expect(limitWords({ unit: 'closeOfWorkingDay', amount: 2 })).toBe('含当日2个工作日');
  expect(limitWords({ unit: 'calendarDays', amount: 7 })).toBe('7日');
});
