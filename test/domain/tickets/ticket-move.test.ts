import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { clockEffectsOf } from '../../../src/domain/tickets/clock-effects.ts';
import { detailFault, detailsOf, type MoveDetails } from '../../../src/domain/tickets/move-details.ts';
import { openMoves } from '../../../src/domain/tickets/moving.ts';
import { takesChecklist } from '../../../src/domain/tickets/reply-checklist.ts';
import type { Actor, Role } from '../../../src/domain/tickets/ticket.ts';
import { decideTicketMove, type MovingTicket } from '../../../src/domain/tickets/ticket-move.ts';
import { TICKET_MOVES, type TicketMove } from '../../../src/domain/tickets/transitions.ts';
import { presetLimits } from '../deadlines/usual-limits.ts';

const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
const at = (local: string): number => Date.parse(`${local}+08:00`);
/** A Friday before a make-up Sunday (F-14): 2026-09-20 is worked for National Day. */
const FRIDAY = at('2026-09-18T10:00:00');

const unit: Actor = { accountId: 'u', roles: ['unit'], unitCode: 'lighting' };
const hotline = (role: Role): Actor => ({ accountId: role, roles: [role], unitCode: null });
const ticket = (over: Partial<MovingTicket> = {}): MovingTicket => ({
  state: 'dispatched',
  unitCode: 'lighting',
  dispatchedAt: FRIDAY,
  closedAt: null,
  type: 'COMPLAINT',
  categoryCode: 'urban.lighting',
  extendedBy: 0,
  urgency: 'normal',
  returnedBy: [],
  tried: { tries: 3, days: 2, dayParts: 2, enough: true },
  citizen: { name: '王小明', number: '13912345678' },
  ...over,
});
const decide = (
  move: TicketMove,
  on: Partial<MovingTicket>,
  actor: Actor,
  details: MoveDetails = {},
  now = FRIDAY,
) =>
  decideTicketMove({
    move,
    ticket: ticket(on),
    actor,
    reason: '因为',
    details,
    now,
    limits: presetLimits(),
    calendars: { centre: calendar, unit: calendar },
  });
const met = { finding: 'met' } as const;
const REVIEWED = { answersEach: met, contactMade: met, evidence: met, tone: met };
const FAULTED = { ...REVIEWED, evidence: { finding: 'unmet', mark: '缺现场照片' } } as const;
/** What a reply under review leaves it with. */
const reviewed = (move: TicketMove, state: string): MoveDetails =>
  (state === 'replyReview' || state === 'reportedDone') && takesChecklist(move)
    ? { checklist: move === 'refuseReply' ? FAULTED : REVIEWED }
    : {};
const RETURN = { evidence: '该路灯属物业', suggestedUnitCode: 'housing' };

test('a return takes evidence and whose it is; it is granted once a unit and within one working day', () => {
  expect(decide('returnTicket', {}, unit, RETURN)).toMatchObject({
    kind: 'moved',
    change: { state: 'returned', unitCode: 'lighting', event: { body: { ...RETURN, by: 'lighting' } } },
  });
  // The make-up Sunday is the one working day; it ends at 18:00.
  expect(decide('returnTicket', {}, unit, RETURN, at('2026-09-20T18:00:00')).kind).toBe('moved');
  expect(decide('returnTicket', {}, unit, RETURN, at('2026-09-20T18:00:01'))).toMatchObject({
    code: 'ticket.returnTooLate',
    data: { until: '2026-09-20T10:00:00.000Z' },
  });
  expect(decide('returnTicket', { returnedBy: ['lighting'] }, unit, RETURN)).toMatchObject({
    code: 'ticket.returnedBefore',
  });
  expect(decide('returnTicket', { returnedBy: ['water'] }, unit, RETURN).kind).toBe('moved');
  expect(decide('returnTicket', {}, unit, { ...RETURN, suggestedUnitCode: 'lighting' })).toMatchObject({
    code: 'ticket.sameUnit',
  });
  expect(decide('returnTicket', {}, unit, { evidence: '不归我们' })).toMatchObject({
    code: 'ticket.detailMissing',
    data: { field: 'suggestedUnitCode' },
  });
});

