import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import {
  STAGE_LIMITS,
  STAGES,
  type Stage,
  type StageLimit,
  stageDue,
  type Urgency,
} from '../../../src/domain/deadlines/stages.ts';
import { stageMarks, stageRuns } from '../../../src/domain/tickets/stage-marks.ts';
import { TICKET_STATES, TRANSITIONS } from '../../../src/domain/tickets/transitions.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const at = (local: string): number => Date.parse(`${local}+08:00`);
const limitOf = (stage: Stage, urgency: Urgency): StageLimit => {
  const limit = STAGE_LIMITS[stage][urgency];
  if (limit === null) throw new Error(`${stage} has no limit of its own`);
  return limit;
};
const local = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);
const due = (stage: Stage, from: string, urgency: Urgency = 'normal') =>
  local(stageDue(stage, at(from), limitOf(stage, urgency), calendar).dueAt);

test('two working hours run over the noon break, the night and a day off; what is urgent runs on', () => {
  expect(due('sign', '2026-09-18T11:00:00')).toBe('2026-09-18T15:00');
  expect(due('sign', '2026-09-18T17:00:00')).toBe('2026-09-20T10:00');
  expect(due('sign', '2026-09-18T17:00:00', 'urgent')).toBe('2026-09-18T17:15');
  expect(due('contact', '2026-09-18T17:00:00')).toBe('2026-09-20T18:00');
  expect(due('contact', '2026-10-01T03:00:00', 'urgent')).toBe('2026-10-01T05:00');
  expect(due('dispatch', '2026-10-01T03:00:00')).toBe('2026-10-01T03:30');
  expect(due('visit', '2026-09-30T16:00:00')).toBe('2026-10-08T18:00');
});

test('nought working days end with the working time of the day itself, or of the next working day when that is over', () => {
  const sameDay: StageLimit = { unit: 'workingDays', amount: 0 };
  const contact = (from: string) => local(stageDue('contact', at(from), sameDay, calendar).dueAt);
  expect(contact('2026-09-18T08:00:00')).toBe('2026-09-18T18:00');
  expect(contact('2026-09-18T17:59:59')).toBe('2026-09-18T18:00');
  // Friday evening: the make-up Sunday is the next day that is worked.
  expect(contact('2026-09-18T18:00:00')).toBe('2026-09-20T18:00');
  expect(contact('2026-09-19T10:00:00')).toBe('2026-09-20T18:00');
});

test('a later beginning is never due sooner, and what is urgent never later', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2026-12-20T00:00:00') }),
      fc.integer({ min: 0, max: 10 * 86_400_000 }),
      fc.constantFrom(...STAGES.filter((stage) => STAGE_LIMITS[stage].normal !== null)),
      (from, more, stage) => {
        const of = (start: number, urgency: Urgency) =>
          stageDue(stage, start, limitOf(stage, urgency), calendar).dueAt;
        expect(of(from + more, 'normal')).toBeGreaterThanOrEqual(of(from, 'normal'));
        expect(of(from, 'urgent')).toBeLessThanOrEqual(of(from, 'normal'));
        expect(of(from, 'urgent')).toBeGreaterThan(from);
      },
    ),
  );
});

test('a stage begins only where it runs, and each of its states is left by a move that ends it', () => {
  const hour: StageLimit = { unit: 'minutes', amount: 60 };
  const limits = { ...STAGE_LIMITS, handle: { normal: hour, urgent: hour } };
  for (const { move, to } of TRANSITIONS) {
    for (const { kind, clock } of stageMarks([move], to, 0, 'normal', limits, {
      centre: calendar,
      unit: calendar,
    })) {
      expect(clock).toBe('stage');
      expect(STAGES.some((stage) => stage === kind && stageRuns(stage, to))).toBe(true);
    }
  }
  for (const stage of STAGES) {
    const runs = TICKET_STATES.filter((state) => stageRuns(stage, state));
    const ends = TRANSITIONS.filter(
      ({ from, to }) => from !== null && runs.includes(from) && !runs.includes(to),
    );
    expect(ends.length).toBeGreaterThan(0);
  }
});
