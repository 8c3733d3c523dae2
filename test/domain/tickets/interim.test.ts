import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { decisionMove } from '../../../src/domain/tickets/adjudication.ts';
import {
  decideInterimAct,
  INTERIM_ACTS,
  INTERIM_STATES,
  INTERIM_TABLE,
  type InterimAct,
  type InterimState,
  openConditions,
} from '../../../src/domain/tickets/interim.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { decideTicketMove } from '../../../src/domain/tickets/ticket-move.ts';
import { edgeOf, TICKET_MOVES, TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';
import { presetLimits } from '../deadlines/usual-limits.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });

const unit: Actor = { accountId: 'u', roles: ['unit'], unitCode: 'water' };
const lead: Actor = { accountId: 'l', roles: ['lead'], unitCode: null };
const act = (from: InterimState, what: InterimAct, actor: Actor = unit, evidence = '现场照片') =>
  decideInterimAct({ act: what, from, unitCode: 'water', actor, evidence });

test('every act from every state: as the table says, and no other way', () => {
  for (const from of INTERIM_STATES) {
    for (const what of INTERIM_ACTS) {
      const on: Partial<Record<InterimAct, readonly InterimState[]>> = INTERIM_TABLE[from];
      const to = on[what]?.[0];
      expect(act(from, what)).toEqual(to === undefined ? { refusal: 'interim.actImpossible' } : { to });
    }
  }
});

test('the unit that has it says so with evidence; that it recurs may be said by the desk as well', () => {
  expect(act('hazardOpen', 'removeHazard', { ...unit, unitCode: 'gas' })).toEqual({
    refusal: 'interim.actForbidden',
  });
  expect(act('hazardOpen', 'removeHazard', lead)).toEqual({ refusal: 'interim.actForbidden' });
  expect(act('hazardOpen', 'removeHazard', unit, ' ')).toEqual({ refusal: 'interim.evidenceMissing' });
  expect(act('fulfilled', 'recur', lead)).toEqual({ to: 'hazardOpen' });
  expect(act('fulfilled', 'recur', { ...lead, unitCode: 'gas' })).toEqual({
    refusal: 'interim.actForbidden',
  });
});

test('hazard removed and cause fixed are two conditions of the end; a citizen who withdraws removes no hazard', () => {
  const open = (interim: InterimState | null) =>
    Object.fromEntries(
      TICKET_MOVES.flatMap((move) => {
        const unmet = openConditions(move, interim);
        return unmet.length === 0 ? [] : [[move, unmet.join()]];
      }),
    );
  expect(open('hazardOpen')).toEqual({
    withdraw: 'hazardRemoved',
    reportDone: 'hazardRemoved,causeFixed',
    close: 'hazardRemoved,causeFixed',
    closeUnvisited: 'hazardRemoved,causeFixed',
  });
  expect(open('causeOpen')).toEqual({
    reportDone: 'causeFixed',
    close: 'causeFixed',
    closeUnvisited: 'causeFixed',
  });
  expect(open('fulfilled')).toEqual({});
  expect(open(null)).toEqual({});
  const report = (interim: InterimState | null) =>
    decideTicketMove({
      move: 'reportDone',
      ticket: {
        state: 'handling',
        unitCode: 'water',
        dispatchedAt: 0,
        closedAt: null,
        urgency: 'normal',
        type: 'HELP',
        categoryCode: 'urban',
        extendedBy: 0,
        returnedBy: [],
        interim,
      },
      actor: unit,
      reason: '已办',
      details: { reply: '已修' },
      now: 1,
      limits: presetLimits(),
      calendars: { centre: calendar, unit: calendar },
    });
  expect(report('causeOpen')).toMatchObject({ code: 'ticket.conditionOpen', data: { open: ['causeFixed'] } });
  expect(report('fulfilled')).toMatchObject({ kind: 'moved' });
});

test('a decision reaches the ticket by an edge of its table, or says that it stays where it is', () => {
  for (const state of TICKET_STATES) {
    for (const leadUnit of ['water', 'gas']) {
      const move = decisionMove({ state, unitCode: 'water' }, leadUnit);
      if (move !== null && move !== 'stay') {
        const edge = edgeOf(move, state);
        expect(edge).toMatchObject({ by: expect.arrayContaining(['adjudicator']), side: 'hotline' });
      }
    }
  }
  expect(decisionMove({ state: 'returned', unitCode: 'water' }, 'water')).toBe('refuseReturn');
  expect(decisionMove({ state: 'returned', unitCode: 'water' }, 'gas')).toBe('acceptReturn');
  expect(decisionMove({ state: 'handling', unitCode: 'water' }, 'gas')).toBe('handOver');
  expect(decisionMove({ state: 'handling', unitCode: 'water' }, 'water')).toBe('stay');
  expect(decisionMove({ state: 'closed', unitCode: 'water' }, 'gas')).toBeNull();
});
