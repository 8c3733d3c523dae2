import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { USUAL_NOTICE_HOURS } from '../../../src/domain/deadlines/notice-hours.ts';
import { citizenText } from '../../../src/domain/messages/citizen-words.ts';
import { TEXT_MAX } from '../../../src/domain/messages/kinds.ts';
import { partNotices, recallNotice } from '../../../src/domain/messages/recall-notices.ts';
import {
  CITIZEN_STEPS,
  citizenStepOf,
  type ToldLine,
  type ToldTicket,
  tooLate,
} from '../../../src/domain/messages/ticket-steps.ts';
import { digestDay, digestText } from '../../../src/domain/messages/unit-digest.ts';
import { unitNotice } from '../../../src/domain/messages/unit-notices.ts';
import { TRANSITIONS } from '../../../src/domain/tickets/transitions.ts';

const SENDER = { municipality: '如东县', mainNumber: '12345' };
const AT = Date.parse('2026-11-25T02:00:00Z');
const line = (over: Partial<ToldLine> = {}): ToldLine => ({
  eventId: 'e',
  at: AT,
  type: 'register',
  fromState: null,
  toState: null,
  body: {},
  formerUnit: null,
  ...over,
});
const ticket = (over: Partial<ToldTicket> = {}): ToldTicket => ({
  number: 'RD20261125-0001',
  type: 'COMPLAINT',
  urgency: 'normal',
  confidential: false,
  anonymous: false,
  citizenNumber: '13912345678',
  unitCode: 'lighting',
  unitName: '路灯管理所',
  citizenDue: '12月2日',
  unitDue: '11月30日',
  provisional: false,
  reply: null,
  ...over,
});

test('before the program signs for it the unit is asked to; of the hotline’s own stages it learns nothing', () => {
  const warned = (stage: string, over: Partial<ToldTicket> = {}) =>
    unitNotice(
      line({ type: 'stageWarning', body: { clock: 'stage', stage, level: 50 } }),
      ticket(over),
      SENDER,
    );
  expect(warned('sign')).toEqual({
    kind: 'unitNudge',
    unitCode: 'lighting',
    text: '【如东县12345】工单RD20261125-0001尚未签收，逾时系统将自动签收，办理时限自派单起计算。请登录平台签收。',
  });
  expect(warned('sign', { urgency: 'urgent' })).toMatchObject({ kind: 'unitUrgent' });
  expect(warned('adjudicate')).toBeNull();
});

test('a citizen reads the number, the day, and who has it', () => {
  expect(citizenText('ticketAccepted', line(), ticket(), SENDER)).toBe(
    '【如东县12345】您好！您的诉求已受理，编号RD20261125-0001，将于12月2日前答复您。凭编号可拨打12345查询进度。',
  );
  expect(citizenText('ticketDispatched', line(), ticket({ provisional: true }), SENDER)).toBe(
    '【如东县12345】您好！您的诉求（编号RD20261125-0001）已转路灯管理所办理，预计12月2日前答复您。如有疑问请拨打12345。',
  );
});

test('every move of the table tells what the citizen would ask about, and nothing of what goes on inside', () => {
  const told = TRANSITIONS.flatMap(({ move, from }) => {
    const step = citizenStepOf(line({ type: move, fromState: from }));
    return step === null ? [] : [`${move} ${from}: ${step}`];
  });
  expect(told).toContain('closeUnvisited replyReview: ticketReplied');
  expect(told).toContain('closeUnvisited returnVisit: ticketClosed');
  expect(told).toContain('visit replyReview: ticketReplied');
  expect(told.join()).not.toMatch(/reviewReply|refuseReply|returnTicket|signFor|archive/);
});

test('a reporter’s telephone, and that of a confidential ticket, tells neither the unit nor the reply', () => {
  for (const hidden of [ticket({ type: 'REPORT' }), ticket({ confidential: true })]) {
    const full = { ...hidden, reply: '经查，某饭店已被查封' };
    for (const step of CITIZEN_STEPS) {
      const body = { advice: '请向某局举报', plan: '待某局勘察', reviewOn: '2026-12-01' };
      expect(citizenText(step, line({ body }), full, SENDER)).not.toMatch(/路灯|饭店|某局/);
    }
  }
});

test('whatever a unit replies, the message is one, whole and says where the rest is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 2000 }),
      fc.constantFrom(...CITIZEN_STEPS),
      (reply, step) => {
        const body = { advice: reply, plan: reply, reviewOn: '2026-12-01' };
        const text = citizenText(step, line({ body }), ticket({ reply }), SENDER);
        expect([...text].length).toBeLessThanOrEqual(TEXT_MAX);
        expect(text).toMatch(/^【如东县12345】.*12345.*。$/su);
      },
    ),
  );
});