test('a return has a working day to be adjudicated in, by the centre’s calendar, and is warned of on the way', () => {
  const returned = decide('returnTicket', {}, unit, RETURN, at('2026-09-18T15:00:00'));
  if (returned.kind !== 'moved') return expect.fail(returned.code);
  const { marks } = returned.change;
  expect(marks.map(({ clock, kind, level }) => `${clock} ${kind} ${level}`)).toEqual([
    'stage adjudicate 50',
    'stage adjudicate 80',
    'stage adjudicate 100',
  ]);
  // Ten working hours to the end of the make-up Sunday: half of them are over on Sunday at eleven.
  expect(marks.map(({ dueAt }) => new Date(dueAt).toISOString())).toEqual([
    '2026-09-20T03:00:00.000Z',
    '2026-09-20T08:00:00.000Z',
    '2026-09-20T10:00:00.000Z',
  ]);
  expect(marks.at(-1)?.explanation).toMatchObject({
    rule: expect.stringContaining('裁定'),
    days: expect.arrayContaining([expect.anything()]),
    source: expect.stringContaining('江苏'),
  });
  const urgent = decide('returnTicket', { urgency: 'urgent' }, unit, RETURN, at('2026-09-18T23:00:00'));
  if (urgent.kind !== 'moved') return expect.fail(urgent.code);
  expect(new Date(urgent.change.marks.at(-1)?.dueAt ?? 0).toISOString()).toBe('2026-09-18T15:30:00.000Z');
});

test('who may not make a move learns that, and not what it would have taken', () => {
  expect(decide('returnTicket', {}, hotline('lead'))).toMatchObject({ code: 'ticket.moveForbidden' });
  expect(decide('close', {}, hotline('lead'))).toMatchObject({ code: 'ticket.moveImpossible' });
});

test('an accepted return goes to another unit, whose clock starts anew; the citizen’s runs on untouched', () => {
  const now = at('2026-09-21T09:30:00');
  const decided = decide(
    'acceptReturn',
    { state: 'returned' },
    hotline('adjudicator'),
    { unitCode: 'water' },
    now,
  );
  if (decided.kind !== 'moved') return expect.fail(decided.code);
  const { change } = decided;
  expect(change).toMatchObject({
    state: 'dispatched',
    unitCode: 'water',
    dispatchedAt: now,
    closedAt: null,
    resumed: [],
  });
  expect(change.marks.map(({ clock, kind, level }) => `${clock} ${kind} ${level}`)).toEqual([
    'unit warning 50',
    'unit warning 80',
    'unit overdue 100',
    'stage sign 50',
    'stage sign 80',
    'stage sign 100',
    'stage contact 100',
  ]);
  expect(new Date(change.marks[2]?.dueAt ?? 0).toISOString()).toBe('2026-09-29T10:00:00.000Z');
  expect(
    decide('acceptReturn', { state: 'returned' }, hotline('adjudicator'), { unitCode: 'lighting' }),
  ).toMatchObject({
    code: 'ticket.sameUnit',
  });
});

test('a refused reply was none: the unit’s clock goes on; a rework and a reopening give it the whole time again', () => {
  expect(
    decide('refuseReply', { state: 'replyReview' }, hotline('reviewer'), { checklist: FAULTED }),
  ).toMatchObject({
    change: {
      event: { body: { checklist: FAULTED } },
      state: 'handling',
      marks: [],
      resumed: ['unit'],
      dispatchedAt: FRIDAY,
    },
  });
  const rework = decide('rework', { state: 'returnVisit' }, hotline('returnVisitor'));
  expect(rework).toMatchObject({ change: { state: 'handling', resumed: ['citizen'], unitCode: 'lighting' } });
  expect(rework.kind === 'moved' && rework.change.marks).toHaveLength(3);
  expect(decide('reopen', { state: 'closed' }, hotline('lead'))).toMatchObject({
    change: { state: 'handling', closedAt: null, resumed: ['citizen'] },
  });
  expect(decide('close', { state: 'returnVisit' }, hotline('lead'))).toMatchObject({ code: 'visit.unheard' });
  expect(decide('close', { state: 'returnVisit', heard: true }, hotline('lead'))).toMatchObject({
    change: { state: 'closed', closedAt: FRIDAY },
  });
});

