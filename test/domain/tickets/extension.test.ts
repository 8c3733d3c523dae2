import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import {
  decideAsking,
  decideExtension,
  EXTENSION_DECISIONS,
  EXTENSION_STATES,
  type ExtendedTicket,
} from '../../../src/domain/tickets/extension.ts';
import { type Actor, STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';
import { presetLimits } from '../deadlines/usual-limits.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const at = (local: string): number => Date.parse(`${local}+08:00`);
const limits = presetLimits();
const UNIT: Actor = { accountId: 'u', roles: ['unit'], unitCode: 'lighting' };
const LEAD: Actor = { accountId: 'l', roles: ['lead'], unitCode: null };
const ticket = (over: Partial<ExtendedTicket> = {}): ExtendedTicket => ({
  state: 'handling',
  unitCode: 'lighting',
  urgency: 'normal',
  granted: 0,
  asked: false,
  dueAt: at('2026-11-27T18:00:00'),
  ...over,
});
const ask = (
  over: Partial<ExtendedTicket> = {},
  actor = UNIT,
  now = at('2026-11-26T17:59:00'),
  amount = 5,
) => {
  const decided = decideAsking(ticket(over), amount, actor, limits, now, calendar);
  return 'refusal' in decided ? decided.refusal : decided.to;
};

test('its own unit asks, a working day before the time is over at the latest', () => {
  expect(ask()).toBe('asked');
  // All of the day before counts as the working day before, and the day itself is too late.
  expect(ask({}, UNIT, at('2026-11-26T23:59:59'))).toBe('asked');
  expect(ask({}, UNIT, at('2026-11-27T00:00:00'))).toBe('extension.tooLate');
  // Over a weekend: due on Monday, Friday is the working day before, and Sunday as good.
  expect(ask({ dueAt: at('2026-11-30T18:00:00') }, UNIT, at('2026-11-29T12:00:00'))).toBe('asked');
  expect(ask({}, { ...UNIT, unitCode: 'water' })).toBe('extension.otherUnit');
  for (const role of STAFF_ROLES.filter((one) => one !== 'unit')) {
    expect(ask({}, { accountId: 'x', roles: [role], unitCode: 'lighting' })).toBe('extension.moveForbidden');
  }
});

test('not before it signed, not after it reported, not twice, not too much, and nothing that is urgent', () => {
  for (const state of TICKET_STATES) {
    const may = ['signedFor', 'inContact', 'handling'].includes(state);
    expect(ask({ state })).toBe(may ? 'asked' : 'extension.notNow');
  }
  expect(ask({ granted: 1 })).toBe('extension.tooOften');
  expect(ask({ asked: true })).toBe('extension.askedAlready');
  expect(ask({}, UNIT, at('2026-11-26T10:00:00'), 6)).toBe('extension.tooLong');
  expect(ask({ urgency: 'urgent' })).toBe('extension.urgent');
});

test('somebody else of the centre decides, while the time runs; a unit never gives a unit time', () => {
  const asked = { state: 'asked', unitCode: 'lighting', askedBy: 'u', decideBy: 100 } as const;
  expect(decideExtension('grant', asked, LEAD, 99)).toEqual({ to: 'granted' });
  expect(decideExtension('refuse', asked, LEAD, 99)).toEqual({ to: 'refused' });
  expect(decideExtension('grant', asked, LEAD, 100)).toMatchObject({ refusal: 'extension.tooLate' });
  expect(decideExtension('refuse', asked, LEAD, 100)).toEqual({ to: 'refused' });
  expect(decideExtension('grant', asked, { ...LEAD, accountId: 'u' }, 99)).toMatchObject({
    refusal: 'extension.ownWork',
  });
  expect(decideExtension('grant', asked, { ...LEAD, unitCode: 'water' }, 99)).toMatchObject({
    refusal: 'extension.moveForbidden',
  });
  expect(decideExtension('grant', asked, UNIT, 99)).toMatchObject({ refusal: 'extension.moveForbidden' });
  expect(decideExtension('withdraw', asked, UNIT, 99)).toEqual({ to: 'withdrawn' });
  expect(decideExtension('withdraw', asked, { ...UNIT, unitCode: 'water' }, 99)).toMatchObject({
    refusal: 'extension.otherUnit',
  });
  expect(
    decideExtension('lapse', asked, { accountId: null, roles: ['system'], unitCode: null }, 100),
  ).toEqual({ to: 'lapsed' });
});

test('what is decided stays decided', () => {
  for (const state of EXTENSION_STATES.filter((one) => one !== 'asked')) {
    for (const move of [...EXTENSION_DECISIONS, 'lapse'] as const) {
      expect(
        decideExtension(move, { state, unitCode: 'lighting', askedBy: 'u', decideBy: 100 }, LEAD, 1),
      ).toMatchObject({ refusal: 'extension.moveImpossible', data: { state } });
    }
  }
});
