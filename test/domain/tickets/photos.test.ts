import { expect, test } from 'vitest';
import { isPhoto, PHOTOS_MOST, photoRefusal } from '../../../src/domain/tickets/photos.ts';
import { STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';

const ticket = { state: 'handling', unitCode: 'urban' } as const;
const unit = { accountId: 'u', roles: ['unit'], unitCode: 'urban' } as const;
const hotline = { accountId: 'h', roles: ['supervisor'], unitCode: null } as const;

test('HM-12: the unit adds photos while the work is its own, the hotline until the ticket is over; nobody more than can be looked through', () => {
  const states = (actor: Parameters<typeof photoRefusal>[2]) =>
    TICKET_STATES.filter((state) => photoRefusal({ ...ticket, state }, 0, actor) === null);
  expect(states(unit)).toEqual(['signedFor', 'inContact', 'handling', 'longTerm', 'reportedDone']);
  expect(TICKET_STATES.filter((state) => !states(hotline).includes(state))).toEqual([
    'withdrawn',
    'closed',
    'archived',
  ]);
  expect(photoRefusal(ticket, PHOTOS_MOST - 1, unit)).toBeNull();
  expect(photoRefusal(ticket, PHOTOS_MOST, unit)).toBe('photo.tooMany');
  expect(photoRefusal(ticket, 0, { ...unit, unitCode: 'water' })).toBe('ticket.otherUnit');
  const may = STAFF_ROLES.filter((role) => photoRefusal(ticket, 0, { ...hotline, roles: [role] }) === null);
  expect(may).toEqual(['agent', 'lead', 'operator', 'reviewer', 'supervisor', 'returnVisitor']);
});

test('a photo is a picture that a browser shows: no paper, and nothing that runs', () => {
  expect(['image/png', 'image/jpeg', 'application/pdf', 'image/svg+xml', null].filter(isPhoto)).toEqual([
    'image/png',
    'image/jpeg',
  ]);
});