test('the citizen’s clock is never started twice, by no move (invariant 7)', () => {
  for (const move of TICKET_MOVES) expect(clockEffectsOf(move).citizen).not.toBe('start');
});

test('each move takes its details and no others; a blank one is none', () => {
  for (const move of TICKET_MOVES) {
    const takes = detailsOf(move);
    const whole = Object.fromEntries(takes.map((field) => [field, 'x']));
    expect(detailFault(move, whole)).toBeNull();
    for (const field of takes) {
      expect(detailFault(move, { ...whole, [field]: ' ' })).toEqual({ code: 'ticket.detailMissing', field });
    }
    const stranger = takes.includes('reply') ? 'plan' : 'reply';
    expect(detailFault(move, { ...whole, [stranger]: 'x' })).toEqual({
      code: 'ticket.detailOutOfPlace',
      field: stranger,
    });
  }
});

test('the moves that stand open to somebody are exactly those that would not be refused him', () => {
  const people = [unit, hotline('lead'), hotline('reviewer'), { ...hotline('lead'), unitCode: 'lighting' }];
  for (const actor of people) {
    for (const state of ['dispatched', 'returned', 'replyReview', 'closed', 'archived'] as const) {
      const open = openMoves({ state, unitCode: 'lighting' }, actor).map(({ move }) => move);
      const granted = TICKET_MOVES.filter((move) => {
        const details = Object.fromEntries(detailsOf(move).map((field) => [field, 'other']));
        return decide(move, { state }, actor, { ...details, ...reviewed(move, state) }).kind === 'moved';
      });
      expect(open).toEqual(granted);
    }
  }
});

test('nobody is closed unvisited before he was tried enough, whichever way it is asked; who left no number cannot be', () => {
  const tried = { tries: 0, days: 0, dayParts: 0, enough: false };
  for (const state of ['returnVisit', 'reportedDone', 'replyReview'] as const) {
    const close = (on: Partial<MovingTicket>) =>
      decide('closeUnvisited', { state, ...on }, hotline('lead'), reviewed('closeUnvisited', state));
    expect(close({ tried })).toMatchObject({
      kind: 'refused',
      code: 'visit.tooFewAttempts',
      data: { tries: 0, state },
    });
    expect(close({}).kind).toBe('moved');
    expect(close({ tried, citizen: { name: '', number: '' } }).kind).toBe('moved');
  }
});

test('a refused return takes up the limit of the first contact again; an accepted one has a new one', () => {
  const returned = { state: 'returned' } as const;
  expect(decide('refuseReturn', returned, hotline('adjudicator'))).toMatchObject({
    change: { resumedStages: ['contact', 'handle'], marks: [] },
  });
  expect(decide('acceptReturn', returned, hotline('adjudicator'), { unitCode: 'water' })).toMatchObject({
    change: {
      resumedStages: [],
      marks: expect.arrayContaining([expect.objectContaining({ kind: 'contact' })]),
    },
  });
});

