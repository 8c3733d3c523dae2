import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../src/domain/hotlines/register/period.ts';
import {
  extensionOf,
  type TransitionTask,
  transitionTasks,
} from '../../../src/domain/hotlines/register/transition.ts';
import {
  type KnownTask,
  taskChanges,
  taskWords,
  WORK_MOVES,
  WORK_STATES,
  type WorkState,
} from '../../../src/domain/hotlines/register/work-items.ts';
import type { RuleLine } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { line } from './rule-sets.ts';

const transition = (over: Partial<RuleLine> = {}): RuleLine =>
  line('12328', 'TRANSITION', { validFrom: '2020-04-28', validTo: '2020-07-28', ...over });

/** The list of work as the worker would leave it. */
class List {
  readonly states = new Map<string, WorkState>();
  readonly log: string[] = [];
  keep(lines: readonly RuleLine[], today: string): void {
    const changes = taskChanges(transitionTasks(lines), this.known(), today);
    for (const { key } of changes.open) {
      expect(this.states.has(key)).toBe(false);
      this.states.set(key, 'open');
    }
    for (const { key } of changes.reopen) this.#move(key, 'reopen');
    for (const { key, reason } of changes.withdraw) {
      this.#move(key, 'withdraw');
      this.log.push(reason);
    }
  }
  known(): KnownTask[] {
    return [...this.states].map(([key, state]) => ({ key, state }));
  }
  in(state: WorkState): string[] {
    return this.known().flatMap((one) => (one.state === state ? [one.key.split(':')[1] ?? ''] : []));
  }
  #move(key: string, move: keyof typeof WORK_MOVES): void {
    expect(this.states.get(key)).toBe(WORK_MOVES[move].from);
    this.states.set(key, WORK_MOVES[move].to);
  }
}

test('each task is written when its day comes, the warnings go when the end is there', () => {
  const list = new List();
  const written: [string, string[]][] = [];
  for (let day = '2020-06-20'; day <= '2020-08-05'; day = addDays(day, 1)) {
    const before = list.known().length;
    list.keep([transition()], day);
    if (list.known().length > before) written.push([day, list.in('open')]);
  }
  expect(written).toEqual([
    ['2020-06-28', ['T-30']],
    ['2020-07-14', ['T-30', 'T-14']],
    ['2020-07-21', ['T-30', 'T-14', 'T-7']],
    ['2020-07-27', ['T-30', 'T-14', 'T-7', 'T-1']],
    ['2020-07-29', ['off']],
  ]);
  expect(list.log).toEqual(['over', 'over', 'over', 'over']);
});

test('after a downtime what was missed is written late; once the transition is over only its end', () => {
  const late = new List();
  late.keep([transition()], '2020-07-23');
  expect(late.in('open')).toEqual(['T-30', 'T-14', 'T-7']);
  const later = new List();
  later.keep([transition()], '2026-11-25');
  expect(later.in('open')).toEqual(['off']);
});

test('an extension withdraws the tasks of the old end; its own come in their time', () => {
  const list = new List();
  list.keep([transition()], '2020-07-21');
  const extended = [transition(), extensionOf(transition(), 1, '批复')];
  list.keep(extended, '2020-07-22');
  expect(list.in('open')).toEqual([]);
  expect(list.log).toEqual(['followed', 'followed', 'followed']);
  list.keep(extended, '2020-08-14');
  expect(list.in('open')).toEqual(['T-30', 'T-14']);
});

test('a changed end, and a rollback that brings the old one back', () => {
  const list = new List();
  list.keep([transition()], '2020-07-21');
  list.keep([transition({ validTo: '2020-08-28' })], '2020-07-21');
  expect(list.log).toEqual(['gone', 'gone', 'gone']);
  expect(list.in('open')).toEqual([]);
  list.keep([transition()], '2020-07-21');
  expect(list.in('open')).toEqual(['T-30', 'T-14', 'T-7']);
});

test('what a person closed stays closed', () => {
  const list = new List();
  list.keep([transition()], '2020-07-14');
  for (const key of list.states.keys()) list.states.set(key, key.endsWith('30') ? 'done' : 'dismissed');
  list.keep([], '2020-07-15');
  list.keep([transition()], '2020-07-16');
  expect(list.in('open')).toEqual([]);
  expect(list.in('withdrawn')).toEqual([]);
});

const days = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2020-01-01', n));
const periods = fc.array(
  fc.record({
    number: fc.constantFrom('12328', '12336'),
    validFrom: days,
    length: fc.integer({ min: 0, max: 120 }),
    mode: fc.constantFrom<RuleLine['mode']>('TRANSITION', 'FORWARD'),
  }),
  { maxLength: 5 },
);

test('applied once, nothing more is called for; open is exactly what the rules and the day call for', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(periods, fc.integer({ min: 0, max: 40 })), { maxLength: 8 }), (steps) => {
      const list = new List();
      let today = '2020-01-01';
      for (const [rules, later] of steps) {
        today = addDays(today, later);
        const seen = new Map<string, RuleLine>();
        for (const { length, number, mode, validFrom } of rules) {
          const validTo = mode === 'TRANSITION' ? addDays(validFrom, length) : null;
          seen.set(`${number}@${validTo}`, line(number, mode, { validFrom, validTo }));
        }
        const lines = [...seen.values()];
        list.keep(lines, today);
        const again = taskChanges(transitionTasks(lines), list.known(), today);
        expect([again.open, again.reopen, again.withdraw]).toEqual([[], [], []]);
        const called = (task: TransitionTask) =>
          task.day <= today && task.followUp === null && (task.kind === 'switchOff' || today <= task.lastDay);
        const open = list.known().flatMap(({ key, state }) => (state === 'open' ? [key] : []));
        expect(open.sort()).toEqual(
          transitionTasks(lines)
            .filter(called)
            .map(({ key }) => key)
            .sort(),
        );
      }
    }),
  );
});

test('every state is reached, and what to do is said in two languages', () => {
  expect(new Set(['open', ...Object.values(WORK_MOVES).map(({ to }) => to)])).toEqual(new Set(WORK_STATES));
  for (const daysBefore of [30, 0]) {
    const { zh, en } = taskWords({ number: '12328', daysBefore, lastDay: '2020-07-28' });
    expect(zh).toContain('12328');
    expect(en).toContain('2020-07-28');
  }
});
