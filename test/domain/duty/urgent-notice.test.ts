import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIAL_OUTCOME_NAMES } from '../../../src/domain/callbacks/dial-outcome.ts';
import { type Attempt, USUAL_CALLING } from '../../../src/domain/duty/ladder.ts';
import {
  URGENT_NOTICE_TABLE,
  type UrgentHow,
  type UrgentNotice,
  type UrgentNoticeState,
  urgentStep,
  urgentWords,
} from '../../../src/domain/duty/urgent-notice.ts';

const attempt = (rung: number, end: Attempt['end'], atMs = 0): Attempt => ({
  ...{ rung, atMs, end, endedMs: end === 'open' ? null : atMs + 10_000 },
});
const notice = (attempts: readonly Attempt[] = [], more: Partial<UrgentNotice> = {}): UrgentNotice => ({
  ...{ state: 'calling', stands: true, rungs: 2, attempts, rule: USUAL_CALLING, ahead: null },
  ...more,
});

test('one after the other, a telephone at a time, until a key is pressed', () => {
  expect(urgentStep(notice(), 0)).toEqual({ kind: 'call', rung: 0 });
  expect(urgentStep(notice([attempt(0, 'open')]), 999_000)).toEqual({ kind: 'wait' });
  expect(urgentStep(notice([attempt(0, 'unreached')]), 10_000)).toEqual({ kind: 'call', rung: 1 });
  const both = [attempt(0, 'unreached'), attempt(1, 'unreached', 10_000)];
  expect(urgentStep(notice(both), 29_999)).toEqual({ kind: 'wait' });
  expect(urgentStep(notice(both), 30_000)).toEqual({ kind: 'call', rung: 0 });
  expect(urgentStep(notice([...both, attempt(0, 'confirmed', 30_000)]), 40_000)).toEqual({
    kind: 'become',
    state: 'received',
  });
  const all = [...both, attempt(0, 'unreached', 30_000), attempt(1, 'unreached', 60_000)];
  expect(urgentStep(notice(all), 999_000)).toEqual({ kind: 'become', state: 'unanswered' });
});

test('of one incident one ticket is rung for: what comes of it is what comes of the others, which the unit’s act ends all the same', () => {
  const after = (state: 'calling' | 'received' | 'unanswered', more: Partial<UrgentNotice> = {}) =>
    urgentStep(notice([], { ahead: { state }, ...more }), 0);
  expect(after('calling')).toEqual({ kind: 'wait' });
  expect(after('received')).toEqual({ kind: 'become', state: 'received' });
  expect(after('unanswered')).toEqual({ kind: 'become', state: 'unanswered' });
  expect(after('calling', { stands: false })).toEqual({ kind: 'become', state: 'overtaken' });
  expect(after('received', { state: 'unanswered' })).toEqual({ kind: 'become', state: 'received' });
  expect(after('received', { state: 'unanswered', attempts: [attempt(0, 'unreached')] })).toEqual({
    kind: 'wait',
  });
  expect(after('received', { state: 'noDuty' })).toEqual({ kind: 'wait' });
  // It is being rung for itself already: that goes on.
  expect(after('received', { attempts: [attempt(0, 'open')] })).toEqual({ kind: 'wait' });
});

test('never all at once, whatever the list says: one person is enough', () => {
  const atOnce = notice([], { rule: { ...USUAL_CALLING, mode: 'atOnce' } });
  expect(urgentStep(atOnce, 0)).toEqual({ kind: 'call', rung: 0 });
  expect(urgentStep({ ...atOnce, attempts: [attempt(0, 'open')] }, 0)).toEqual({ kind: 'wait' });
});

test.each(['calling', 'unanswered', 'noDuty'] as const)('%s: what the unit does ends it', (state) => {
  expect(urgentStep(notice([], { state, stands: false }), 0)).toEqual({ kind: 'become', state: 'overtaken' });
});

test('a key that is told late, or when the unit has acted, counts; what is over stays over', () => {
  const pressed = [attempt(0, 'confirmed')];
  for (const state of ['calling', 'unanswered'] as const) {
    for (const stands of [true, false]) {
      expect(urgentStep(notice(pressed, { state, stands }), 0)).toEqual({
        kind: 'become',
        state: 'received',
      });
    }
  }
  for (const state of ['received', 'overtaken', 'noDuty'] as const) {
    expect(urgentStep(notice(pressed, { state }), 0)).toEqual({ kind: 'wait' });
  }
});

test('whoever does not answer: it comes to its end, nobody is called oftener than the list says, and by the table alone', () => {
  const times = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 5 }),
      times,
      (rungs, rounds, gaps) => {
        const rule = { ...USUAL_CALLING, rounds };
        const attempts: Attempt[] = [];
        let state: UrgentNoticeState = 'calling';
        let nowMs = 0;
        for (let n = 0; n < 200 && state === 'calling'; n += 1) {
          nowMs += gaps[n % gaps.length] ?? 0;
          const step = urgentStep(notice(attempts, { rungs, rule }), nowMs);
          if (step.kind === 'call')
            attempts.push({ ...attempt(step.rung, 'unreached', nowMs), endedMs: nowMs });
          if (step.kind === 'wait') nowMs += rule.retryAfterMs;
          if (step.kind === 'become') {
            expect(Object.values(URGENT_NOTICE_TABLE[state]).flat()).toContain(step.state);
            state = step.state;
          }
        }
        expect(state).toBe('unanswered');
        for (let rung = 0; rung < rungs; rung += 1) {
          expect(attempts.filter((one) => one.rung === rung)).toHaveLength(rounds);
        }
      },
    ),
  );
});

test('every way a call can end has words', () => {
  const hows: readonly UrgentHow[] = ['received', 'machine', 'brokenOff', 'lost', 'untold', 'notMade'];
  expect(hows.map((how) => urgentWords(how, null))).toMatchObject([
    '已按1确认收到',
    '接通后无按键（可能为语音信箱）',
    '接通后未按1确认',
    '结果不明，按未确认处理',
    '结果不明，按未确认处理',
    '未能拨出',
  ]);
  expect(
    DIAL_OUTCOME_NAMES.map((dial) => urgentWords('notReached', dial)).filter((one) => one === ''),
  ).toEqual([]);
  expect(urgentWords('notReached', 'busy')).toBe('占线');
});
