import { expect, test } from 'vitest';
import { employerOn, judgeEmployment } from '../../../src/domain/employers/employer.ts';
import {
  CARD_COUNTS,
  cardReconciles,
  figuresOf,
  NO_CARD,
  sumOfCards,
  sumOfNotReady,
} from '../../../src/domain/reporting/employer-card.ts';

const HISTORY = [
  { employer: 'zenith', fromDay: '2026-11-10' },
  { employer: 'acme', fromDay: '2026-01-01' },
];

test('an agent is his employer’s from its day on and until the next one’s, in whatever order they stand', () => {
  expect(employerOn('2025-12-31', HISTORY)).toBeNull();
  expect(employerOn('2026-11-09', HISTORY)).toBe('acme');
  expect(employerOn('2026-11-10', HISTORY)).toBe('zenith');
  expect(employerOn('2027-01-01', [...HISTORY].reverse())).toBe('zenith');
});

test('what is past is not rewritten, nor a day on which he has worked; a day to come may be entered again', () => {
  const known = { today: '2026-11-20', workedToday: true, history: HISTORY, employerEnded: false };
  const judge = (employer: string, fromDay: string, more: Partial<typeof known> = {}) =>
    judgeEmployment({ employer, fromDay }, { ...known, ...more });
  expect(judge('acme', '2026-11-19')).toBe('employment.past');
  expect(judge('acme', '2026-11-20')).toBe('employment.workedToday');
  expect(judge('acme', '2026-11-20', { workedToday: false })).toBe('granted');
  expect(judge('acme', '2026-11-21')).toBe('granted');
  expect(judge('zenith', '2026-11-21')).toBe('unchanged');
  expect(judge('acme', '2026-11-21', { employerEnded: true })).toBe('employer.ended');
  // Entered for tomorrow and taken back: that day is a new entry with the same employer as before.
  const planned = [...HISTORY, { employer: 'acme', fromDay: '2026-11-21' }];
  expect(judge('zenith', '2026-11-21', { history: planned })).toBe('granted');
  expect(judge('acme', '2026-11-21', { history: planned })).toBe('unchanged');
});

test('figures: percent with two places, seconds with one, half up; nothing to divide by is no figure', () => {
  const card = {
    ...NO_CARD,
    offered: 9,
    answered: 6,
    missed: 1,
    notDelivered: 1,
    withdrawn: 1,
    in15s: 5,
    talks: 8,
    talkMs: 100_000,
    onSpot: 2,
    tickets: 1,
    transferred: 1,
  };
  expect(cardReconciles(card)).toBe(true);
  expect(cardReconciles({ ...card, offered: 10 })).toBe(false);
  expect(figuresOf(card)).toEqual({
    acceptRate: 85.71,
    connectedIn15Rate: 83.33,
    averageTalk: 12.5,
    averageWrapUp: null,
    onSpotRate: 66.67,
    satisfactionRate: null,
    transferRate: 12.5,
  });
});

test('an employer is the sum of its agents, also not ready by reason', () => {
  const one = Object.fromEntries(CARD_COUNTS.map((name, n) => [name, n])) as unknown as typeof NO_CARD;
  expect(sumOfCards([one, one])).toEqual(Object.fromEntries(CARD_COUNTS.map((name, n) => [name, 2 * n])));
  expect(
    sumOfNotReady([
      [{ reason: 'meal', times: 1, ms: 10 }],
      [
        { reason: 'meal', times: 2, ms: 5 },
        { reason: 'break', times: 1, ms: 1 },
      ],
    ]),
  ).toEqual([
    { reason: 'break', times: 1, ms: 1 },
    { reason: 'meal', times: 3, ms: 15 },
  ]);
});
