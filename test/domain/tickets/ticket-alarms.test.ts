import { expect, test } from 'vitest';
import {
  type AlarmedTicket,
  adjudicationLateKey,
  isAlarmOver,
  planLateKey,
  recheckLateKey,
} from '../../../src/domain/tickets/ticket-alarms.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';

const ticket = (over: Partial<AlarmedTicket> = {}): AlarmedTicket => ({
  id: 't',
  state: 'returned',
  adjudication: { deadlineId: 'd', dueAt: 1000 },
  recheck: null,
  reviewOn: null,
  ...over,
});

test('the alarm of a return goes with its decision, whichever way, and not with that of another return', () => {
  const alarm = { kind: 'ticket.adjudicationLate', key: adjudicationLateKey('d', 1000) } as const;
  for (const state of TICKET_STATES) {
    expect(isAlarmOver(alarm, ticket({ state })), state).toBe(state !== 'returned');
  }
  // Returned again: that return is decided, and the new one has a time of its own.
  expect(isAlarmOver(alarm, ticket({ adjudication: { deadlineId: 'd', dueAt: 2000 } }))).toBe(true);
  expect(isAlarmOver(alarm, ticket({ adjudication: null }))).toBe(true);
});

test('the alarm of a citizen’s dispute goes when somebody has looked at it, and not with that of another', () => {
  const alarm = { kind: 'ticket.recheckLate', key: recheckLateKey('d', 1000) } as const;
  const recheck = { deadlineId: 'd', dueAt: 1000 };
  for (const state of TICKET_STATES) {
    expect(isAlarmOver(alarm, ticket({ state, recheck })), state).toBe(state !== 'disputed');
  }
  expect(isAlarmOver(alarm, ticket({ state: 'disputed', recheck: { ...recheck, dueAt: 2000 } }))).toBe(true);
  expect(isAlarmOver(alarm, ticket({ state: 'disputed', recheck: null }))).toBe(true);
});

test('the alarm of a plan goes when it was looked at, or is no plan any more', () => {
  const alarm = { kind: 'ticket.planLate', key: planLateKey('t', '2026-12-10') } as const;
  const held = (reviewOn: string | null) => ticket({ state: 'longTerm', reviewOn });
  expect(isAlarmOver(alarm, held('2026-12-10'))).toBe(false);
  expect(isAlarmOver(alarm, held('2027-03-20'))).toBe(true);
  expect(isAlarmOver(alarm, ticket({ state: 'handling' }))).toBe(true);
});