test('G6: his own word opens what was closed, within its days and once a result; no clock goes on before a person says that it was not done', () => {
  const system: Actor = { accountId: null, roles: ['system'], unitCode: null };
  const closed = { state: 'closed', closedAt: FRIDAY } as const;
  const decided = decide('dispute', closed, system);
  expect(decided).toMatchObject({
    change: {
      event: { fromState: 'closed', toState: 'disputed', body: { recheckBy: '2026-09-20' } },
      ...{ resumed: [], closedAt: FRIDAY, partsEnded: 'none' },
    },
  });
  expect(decided.kind === 'moved' && decided.change.marks.map(({ kind, level }) => [kind, level])).toEqual([
    ['recheck', 50],
    ['recheck', 80],
    ['recheck', 100],
  ]);
  expect(decide('dispute', { state: 'returnVisit' }, system).kind).toBe('moved');
  for (const person of [unit, hotline('agent'), hotline('lead')]) {
    expect(decide('dispute', closed, person)).toMatchObject({ code: 'ticket.moveForbidden' });
  }
  const late = at('2026-10-04T00:00:00');
  expect(decide('dispute', closed, system, {}, late - 1).kind).toBe('moved');
  expect(decide('dispute', closed, system, {}, late)).toMatchObject({ code: 'ticket.reopenTooLate' });
  expect(decide('dispute', { ...closed, disputed: true }, system)).toMatchObject({
    code: 'ticket.disputedBefore',
  });
  // Looked at and not borne out it is closed since it was, and not anew: the time to open it again does not begin once more.
  const disputed = { ...closed, state: 'disputed' } as const;
  const upheld = { advice: '已修复' };
  expect(decide('upholdResult', disputed, hotline('reviewer'), upheld, FRIDAY + 9)).toMatchObject({
    change: { state: 'closed', closedAt: closed.closedAt },
  });
  expect(decide('rework', disputed, hotline('reviewer'))).toMatchObject({ change: { closedAt: null } });
  // Disputed in its visit it is closed for the first time.
  const visited = { state: 'disputed', closedAt: null } as const;
  expect(decide('upholdResult', visited, hotline('reviewer'), upheld, FRIDAY + 9)).toMatchObject({
    change: { closedAt: FRIDAY + 9 },
  });
  // With no unit that could do it again it is given to one.
  const nobodys = { state: 'disputed', unitCode: null, dispatchedAt: null } as const;
  expect(decide('rework', nobodys, hotline('reviewer'))).toMatchObject({ code: 'ticket.noUnit' });
  expect(decide('coordinateAnyway', nobodys, hotline('dispatcher'), { unitCode: 'water' })).toMatchObject({
    change: { state: 'dispatched', unitCode: 'water', resumed: ['citizen'] },
  });
  expect(decide('rework', { state: 'disputed' }, hotline('reviewer'))).toMatchObject({
    change: { state: 'handling', resumed: ['citizen'], dispatchedAt: FRIDAY },
  });
  expect(
    decide('upholdResult', { state: 'disputed' }, hotline('reviewer'), { advice: '已修复' }),
  ).toMatchObject({ change: { state: 'closed', resumed: [], marks: [] } });
  // Invariant 9: whoever is of the unit decides nothing about it, whatever his roles.
  const insider: Actor = { accountId: 'x', roles: ['reviewer', 'lead'], unitCode: 'lighting' };
  for (const [move, details] of [
    ['rework', {}],
    ['upholdResult', { advice: '已修复' }],
  ] as const) {
    expect(decide(move, { state: 'disputed' }, insider, details)).toMatchObject({ code: 'ticket.ownUnit' });
  }
});

test('what the citizen is advised is sent to him and stands on a public page: it tells nobody’s person, and an office’s landline may stand', () => {
  for (const [move, state] of [
    ['declareOutOfScope', 'underReview'],
    ['upholdResult', 'disputed'],
  ] as const) {
    const advise = (advice: string) => decide(move, { state }, hotline('reviewer'), { advice });
    expect(advise('已电话联系王小明（13912345678），住3号楼502室')).toMatchObject({
      kind: 'refused',
      code: 'ticket.advicePersonal',
      data: { state, kinds: ['name', 'mobile', 'address'] },
    });
    expect(advise('请拨打供电公司0513-84110001或95598').kind).toBe('moved');
  }
});
