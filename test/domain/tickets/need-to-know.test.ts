import { expect, test } from 'vitest';
import { grantRefusal, revealRefusal } from '../../../src/domain/tickets/need-to-know.ts';
import { heldFor, releasesReply, replyBody, replyRefusal } from '../../../src/domain/tickets/reply.ts';
import { type Actor, type Role, STAFF_ROLES } from '../../../src/domain/tickets/ticket.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';

const hotline = (role: Role): Actor => ({ accountId: role, roles: [role], unitCode: null });
const unit: Actor = { accountId: 'u', roles: ['unit'], unitCode: 'water' };
const DAY = 86_400_000;

test('who an anonymous citizen is, three roles of the hotline may learn; somebody of a unit never, whatever his roles', () => {
  const may = STAFF_ROLES.filter((role) => revealRefusal({ anonymous: true }, hotline(role)) === null);
  expect(may).toEqual(['lead', 'operator', 'supervisor']);
  expect(revealRefusal({ anonymous: true }, { ...unit, roles: ['unit', 'lead'] })).toBe('citizen.anonymous');
  expect(revealRefusal({ anonymous: false }, unit)).toBeNull();
});

test('a list is of a confidential ticket, of somebody else, for ninety days at most', () => {
  const grant = (over: object, confidential = true) =>
    grantRefusal({ confidential }, { accountId: 'a', by: 'b', untilMs: 1000 + DAY, ...over }, 1000);
  expect(grant({})).toBeNull();
  expect(grant({ untilMs: 1000 + 90 * DAY })).toBeNull();
  expect(grant({ untilMs: 1001 + 90 * DAY })).toEqual({ code: 'grant.tooLong', daysAtMost: 90 });
  expect(grant({ untilMs: 1000 })).toEqual({ code: 'grant.untilPast' });
  expect(grant({ by: 'a' })).toEqual({ code: 'grant.toOneself' });
  expect(grant({}, false)).toEqual({ code: 'grant.notConfidential' });
});

test('a reply is held between the report and the citizen, and nowhere else', () => {
  const held = { state: 'reportedDone', unitCode: 'water', replyHeld: true } as const;
  expect(TICKET_STATES.filter((state) => releasesReply('visit', state))).toEqual([
    'reportedDone',
    'replyReview',
  ]);
  expect(releasesReply('closeUnvisited', 'returnVisit')).toBe(false);
  expect(replyRefusal('confirm', held, hotline('reviewer'))).toBeNull();
  expect(replyRefusal('confirm', { ...held, replyHeld: false }, hotline('reviewer'))).toBe('reply.notHeld');
  expect(replyRefusal('confirm', held, hotline('agent'))).toBe('ticket.moveForbidden');
  expect(replyRefusal('confirm', held, { ...unit, roles: ['unit', 'reviewer'] })).toBe('ticket.ownUnit');
  expect(replyRefusal('confirm', { ...held, state: 'returnVisit' }, hotline('lead'))).toBe('reply.none');
  expect(replyRefusal('mend', held, unit)).toBeNull();
  expect(replyRefusal('mend', held, { ...unit, unitCode: 'power' })).toBe('ticket.otherUnit');
  expect(replyRefusal('mend', held, hotline('reviewer'))).toBeNull();
});

test('the time line says where something personal stands, and never what', () => {
  expect(replyBody('已办结', undefined)).toEqual({});
  const body = replyBody('王五您好', { name: '王五', number: '' });
  expect(body).toEqual({ personalData: [{ kind: 'name', from: 0, to: 2 }] });
  expect(JSON.stringify(body)).not.toContain('王五');
});

test('why a reply is held is told by its last word, each kind once, and only while it lies between the report and the citizen', () => {
  const found = (...kinds: readonly string[]) => kinds.map((kind) => ({ kind, from: 0, to: 2 }));
  const line = (type: string, personalData?: unknown) => ({ type, body: { personalData } });
  const reported = line('reportDone', found('mobile', 'name', 'mobile'));
  expect(heldFor('reportedDone', [line('contact'), reported])).toEqual(['mobile', 'name']);
  expect(heldFor('replyReview', [reported, line('deadlineWarning')])).toEqual(['mobile', 'name']);
  expect(heldFor('returnVisit', [reported])).toEqual([]);
  expect(heldFor('reportedDone', [reported, line('replyConfirmed')])).toEqual([]);
  expect(heldFor('reportedDone', [reported, line('replyMended', found('idCard'))])).toEqual(['idCard']);
  // Done again without anything personal: what was held before is another reply.
  expect(heldFor('reportedDone', [reported, line('handle'), line('reportDone')])).toEqual([]);
  expect(heldFor('reportedDone', [])).toEqual([]);
});
