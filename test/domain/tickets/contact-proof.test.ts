import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import {
  CONTACT_TALK_MS,
  type ContactFacts,
  isWithUnit,
  movesAfterCall,
} from '../../../src/domain/tickets/contact-proof.ts';
import { decideFiring } from '../../../src/domain/tickets/deadline-firing.ts';
import { forcedChange } from '../../../src/domain/tickets/forced-move.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { decideTicketMove, type MovingTicket } from '../../../src/domain/tickets/ticket-move.ts';
import {
  edgeOf,
  TICKET_STATES,
  type TicketMove,
  type TicketState,
} from '../../../src/domain/tickets/transitions.ts';
import { presetLimits } from '../deadlines/usual-limits.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const DUE = { clock: 'stage', kind: 'contact', level: 100, dueAt: NOW } as const;
const fires = (state: TicketState, contact: ContactFacts = {}) =>
  decideFiring(DUE, { state, ...contact }, NOW).kind;

const unit: Actor = { accountId: 'u', roles: ['unit'], unitCode: 'lighting' };
const lead: Actor = { accountId: 'l', roles: ['lead'], unitCode: null };
const ticket = (over: Partial<MovingTicket> = {}): MovingTicket => ({
  ...{ state: 'signedFor', unitCode: 'lighting', dispatchedAt: NOW, closedAt: null, returnedBy: [] },
  ...{ type: 'HELP', urgency: 'normal', categoryCode: 'urban', extendedBy: 0 },
  ...over,
});
const move = (what: TicketMove, on: Partial<MovingTicket>, actor = unit, details = {}, reason = '因为') =>
  decideTicketMove({
    ...{ move: what, ticket: ticket(on), actor, reason, details, now: NOW, limits: presetLimits() },
    calendars: { centre: calendar, unit: calendar },
  });
const moved = (...given: Parameters<typeof move>) => {
  const decision = move(...given);
  return decision.kind === 'moved' ? decision.change : expect.fail(decision.code);
};
const begins = (marks: readonly { readonly kind: string }[]) => marks.some(({ kind }) => kind === 'contact');

test('who begins to work, or reports it done, without having called is late all the same', () => {
  const owed: readonly TicketState[] = [
    ...(['dispatched', 'signedFor', 'handling', 'longTerm'] as const),
    ...(['reportedDone', 'replyReview', 'returnVisit', 'disputed'] as const),
  ];
  for (const state of TICKET_STATES) {
    expect(fires(state), state).toBe(owed.includes(state) ? 'fire' : 'cancel');
    // Proven, it is over wherever the ticket stands; and nobody is late with a call that nobody can make.
    expect(fires(state, { contactedAt: NOW - 1 }), state).toBe('cancel');
    expect(fires(state, { unreachable: true }), state).toBe('cancel');
  }
  expect(moved('handle', {}).contactedAt).toBeNull();
});

test('a contact says how it is proven, from wherever the unit has the ticket, and is proven once', () => {
  expect(moved('contact', {})).toMatchObject({ state: 'inContact', contactedAt: NOW });
  for (const state of ['handling', 'longTerm', 'reportedDone'] as const) {
    expect(moved('contact', { state })).toMatchObject({ state, contactedAt: NOW, resumed: [], marks: [] });
    expect(moved('contact', { state, contactedAt: NOW - 5 }).contactedAt).toBe(NOW - 5);
  }
  for (const state of TICKET_STATES) {
    const edge = edgeOf('contact', state);
    if (edge !== null) expect(edge).toMatchObject({ by: ['unit'], side: 'unit', reason: 'required' });
  }
  expect(move('contact', {}, unit, {}, ' ')).toMatchObject({ code: 'ticket.reasonMissing' });
  expect(move('contact', {}, { ...unit, unitCode: 'water' })).toMatchObject({ code: 'ticket.otherUnit' });
});

test('another unit has to speak with the citizen itself, and has its own time for it; the same need not twice', () => {
  const contactedAt = NOW - 1000;
  const handed = moved('handOver', { state: 'handling', contactedAt }, lead, { unitCode: 'water' });
  expect(handed.contactedAt).toBeNull();
  expect(begins(handed.marks)).toBe(true);
  const returned = moved('refuseReturn', { state: 'returned' }, lead);
  expect(returned).toMatchObject({ contactedAt: null, resumedStages: ['contact', 'handle'] });
  expect(moved('rework', { state: 'returnVisit', contactedAt }, lead).contactedAt).toBe(contactedAt);
  // Nobody is to be known, or left a number: no such time begins.
  const hidden = { state: 'registered', unitCode: null, unreachable: true } as const;
  expect(begins(moved('dispatch', hidden, lead, { unitCode: 'water' }).marks)).toBe(false);
});

test('by force nothing is proven: who has it by that owes the call, unless it had made it', () => {
  const forced = (on: Partial<MovingTicket>, unitCode: string | null) =>
    forcedChange({
      ...{
        ticket: ticket(on),
        to: 'handling',
        unitCode,
        reason: 'x',
        askedBy: 'a',
        approvedBy: 'b',
        now: NOW,
      },
      ...{ limits: presetLimits(), calendars: { centre: calendar, unit: calendar } },
    });
  const contactedAt = NOW - 1000;
  const same = forced({ state: 'reportedDone', contactedAt }, null);
  expect([same.contactedAt, begins(same.marks)]).toEqual([contactedAt, false]);
  const other = forced({ state: 'reportedDone', contactedAt }, 'water');
  expect([other.contactedAt, begins(other.marks)]).toEqual([null, true]);
});

test('a talk through the platform makes the contact that is owed, and no second one', () => {
  for (const state of TICKET_STATES) {
    const moves = movesAfterCall(state, CONTACT_TALK_MS, {});
    let at: TicketState = state;
    for (const one of moves) at = edgeOf(one, at)?.to ?? expect.fail(`no ${one} from ${at}`);
    expect(moves.includes('contact'), state).toBe(isWithUnit(state) && state !== 'inContact');
    expect(movesAfterCall(state, CONTACT_TALK_MS - 1, {})).toEqual([]);
    expect(movesAfterCall(state, null, {})).toEqual([]);
  }
  expect(movesAfterCall('handling', CONTACT_TALK_MS, { contactedAt: NOW })).toEqual([]);
});
