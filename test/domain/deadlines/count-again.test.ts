import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { marksOf } from '../../../src/domain/deadlines/clocks.ts';
import { ticketLimit } from '../../../src/domain/deadlines/limit-set.ts';
import { countAgain } from '../../../src/domain/tickets/count-again.ts';
import { presetLimits } from './usual-limits.ts';

const LIMITS = presetLimits('beijing-2h-24h-7d-15d');
const CALENDAR = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const CALENDARS = { centre: CALENDAR, unit: CALENDAR };
const accepted = Date.parse('2026-09-12T19:00:00+08:00');
const handedOver = accepted + 86_400_000;
const appeal = { type: 'HELP', urgency: 'normal', categoryCode: 'noise', extendedBy: 0 } as const;

test('who was promised seven days keeps them when his ticket becomes urgent; its unit has the two hours', () => {
  const marks = [
    ...marksOf('citizen', accepted, ticketLimit(LIMITS, appeal), CALENDAR),
    ...marksOf('unit', handedOver, ticketLimit(LIMITS, { ...appeal, urgency: 'urgent' }), CALENDAR),
  ];
  const urgent = { ...appeal, urgency: 'urgent', marks } as const;
  expect(countAgain({ ...urgent, madeUrgentAt: handedOver + 5 }, LIMITS, CALENDARS)).toEqual([]);
  // Urgent from the beginning, or begun anew since: two hours for both.
  for (const madeUrgentAt of [null, accepted - 1]) {
    const changed = countAgain({ ...urgent, madeUrgentAt }, LIMITS, CALENDARS);
    expect(new Set(changed.map(({ clock }) => clock))).toEqual(new Set(['citizen']));
    const overdue = changed.find(({ kind }) => kind === 'overdue');
    expect(overdue?.dueAt).toBe(accepted + 7_200_000);
  }
});
