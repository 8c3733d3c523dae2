import { expect, test } from 'vitest';
import { verdictOf } from '../../../src/domain/callbacks/visit-answers.ts';
import { triedSoFar, type VisitOutcome } from '../../../src/domain/callbacks/visit-attempts.ts';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { GRADE_ORDER } from '../../../src/domain/rating/grades.ts';
import {
  circularFrom,
  decideOrderMove,
  ORDER_MOVES,
  ORDER_STATES,
  type OrderMove,
  type OrderState,
  triggerOf,
} from '../../../src/domain/tickets/supervision.ts';
import { type Actor, ROLES, type Role, SYSTEM } from '../../../src/domain/tickets/ticket.ts';

const actor = (role: Role, unitCode: string | null): Actor =>
  role === 'system' ? SYSTEM : { accountId: role, roles: [role], unitCode };
const decide = (move: OrderMove, from: OrderState | null, who: Actor, reason = '限期办结') =>
  decideOrderMove({ move, from, unitCode: 'water', actor: who, reason });

test('every edge of an order is walked by each role that may, and by nobody else', () => {
  for (const { move, from, to, by, side } of ORDER_MOVES) {
    for (const role of ROLES) {
      const may = (by as readonly Role[]).includes(role);
      const decided = decide(move, from, actor(role, side === 'unit' ? 'water' : null));
      expect(decided).toEqual(may ? { to } : { refusal: 'supervision.moveForbidden' });
    }
    expect(decide(move, from, actor(by[0], side === 'unit' ? 'power' : 'water'))).toEqual({
      refusal: side === 'unit' ? 'supervision.otherUnit' : 'supervision.ownUnit',
    });
    expect(decide(move, from, actor(by[0], side === 'unit' ? 'water' : null), ' ')).toEqual({
      refusal: 'supervision.reasonMissing',
    });
  }
});

test('a move from a state that the table does not name is impossible; all states are reached, two are final', () => {
  for (const move of ['issue', 'answer', 'refuse', 'close', 'cancel'] as const) {
    for (const from of [null, ...ORDER_STATES]) {
      if (ORDER_MOVES.some((one) => one.move === move && one.from === from)) continue;
      expect(decide(move, from, actor('lead', null))).toEqual({ refusal: 'supervision.moveImpossible' });
    }
  }
  expect(new Set(ORDER_MOVES.map(({ to }) => to)).size).toBe(ORDER_STATES.length);
  expect(ORDER_STATES.filter((state) => !ORDER_MOVES.some(({ from }) => from === state))).toEqual([
    'closed',
    'cancelled',
  ]);
});

test('a rule supervises the second dissatisfaction and the third return', () => {
  expect([1, 2, 3].map((times) => triggerOf({ what: 'rework', times }))).toEqual([
    null,
    'secondDissatisfaction',
    'secondDissatisfaction',
  ]);
  expect([1, 2, 3].map((times) => triggerOf({ what: 'returned', times }))).toEqual([
    null,
    null,
    'thirdReturn',
  ]);
});

test('a unit that lets a ticket run over for five working days more is told of in a circular, and not a moment before', () => {
  const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
  const at = (local: string) => Date.parse(`${local}+08:00`);
  // Over on a Thursday: Friday, the make-up Sunday, Monday, Tuesday, Wednesday (F-14).
  expect(circularFrom(at('2026-09-17T18:00:00'), 5, calendar)).toBe(at('2026-09-23T18:00:00'));
  expect(circularFrom(at('2026-09-17T18:00:00'), null, calendar)).toBeNull();
});

test('only who calls it solved and is content with the result lets it close; discontent with the way is counted apart', () => {
  for (const result of GRADE_ORDER) {
    for (const process of GRADE_ORDER) {
      expect(verdictOf({ resolved: false, result, process, words: '' })).toBe('rework');
      expect(verdictOf({ resolved: true, result, process, words: '' })).toBe(
        result >= 3 ? 'close' : 'rework',
      );
    }
  }
});

test('a citizen counts as not reached after three tries on two days in two parts of the day, no sooner', () => {
  const tried = (...attempts: [at: string, outcome: VisitOutcome][]) =>
    triedSoFar(
      attempts.map(([at, outcome]) => ({ at: Date.parse(`${at}+08:00`), outcome })),
      'Asia/Shanghai',
    );
  expect(
    tried(['2026-09-21T09:00', 'noAnswer'], ['2026-09-21T15:00', 'busy'], ['2026-09-21T19:00', 'noAnswer']),
  ).toEqual({
    tries: 3,
    days: 1,
    dayParts: 3,
    enough: false,
  });
  expect(
    tried(['2026-09-21T09:00', 'noAnswer'], ['2026-09-22T09:00', 'busy'], ['2026-09-23T11:59', 'noAnswer'])
      .enough,
  ).toBe(false);
  expect(
    tried(['2026-09-21T09:00', 'noAnswer'], ['2026-09-22T12:00', 'switchedOff'], ['2026-09-22T17:00', 'busy'])
      .enough,
  ).toBe(true);
  expect(tried(['2026-09-21T09:00', 'answered'], ['2026-09-22T15:00', 'refused']).tries).toBe(0);
});
