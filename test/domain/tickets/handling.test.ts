import { expect, test } from 'vitest';
import { HANDLING_NOTES, handlingOf, handlingRefusal } from '../../../src/domain/tickets/handling.ts';
import { detailFault } from '../../../src/domain/tickets/move-details.ts';
import { STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';
import { TIME_LINE_NOTES } from '../../../src/domain/tickets/time-line.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';

const ticket = { state: 'handling', unitCode: 'water' } as const;
const unit = { accountId: 'a', roles: ['unit'], unitCode: 'water' } as const;

test('JY-11: the unit that has it in hand says how it means to do it and how far it is; nobody else does', () => {
  expect(handlingRefusal(ticket, '卸下损坏的管子，换上好的', unit)).toBeNull();
  expect(handlingRefusal(ticket, ' \n', unit)).toBe('handling.wordsMissing');
  expect(handlingRefusal(ticket, '换', { ...unit, unitCode: 'power' })).toBe('ticket.otherUnit');
  const may = STAFF_ROLES.filter(
    (role) => handlingRefusal(ticket, '换', { ...unit, roles: [role] }) === null,
  );
  expect(may).toEqual(['unit']);
  const states = TICKET_STATES.filter((state) => handlingRefusal({ ...ticket, state }, '换', unit) === null);
  expect(states).toEqual(['signedFor', 'inContact', 'handling', 'longTerm']);
});

test('the approach is taken with the beginning of the work, without which it can begin as well, and with no other move', () => {
  expect(detailFault('handle', { approach: '换管' })).toBeNull();
  expect(detailFault('handle', {})).toBeNull();
  expect(detailFault('signFor', { approach: '换管' })).toEqual({
    code: 'ticket.detailOutOfPlace',
    field: 'approach',
  });
});

test('of the approach the last word holds, whichever way it was said; progress stands in its order, and the result is no progress', () => {
  const line = (at: number, type: string, reason: string, body: object = {}) => ({
    ...{ at, type, reason },
    body: body as Readonly<Record<string, unknown>>,
  });
  const begun = [
    line(1, 'signFor', ''),
    line(2, 'handle', '已到现场', { approach: '夹住渗漏处' }),
    line(3, 'progressNoted', '已停水', { unitCode: 'water' }),
  ];
  expect(handlingOf(begun)).toEqual({
    approach: { at: 2, words: '夹住渗漏处' },
    progress: [{ at: 3, words: '已停水', unitCode: 'water' }],
  });
  const later = [
    ...begun,
    line(4, 'approachNoted', '换上好的管子', { unitCode: 'water' }),
    line(5, 'progressNoted', '新管已装', { unitCode: 'water' }),
    line(6, 'reportDone', '已修复', { reply: '已修复' }),
    // Taken up again without a word of how: what was said before stands.
    line(7, 'handle', '再到现场'),
  ];
  expect(handlingOf(later)).toEqual({
    approach: { at: 4, words: '换上好的管子' },
    progress: [
      { at: 3, words: '已停水', unitCode: 'water' },
      { at: 5, words: '新管已装', unitCode: 'water' },
    ],
  });
  expect(handlingOf([])).toEqual({ approach: null, progress: [] });
  expect(TIME_LINE_NOTES).toEqual(expect.arrayContaining(Object.values(HANDLING_NOTES)));
});