test('a unit reads the number and its day, and never who the citizen is', () => {
  expect(unitNotice(line({ type: 'dispatch', body: { unitCode: 'lighting' } }), ticket(), SENDER)).toEqual({
    kind: 'unitWork',
    unitCode: 'lighting',
    text: '【如东县12345】工单RD20261125-0001已派至贵单位，请于11月30日前办结。请登录平台签收。',
  });
  const urgent = ticket({ urgency: 'urgent' });
  const late = line({ type: 'deadlineOverdue', body: { clock: 'unit', level: 100 } });
  expect(unitNotice(late, urgent, SENDER)).toMatchObject({ kind: 'unitUrgent' });
  expect(unitNotice(late, ticket(), SENDER)).toMatchObject({ kind: 'unitWork' });
  const warning = (level: number) => line({ type: 'deadlineWarning', body: { clock: 'unit', level } });
  expect(unitNotice(warning(80), ticket(), SENDER)).toMatchObject({ kind: 'unitWork' });
  // Half the time waits for the morning, but where it is urgent.
  expect(unitNotice(warning(50), ticket(), SENDER)).toBeNull();
  expect(unitNotice(warning(50), urgent, SENDER)).toMatchObject({ kind: 'unitUrgent' });
  const citizens = line({ type: 'deadlineOverdue', body: { clock: 'citizen', level: 100 } });
  expect(unitNotice(citizens, urgent, SENDER)).toBeNull();
  const order = line({ type: 'supervisionIssued', body: { unitCode: 'water', order: 'RDDB20261125-0001' } });
  expect(unitNotice(order, ticket(), SENDER)).toMatchObject({ kind: 'unitSupervision', unitCode: 'water' });
  const part = (kind: string) => line({ type: 'partAdded', body: { of: 'water', kind } });
  expect(unitNotice(part('assist'), ticket(), SENDER)).toMatchObject({ unitCode: 'water' });
  expect(unitNotice(part('sub'), ticket(), SENDER)).toBeNull();
  const moved = line({ type: 'handOver', body: { unitCode: 'water' }, formerUnit: 'lighting' });
  expect(recallNotice(moved, ticket(), SENDER)).toMatchObject({ kind: 'unitRecalled', unitCode: 'lighting' });
  expect(recallNotice({ ...moved, formerUnit: 'water' }, ticket(), SENDER)).toBeNull();
});

test('what is forced on a ticket is told: who has it now, who had it, and the citizen', () => {
  const forced = (fromState: string, toState: string, unitCode: string | null, formerUnit: string | null) =>
    line({ type: 'forced', fromState, toState, body: { askedBy: 'a', unitCode }, formerUnit });
  const told = (one: ToldLine) => [
    unitNotice(one, ticket({ unitCode: 'water' }), SENDER)?.text.slice(10) ?? null,
    recallNotice(one, ticket(), SENDER)?.unitCode ?? null,
    citizenStepOf(one),
  ];
  const given = '工单RD20261125-0001已派至贵单位，请于11月30日前办结。请登录平台签收。';
  expect(told(forced('handling', 'dispatched', 'water', 'lighting'))).toEqual([
    given,
    'lighting',
    'ticketDispatched',
  ]);
  expect(told(forced('registered', 'handling', 'water', null))).toEqual([given, null, 'ticketDispatched']);
  const stage = '工单RD20261125-0001已由热线调整为“办理中”，请于11月30日前办结。请登录平台查看。';
  expect(told(forced('reportedDone', 'handling', 'water', 'water'))).toEqual([stage, null, null]);
  expect(told(forced('archived', 'handling', 'water', 'water'))).toEqual([stage, null, 'ticketReworked']);
  expect(told(forced('handling', 'closed', 'water', 'water'))).toEqual([null, 'water', 'ticketClosed']);
  expect(told(forced('handling', 'registered', null, 'lighting'))).toEqual([null, 'lighting', null]);
  expect(told(forced('reportedDone', 'returnVisit', 'water', 'water'))).toEqual([
    null,
    null,
    'ticketReplied',
  ]);
  expect(told(forced('handling', 'withdrawn', 'water', 'water'))).toEqual([null, 'water', 'ticketWithdrawn']);
  expect(told(forced('registered', 'outOfScope', null, null))).toEqual([null, null, 'ticketAdvised']);
  expect(told(forced('handling', 'archived', 'water', 'water'))).toEqual([null, 'water', 'ticketClosed']);
  expect(told(forced('closed', 'archived', 'water', 'water'))).toEqual([null, null, null]);
});

