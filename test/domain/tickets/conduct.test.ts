import { expect, test } from 'vitest';
import { conductRefusal } from '../../../src/domain/tickets/conduct.ts';
import { forceFault } from '../../../src/domain/tickets/forced-move.ts';
import { openMoves } from '../../../src/domain/tickets/moving.ts';
import { namingRefusal } from '../../../src/domain/tickets/naming-accused.ts';
import { type Actor, STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';
import { TICKET_STATES, TRANSITIONS } from '../../../src/domain/tickets/transitions.ts';

// The window of the approval bureau is complained of; the bureau answers for it, the window lies within it.
const ACCUSED = ['approval', 'approval-window'];
const complained = (unitCode: string | null) => ({ unitCode, accusedUnits: ACCUSED });
const lead: Actor = { accountId: 'l', roles: ['lead'], unitCode: null };
const of = (unitCode: string): Actor => ({ accountId: 'u', roles: ['unit'], unitCode });

test('HM-16: the unit complained of, and whatever lies within it, is given the ticket by no edge of the table; any other unit is', () => {
  for (const edge of TRANSITIONS) {
    for (const named of ACCUSED) {
      expect(conductRefusal(edge, complained(null), lead, named)).toBe('ticket.accusedUnit');
    }
    expect(conductRefusal(edge, complained(null), lead, 'discipline')).toBeNull();
    expect(conductRefusal(edge, { unitCode: null, accusedUnits: [] }, lead, 'approval')).toBeNull();
    expect(conductRefusal(edge, { unitCode: null }, lead, 'approval')).toBeNull();
  }
  const ticket = { state: 'handling', ...complained('discipline') } as const;
  expect(forceFault(ticket, 'handling', 'approval-window')).toBe('ticket.accusedUnit');
  expect(forceFault(ticket, 'handling', 'centre')).toBeNull();
});

test('HM-16: whoever belongs to the unit complained of takes no step that is the hotline’s, whichever unit has the ticket', () => {
  const everybody = (unitCode: string): Actor => ({ accountId: 'x', roles: STAFF_ROLES, unitCode });
  for (const edge of TRANSITIONS) {
    const refusal = conductRefusal(edge, complained('discipline'), everybody('approval'), null);
    expect(refusal).toBe(edge.side === 'hotline' ? 'ticket.accusedJudges' : null);
  }
  for (const state of TICKET_STATES) {
    const ticket = { state, ...complained('discipline') };
    expect(openMoves(ticket, everybody('approval')).filter(({ side }) => side === 'hotline')).toEqual([]);
  }
  // Nobody else is kept from it.
  const ticket = { state: 'replyReview', ...complained('discipline') } as const;
  expect(openMoves(ticket, lead).map(({ move }) => move)).toContain('visit');
});

test('HM-16: where it has the ticket already it gives it back and does not report it done', () => {
  const ticket = (state: 'signedFor' | 'handling') => ({ state, ...complained('approval') });
  expect(openMoves(ticket('signedFor'), of('approval')).map(({ move }) => move)).toContain('returnTicket');
  expect(openMoves(ticket('handling'), of('approval')).map(({ move }) => move)).not.toContain('reportDone');
  // Named after it had reported: the hotline takes no further what is its own word, and gives it back to hand it over.
  for (const state of ['reportedDone', 'replyReview'] as const) {
    const reported = openMoves({ state, ...complained('approval') }, lead).map(({ move }) => move);
    expect(reported).toContain('refuseReply');
    expect(reported).not.toContain('visit');
    expect(reported).not.toContain('closeUnvisited');
  }
  expect(
    openMoves(ticket('handling'), { ...lead, roles: ['adjudicator'] }).map(({ move }) => move),
  ).toContain('handOver');
  const other = { state: 'handling', unitCode: 'approval', accusedUnits: [] } as const;
  expect(openMoves(other, of('approval')).map(({ move }) => move)).toContain('reportDone');
});

test('the hotline says of whom the citizen complains, with a reason, until the ticket is over; a unit never does', () => {
  const ticket = { state: 'registered', unitCode: null } as const;
  expect(namingRefusal(ticket, '窗口态度差', lead)).toBeNull();
  expect(namingRefusal(ticket, ' ', lead)).toBe('ticket.reasonMissing');
  expect(namingRefusal(ticket, '态度差', { ...lead, unitCode: 'water' })).toBe('ticket.moveForbidden');
  expect(
    namingRefusal({ state: 'handling', unitCode: 'water' }, '态度差', { ...lead, unitCode: 'water' }),
  ).toBe('ticket.ownUnit');
  const may = STAFF_ROLES.filter(
    (role) => namingRefusal(ticket, '态度差', { ...lead, roles: [role] }) === null,
  );
  expect(may).toEqual(['agent', 'lead', 'operator', 'reviewer', 'dispatcher', 'supervisor']);
  const over = TICKET_STATES.filter((state) => namingRefusal({ ...ticket, state }, '态度差', lead) !== null);
  expect(over).toEqual(['withdrawn', 'closed', 'archived']);
});
