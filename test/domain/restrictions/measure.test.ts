import { describe, expect, test } from 'vitest';
import {
  APPEAL_STATE_NAMES,
  type Appeal,
  decideAppeal,
  lodgeAppeal,
} from '../../../src/domain/restrictions/appeal.ts';
import {
  RESTRICTION_STATE_NAMES,
  RESTRICTION_STATES,
  RESTRICTION_TRANSITIONS,
  restrictionDiagram,
  restrictionEdge,
} from '../../../src/domain/restrictions/life.ts';
import {
  approveMeasure,
  endMeasure,
  type Measure,
  type MeasureRequest,
  moveMeasure,
  type RequestContext,
  requestMeasure,
  USUAL_DAYS_AT_MOST,
} from '../../../src/domain/restrictions/measure.ts';
import { HOUR_MS } from '../../../src/domain/restrictions/restriction.ts';

const T0 = Date.parse('2026-11-25T01:00:00Z');
const DAY_MS = 24 * HOUR_MS;
const NUMBER = '13800138000';

const measure = (change: Partial<Measure> = {}): Measure => ({
  id: 'm1',
  number: NUMBER,
  step: 'limit',
  callsPerHour: 2,
  hours: 24,
  fromMs: T0,
  untilMs: T0 + DAY_MS,
  note: '反复来电',
  reason: '反复来电',
  state: 'active',
  requestedBy: 'asker',
  requestedMs: T0,
  approvedBy: 'approver',
  ...change,
});
const context = (change: Partial<RequestContext> = {}): RequestContext => ({
  actor: { id: 'asker', roles: ['lead'] },
  nowMs: T0,
  reason: '一日来电四十次',
  daysAtMost: USUAL_DAYS_AT_MOST,
  neverNumbers: ['110', '12345'],
  history: [],
  ...change,
});
const ask = (change: Partial<MeasureRequest> = {}): MeasureRequest => ({
  id: 'm2',
  number: NUMBER,
  step: 'note',
  callsPerHour: null,
  hours: 24,
  ...change,
});
const code = (decision: { readonly kind: string; readonly refusal?: { readonly code: string } }): string =>
  decision.refusal?.code ?? decision.kind;

describe('the life of a restriction', () => {
  test.each(RESTRICTION_TRANSITIONS)('$move leads from $from to $to', ({ move, from, to, by }) => {
    const other = { ...context(), actor: { id: 'other', roles: [by[0]] } };
    expect(moveMeasure(measure(), from, move, {}, other)).toMatchObject({
      kind: 'moved',
      measure: { state: to },
      event: { move, from, to },
    });
  });

  test('every other pair is refused, and every state can be reached', () => {
    const moves = [...new Set(RESTRICTION_TRANSITIONS.map(({ move }) => move))];
    for (const move of moves) {
      for (const from of [null, ...RESTRICTION_STATES]) {
        if (restrictionEdge(move, from) !== null) continue;
        expect(code(moveMeasure(measure(), from, move, {}, context()))).toBe('restriction.moveImpossible');
      }
    }
    expect(new Set(RESTRICTION_TRANSITIONS.map(({ to }) => to))).toEqual(new Set(RESTRICTION_STATES));
    expect(restrictionDiagram().split('\n')).toContain('  requested --> active: approve');
  });

  test('a limit and a block wait for another person; their time begins with the approval', () => {
    const asked = requestMeasure(
      ask({ step: 'limit', callsPerHour: 2 }),
      context({ history: [measure({ step: 'note' })] }),
    );
    if (asked.kind !== 'moved') throw new Error(code(asked));
    expect(asked.measure).toMatchObject({ state: 'requested', approvedBy: null });
    const later = T0 + 5 * HOUR_MS;
    const own = approveMeasure(asked.measure, context({ nowMs: later }));
    expect(code(own)).toBe('restriction.ownRequest');
    const other = { ...context({ nowMs: later }), actor: { id: 'other', roles: ['operator'] as const } };
    expect(approveMeasure(asked.measure, other)).toMatchObject({
      measure: { state: 'active', fromMs: later, untilMs: later + DAY_MS, approvedBy: 'other' },
    });
  });

  test('a note acts at once, and an agent may make one', () => {
    const noted = requestMeasure(ask(), context({ actor: { id: 'a', roles: ['agent'] } }));
    expect(noted).toMatchObject({ measure: { state: 'active', note: '一日来电四十次' } });
  });

  const note = measure({ step: 'note', callsPerHour: null });
  test.each([
    ['a withheld number', ask({ number: null }), {}, 'restriction.numberUnknown'],
    ['an emergency number', ask({ number: '110' }), {}, 'restriction.numberProtected'],
    ['a number of our own', ask({ number: '12345' }), {}, 'restriction.numberProtected'],
    ['longer than allowed', ask({ step: 'block', hours: 30 * 24 + 1 }), {}, 'restriction.tooLong'],
    ['no time at all', ask({ hours: 0 }), {}, 'restriction.tooLong'],
    [
      'a limit without a number of calls',
      ask({ step: 'limit' }),
      { history: [note] },
      'restriction.limitInvalid',
    ],
    ['a note with one', ask({ callsPerHour: 3 }), {}, 'restriction.limitInvalid'],
    ['a limit without a note before', ask({ step: 'limit', callsPerHour: 3 }), {}, 'restriction.stepSkipped'],
    [
      'a block without a limit before',
      ask({ step: 'block' }),
      { history: [note] },
      'restriction.stepSkipped',
    ],
    [
      'a block after a limit that was lifted',
      ask({ step: 'block' }),
      { history: [measure({ state: 'lifted' })] },
      'restriction.stepSkipped',
    ],
    [
      'a block long after the limit',
      ask({ step: 'block' }),
      { history: [measure({ state: 'ended' })], nowMs: T0 + 200 * DAY_MS },
      'restriction.stepSkipped',
    ],
    ['a block after a limit', ask({ step: 'block' }), { history: [measure({ state: 'ended' })] }, 'moved'],
    ['a second note', ask(), { history: [note] }, 'restriction.exists'],
    [
      'a second note after the first',
      ask(),
      { history: [measure({ step: 'note', state: 'ended' })] },
      'moved',
    ],
    ['no reason', ask(), { reason: ' ' }, 'restriction.reasonMissing'],
    [
      'an agent’s block',
      ask({ step: 'block' }),
      { history: [measure()], actor: { id: 'a', roles: ['agent'] } },
      'restriction.moveForbidden',
    ],
  ] as const)('%s', (_what, request, change, expected) => {
    expect(code(requestMeasure(request, context(change as Partial<RequestContext>)))).toBe(expected);
  });

  test('every state has a name', () => {
    expect(new Set(Object.values(RESTRICTION_STATE_NAMES)).size).toBe(RESTRICTION_STATES.length);
    expect(Object.values(APPEAL_STATE_NAMES)).toEqual(['待处理', '成立', '不成立']);
  });

  test('it ends by itself, not before its end', () => {
    expect(code(endMeasure(measure(), T0 + DAY_MS - 1))).toBe('restriction.moveImpossible');
    expect(endMeasure(measure(), T0 + DAY_MS)).toMatchObject({ measure: { state: 'ended' } });
  });
});