test('what was forced is told as what it is: asked by no citizen, and its reply held against nothing', () => {
  const words = (toState: string) => {
    const one = line({ type: 'forced', fromState: 'handling', toState, body: { unitCode: 'water' } });
    const step = citizenStepOf(one) ?? expect.fail(toState);
    return citizenText(step, one, ticket({ reply: '已赔付王小明三千元。' }), SENDER);
  };
  expect(words('withdrawn')).toContain('已由热线终止办理');
  expect(words('withdrawn')).not.toContain('按您的要求');
  expect(words('outOfScope')).toContain('经热线复核，不属于本热线受理范围');
  expect(words('returnVisit')).toContain('热线将就办理情况回访您');
  // No reply is told by force: nobody held it against anything.
  for (const state of ['withdrawn', 'outOfScope', 'returnVisit']) expect(words(state)).not.toContain('赔付');
});

test('who helps learns that the ticket is over, each unit whose part it took back, and never who the citizen is', () => {
  const told = (type: string, over: Partial<ToldTicket> = {}) =>
    partNotices(line({ type, partUnits: ['water', 'power'] }), ticket(over), SENDER);
  expect(told('withdraw')).toEqual(
    ['water', 'power'].map((unitCode) => ({
      ...{ kind: 'unitRecalled', unitCode },
      text: '【如东县12345】工单RD20261125-0001已由诉求人撤回，请停止协办。',
    })),
  );
  expect(told('forced')[0]?.text).toContain('已由热线收回，请停止协办');
  expect(told('close', { confidential: true })[0]?.text).toContain('保密工单RD20261125-0001已结案');
  expect(partNotices(line({ type: 'withdraw' }), ticket(), SENDER)).toEqual([]);
});

test('yesterday’s news is no news', () => {
  expect(tooLate('ticketAccepted', line(), AT + 24 * 3_600_000)).toBe(false);
  expect(tooLate('ticketAccepted', line(), AT + 24 * 3_600_000 + 1)).toBe(true);
});

test('the morning message comes on working days alone, also on those that make up for a holiday', () => {
  const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
  const day = (at: string, hours = USUAL_NOTICE_HOURS) =>
    digestDay(Date.parse(`${at}+08:00`), calendar, hours);
  expect(day('2026-11-25T08:29:59')).toBeNull();
  expect(day('2026-11-25T08:30:00')).toBe('2026-11-25');
  expect(day('2026-11-25T12:00:00')).toBeNull();
  expect(day('2026-10-01T09:00:00')).toBeNull();
  expect(day('2026-11-28T09:00:00')).toBeNull();
  expect(day('2026-10-10T09:00:00')).toBe('2026-10-10');
  // Only in the hours of notice: where they begin later the message does.
  const late = { ...USUAL_NOTICE_HOURS, fromMinute: 14 * 60, toMinute: 16 * 60 };
  expect(day('2026-11-25T09:00:00', late)).toBeNull();
  expect(day('2026-11-25T14:00:00', late)).toBe('2026-11-25');
  expect(day('2026-11-25T16:00:00', late)).toBeNull();
});

test('a digest names the most pressing and counts the rest; nothing pressing, nothing written', () => {
  const numbers = ['1', '2', '3', '4', '5', '6'];
  const load = { unitCode: 'u', overdue: 0, past80: 0, past50: 0, numbers };
  expect(digestText({ ...load, overdue: 4, past80: 3, past50: 2 }, SENDER)).toBe(
    '【如东县12345】贵单位工单超期4件、时限已过八成3件、时限过半2件（1、2、3、4、5等），请抓紧办理。',
  );
  expect(digestText({ ...load, overdue: 1, numbers: ['1'] }, SENDER)).toBe(
    '【如东县12345】贵单位工单超期1件（1），请抓紧办理。',
  );
  expect(digestText({ ...load, numbers: [] }, SENDER)).toBeNull();
});

test('a unit is told that its citizen presses or adds, and never what he says; of what it gave back it is not', () => {
  const told = (type: string, body: object) =>
    unitNotice(line({ type, body: { ...body } }), ticket(), SENDER);
  expect(told('citizenUrged', { unitCode: 'lighting' })).toMatchObject({
    ...{ kind: 'unitWork', unitCode: 'lighting' },
    text: expect.stringContaining('诉求人催办，请于11月30日前办结'),
  });
  expect(told('citizenAdded', { unitCode: 'lighting' })?.text).toContain('补充了情况');
  expect(told('citizenUrged', {})).toBeNull();
  expect(told('citizenAdded', {})).toBeNull();
});
