import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { CLOCKS } from '../../../src/domain/deadlines/clocks.ts';
import { STAGES } from '../../../src/domain/deadlines/stages.ts';
import { clockEnds } from '../../../src/domain/tickets/deadline-firing.ts';
import {
  FORCE_DECISIONS,
  FORCE_STATES,
  forceBarrier,
  forcedChange,
  forceFault,
} from '../../../src/domain/tickets/forced-move.ts';
import { stageRuns } from '../../../src/domain/tickets/stage-marks.ts';
import { type Actor, STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';
import type { MovingTicket } from '../../../src/domain/tickets/ticket-move.ts';
import { TICKET_STATES, type TicketState } from '../../../src/domain/tickets/transitions.ts';
import { presetLimits } from '../deadlines/usual-limits.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const NOW = Date.parse('2026-11-25T10:00:00+08:00');
const lead = (accountId: string, unitCode: string | null = null): Actor => ({
  accountId,
  roles: ['lead'],
  unitCode,
});
const asked = { state: 'asked', askedBy: 'one' } as const;

test('one asks, another one agrees, and nobody of any unit does either (invariant 9)', () => {
  expect(forceBarrier('ask', null, lead('one'))).toBeNull();
  expect(forceBarrier('approve', asked, lead('one'))).toBe('force.ownWork');
  expect(forceBarrier('approve', asked, lead('two'))).toBeNull();
  expect(forceBarrier('refuse', asked, lead('one'))).toBe('force.ownWork');
  expect(forceBarrier('withdraw', asked, lead('two'))).toBe('force.notYours');
  expect(forceBarrier('withdraw', asked, lead('one'))).toBeNull();
  for (const move of ['ask', 'approve'] as const) {
    const force = move === 'ask' ? null : asked;
    expect(forceBarrier(move, force, lead('two', 'lighting'))).toBe('force.ownUnit');
    for (const role of STAFF_ROLES.filter((one) => one !== 'lead' && one !== 'supervisor')) {
      const refused = forceBarrier(move, force, { accountId: 'two', roles: [role], unitCode: null });
      expect(refused).toBe('force.moveForbidden');
    }
  }
  for (const state of FORCE_STATES.filter((one) => one !== 'asked')) {
    for (const move of FORCE_DECISIONS) {
      expect(forceBarrier(move, { state, askedBy: 'one' }, lead('two'))).toBe('force.moveImpossible');
    }
  }
});

test('from every state to every state: clocks run exactly where they run, the citizen never begins twice', () => {
  const unit = fc.constantFrom(null, 'lighting', 'water');
  const state = fc.constantFrom(...TICKET_STATES);
  fc.assert(
    fc.property(state, state, unit, unit, fc.boolean(), (from, to, has, gets, closedBefore) => {
      // Disputed when it was closed, or at its visit.
      const wasClosed = from === 'closed' || (from === 'disputed' && closedBefore);
      const ticket: MovingTicket = {
        ...{ state: from, unitCode: has, dispatchedAt: has === null ? null : NOW - 1000 },
        ...{
          closedAt: wasClosed ? NOW - 500 : null,
          returnedBy: [],
          type: 'HELP',
          urgency: 'normal',
        },
        ...{ categoryCode: 'urban', extendedBy: 0 },
      };
      if (forceFault(ticket, to, gets) !== null) return;
      const change = forcedChange({
        ...{ ticket, to, unitCode: gets, reason: 'x', askedBy: 'one', approvedBy: 'two', now: NOW },
        ...{ limits: presetLimits(), calendars: { centre: calendar, unit: calendar } },
      });
      expect(change.event).toMatchObject({
        fromState: from,
        toState: to,
        type: 'forced',
        body: { askedBy: 'one' },
      });
      expect(change.marks.some(({ clock }) => clock === 'citizen')).toBe(false);
      const starts = change.marks.some(({ clock }) => clock === 'unit');
      for (const clock of CLOCKS) {
        // While a dispute is looked at the citizen's may rest: it goes on when that is over, and not when it begins.
        const rests = (at: TicketState) => clockEnds(clock, at) || (clock === 'citizen' && at === 'disputed');
        const began = rests(from) && !rests(to);
        const goesOn = change.resumed.includes(clock) || (clock === 'unit' && starts);
        if (began) expect(goesOn).toBe(true);
        if (rests(to)) expect(goesOn).toBe(false);
      }
      // Where a unit has it, there is a unit, and since when.
      if (!clockEnds('unit', to)) {
        expect(change.unitCode).not.toBeNull();
        expect(change.dispatchedAt).not.toBeNull();
      }
      for (const { clock, kind } of change.marks) {
        if (clock === 'stage')
          expect(STAGES.some((stage) => stage === kind && stageRuns(stage, to))).toBe(true);
      }
      // What was closed and is disputed keeps the moment: where the result stands it was closed since then.
      const stands = to === 'closed' || to === 'archived' || (wasClosed && to === 'disputed');
      expect(change.closedAt !== null).toBe(stands);
    }),
  );
});

test('a state in which a unit works wants a unit, and the state it is in is no way to go', () => {
  expect(forceFault({ state: 'registered', unitCode: null }, 'handling', null)).toBe('force.unitMissing');
  expect(forceFault({ state: 'registered', unitCode: null }, 'handling', 'water')).toBeNull();
  expect(forceFault({ state: 'registered', unitCode: null }, 'closed', null)).toBeNull();
  expect(forceFault({ state: 'handling', unitCode: 'water' }, 'handling', null)).toBe('force.sameState');
  expect(forceFault({ state: 'handling', unitCode: 'water' }, 'handling', 'lighting')).toBeNull();
});