describe('an appeal', () => {
  const given = { id: 'p1', text: '我家老人误拨', recordedBy: 'agent', nowMs: T0 };
  const open: Appeal = {
    id: 'p1',
    measureId: 'm1',
    state: 'open',
    text: '我家老人误拨',
    recordedBy: 'agent',
    recordedMs: T0,
    decidedBy: null,
    decidedMs: null,
    answer: null,
  };
  test.each([
    ['against a limit', measure(), [], given, 'moved'],
    ['against a note', measure({ step: 'note' }), [], given, 'appeal.notRestricted'],
    ['against what is over', measure({ state: 'ended' }), [], given, 'appeal.notRestricted'],
    ['without words', measure(), [], { ...given, text: ' ' }, 'appeal.textMissing'],
    ['while one is open', measure(), [open], given, 'appeal.exists'],
    ['after one that was dismissed', measure(), [{ ...open, state: 'dismissed' as const }], given, 'moved'],
  ])('%s: %#', (_what, against, earlier, words, expected) => {
    expect(code(lodgeAppeal(against, earlier, words))).toBe(expected);
  });

  const decider = { actor: { id: 'judge', roles: ['lead'] as const }, nowMs: T0 + 1, answer: '情况属实' };
  test.each([
    ['somebody else', open, decider, 'moved'],
    [
      'who asked for the limit',
      open,
      { ...decider, actor: { id: 'asker', roles: ['lead'] } },
      'appeal.ownHand',
    ],
    ['who approved it', open, { ...decider, actor: { id: 'approver', roles: ['lead'] } }, 'appeal.ownHand'],
    ['who took it down', open, { ...decider, actor: { id: 'agent', roles: ['lead'] } }, 'appeal.ownHand'],
    ['an agent', open, { ...decider, actor: { id: 'judge', roles: ['agent'] } }, 'appeal.forbidden'],
    ['without an answer', open, { ...decider, answer: '' }, 'appeal.textMissing'],
    ['a second time', { ...open, state: 'granted' as const }, decider, 'appeal.decided'],
  ] as const)('is decided by %s: %#', (_who, appeal, by, expected) => {
    expect(code(decideAppeal(appeal, measure(), 'grant', by))).toBe(expected);
  });
});
