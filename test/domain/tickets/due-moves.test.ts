import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { marksOf } from '../../../src/domain/deadlines/clocks.ts';
import { promisedOtherwise } from '../../../src/domain/deadlines/limit-comparison.ts';
import { soonest } from '../../../src/domain/deadlines/soonest.ts';
import { dueMoves } from '../../../src/domain/tickets/due-moves.ts';
import { presetLimits } from '../deadlines/usual-limits.ts';

const local = { zone: 'Asia/Shanghai', years: [], days: [], periods: null };
const calendar = chinaCalendar(local);
const MONDAY = Date.parse('2026-11-23T10:00:00+08:00');
const LIMIT = { unit: 'workingDays', amount: 2 } as const;
const marks = marksOf('citizen', MONDAY, LIMIT, calendar);

test('of a ticket that is counted again its ends are told, and not the warnings that move with them', () => {
  const dayOff = { day: '2026-11-24', working: false, name: '停办一天' };
  const again = marksOf('citizen', MONDAY, LIMIT, chinaCalendar({ ...local, days: [dayOff] }));
  expect(dueMoves(marks, again)).toEqual([
    {
      ...{ clock: 'citizen', kind: 'overdue', provisional: false },
      before: Date.parse('2026-11-25T18:00:00+08:00'),
      after: Date.parse('2026-11-26T18:00:00+08:00'),
    },
  ]);
});

test('where only warnings move they are told; what became certain, and moves nowhere, is not', () => {
  const [half] = marks;
  if (half === undefined) throw new Error('a clock without a warning');
  expect(dueMoves(marks, [{ ...half, dueAt: half.dueAt + 60_000 }])).toMatchObject([{ kind: 'warning' }]);
  expect(dueMoves(marks, [{ ...half, provisional: true }])).toEqual([]);
});

test('a ticket is compared under other limits by its own acceptance, with what it was granted', () => {
  const ticket = {
    type: 'HELP',
    urgency: 'normal',
    categoryCode: 'leak',
    extendedBy: 2,
    acceptedAt: MONDAY,
    daySeconds: null,
  } as const;
  const [jiangsu, bureau] = [presetLimits(), presetLimits('bureau-same-3-13')];
  expect(promisedOtherwise(ticket, jiangsu, bureau, calendar)).toMatchObject({
    keeps: { words: '7个工作日' },
    would: { words: '5个工作日', dueAt: Date.parse('2026-11-30T18:00:00+08:00') },
  });
  expect(promisedOtherwise({ ...ticket, type: 'ENQUIRY' }, jiangsu, bureau, calendar)).toBeNull();
});

test('a ticket of a demonstration is compared by its own short days, and what would become one by those', () => {
  const at = MONDAY;
  const ticket = { type: 'HELP', urgency: 'normal', extendedBy: 0, acceptedAt: at } as const;
  const real = presetLimits();
  const compressed = { category: 'other.demonstration', daySeconds: 4, untilMs: at + 1 };
  const shown = { ...ticket, categoryCode: 'other.demonstration', daySeconds: 4 };
  expect(promisedOtherwise(shown, real, { ...real, compressed }, calendar)).toBeNull();
  expect(promisedOtherwise(shown, real, real, calendar)).toMatchObject({
    keeps: { dueAt: at + 20_000, daySeconds: 4 },
    would: { daySeconds: null },
  });
  const other = { ...shown, categoryCode: 'leak', daySeconds: null };
  expect(promisedOtherwise(other, real, { ...real, compressed }, calendar)).toBeNull();
});

test('of batches the soonest are kept, in order, and no more than asked', () => {
  const by = (n: number): number => n;
  expect(soonest(soonest([], [5, 1, 9], by, 3), [2, 7], by, 3)).toEqual([1, 2, 5]);
  expect(soonest([4], [], by, 3)).toEqual([4]);
});
