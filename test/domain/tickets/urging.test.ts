import { expect, test } from 'vitest';
import { STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';
import { URGE_PAUSE_MS, urgeRefusal } from '../../../src/domain/tickets/urging.ts';

const NOW = 1_800_000_000_000;
const ticket = { state: 'handling', unitCode: 'water', lastUrgedAt: null } as const;
const lead = { accountId: 'a', roles: ['lead'], unitCode: null } as const;

test('the hotline urges, with words, whoever has the ticket and has not just been urged', () => {
  expect(urgeRefusal(ticket, lead, '催', NOW)).toBeNull();
  expect(urgeRefusal(ticket, lead, '  ', NOW)).toBe('ticket.reasonMissing');
  expect(urgeRefusal({ ...ticket, unitCode: null }, lead, '催', NOW)).toBe('urge.notWithUnit');
  expect(urgeRefusal({ ...ticket, lastUrgedAt: NOW - URGE_PAUSE_MS + 1 }, lead, '催', NOW)).toBe(
    'urge.lately',
  );
  expect(urgeRefusal({ ...ticket, lastUrgedAt: NOW - URGE_PAUSE_MS }, lead, '催', NOW)).toBeNull();
  const may = STAFF_ROLES.filter(
    (role) => urgeRefusal(ticket, { ...lead, roles: [role] }, '催', NOW) === null,
  );
  expect(may).toEqual(['lead', 'operator', 'dispatcher', 'supervisor']);
  expect(urgeRefusal(ticket, { ...lead, unitCode: 'water' }, '催', NOW)).toBe('urge.forbidden');
  const urged = TICKET_STATES.filter((state) => urgeRefusal({ ...ticket, state }, lead, '催', NOW) === null);
  expect(urged).toEqual(['dispatched', 'signedFor', 'inContact', 'handling', 'longTerm']);
});
