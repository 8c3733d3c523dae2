import { expect, test } from 'vitest';
import {
  ACT_STEPS,
  flowOf,
  flowPage,
  ONE_MOUTH,
  STATE_STEPS,
  STEP_NAMES,
  STEPS,
} from '../../../src/domain/tickets/seven-steps.ts';
import { TIME_LINE_NOTES } from '../../../src/domain/tickets/time-line.ts';
import { TICKET_MOVES, TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';

test('RD-13: the seven steps bear exactly these names, in this order', () => {
  expect(STEPS.map((step) => STEP_NAMES[step]).join('、')).toBe(
    '统一接收、按责转办、限时办结、报告通报、统一督办、评价反馈、监督问责',
  );
  expect(ONE_MOUTH).toEqual({ name: '一口督办', step: 'supervise' });
});

test('each state and each act of a ticket has its step and nothing else has one; each step has its acts', () => {
  expect(Object.keys(STATE_STEPS).sort()).toEqual([...TICKET_STATES].sort());
  expect(Object.keys(ACT_STEPS).sort()).toEqual([...TICKET_MOVES, ...TIME_LINE_NOTES].sort());
  expect(new Set(Object.values(ACT_STEPS))).toEqual(new Set(STEPS));
  const named = Object.entries(STEP_NAMES).map(([step]) => step);
  expect(named).toEqual([...STEPS]);
});

test('a ticket that was handled without more has come to its feedback, and no supervision stands among what was done', () => {
  const usual = ['register', 'dispatch', 'signFor', 'contact', 'handle', 'reportDone', 'visit'];
  expect(flowOf('registered', ['register'])).toEqual({ current: 'receive', reached: ['receive'] });
  expect(flowOf('returnVisit', usual)).toEqual({
    current: 'feedback',
    reached: ['receive', 'transfer', 'complete', 'report', 'feedback'],
  });
  // Done again and supervised: back in the third step, with what was done on the way.
  expect(flowOf('handling', [...usual, 'rework', 'supervisionIssued'])).toEqual({
    current: 'complete',
    reached: ['receive', 'transfer', 'complete', 'report', 'supervise', 'feedback'],
  });
  expect(flowOf('archived', [...usual, 'close', 'archive']).reached.at(-1)).toBe('account');
  // A line of a time to come says nothing here, and is no step.
  expect(flowOf('registered', ['register', 'unheardOf']).reached).toEqual(['receive']);
});

test('the page of the docs shows each step with its states and its acts', () => {
  const rows = flowPage()
    .split('\n')
    .filter((line) => /^\| \d /.test(line));
  expect(rows.map((row) => row.split(' | ')[0])).toEqual(
    STEPS.map((step, nth) => `| ${nth + 1} ${STEP_NAMES[step]}`),
  );
  for (const [act, step] of Object.entries(ACT_STEPS)) {
    expect(rows[STEPS.indexOf(step)]).toContain(`\`${act}\``);
  }
});
