import { expect, test } from 'vitest';
import { CONTACT_LEASE_MS, decideContact } from '../../../src/domain/callbacks/contact.ts';
import { draftCaseReport } from '../../../src/domain/tickets/case-report.ts';
import {
  decideInstruction,
  INSTRUCTION_MOVES,
  INSTRUCTION_STATES,
  type InstructionMove,
  type InstructionState,
} from '../../../src/domain/tickets/instruction.ts';
import {
  formFault,
  graverThan,
  INSTRUMENT_FORMS,
  INSTRUMENTS,
} from '../../../src/domain/tickets/supervision.ts';
import { type Actor, ROLES, type Role, SYSTEM } from '../../../src/domain/tickets/ticket.ts';

const actor = (role: Role, unitCode: string | null = null): Actor =>
  role === 'system' ? SYSTEM : { accountId: role, roles: [role], unitCode };

test('every edge of an instruction is walked by the roles that may and by nobody else, never by a unit’s own person', () => {
  for (const { move, from, to, by } of INSTRUCTION_MOVES) {
    for (const role of ROLES) {
      const may = (by as readonly Role[]).includes(role);
      const decided = decideInstruction({ move, from, actor: actor(role), words: '限期办结' });
      expect(decided).toEqual(may ? { to } : { refusal: 'instruction.moveForbidden' });
    }
    const ofUnit = decideInstruction({ move, from, actor: actor('supervisor', 'water'), words: '限期办结' });
    expect(ofUnit).toEqual({ refusal: 'instruction.ownUnit' });
    expect(decideInstruction({ move, from, actor: actor('lead'), words: ' ' })).toEqual({
      refusal: 'instruction.wordsMissing',
    });
  }
  for (const move of ['give', 'takeUp', 'report', 'sendBack', 'close'] as const) {
    for (const from of [null, ...INSTRUCTION_STATES]) {
      if (INSTRUCTION_MOVES.some((one) => one.move === move && one.from === from)) continue;
      expect(decideInstruction({ move, from, actor: actor('lead'), words: '限期办结' })).toEqual({
        refusal: 'instruction.moveImpossible',
      });
    }
  }
});

test('each of the five instruments has its form, and a graver one behind it until the circular', () => {
  for (const instrument of INSTRUMENTS) {
    for (const part of ['document', 'outcome'] as const) {
      const fields: readonly string[] = INSTRUMENT_FORMS[instrument][part];
      const whole = Object.fromEntries(fields.map((field) => [field, '内容']));
      expect(formFault(instrument, part, whole)).toBeNull();
      for (const field of fields) {
        expect(formFault(instrument, part, { ...whole, [field]: ' ' })).toEqual({ field, fault: 'missing' });
      }
      expect(formFault(instrument, part, { ...whole, other: '' })).toEqual({
        field: 'other',
        fault: 'unknown',
      });
    }
    const chain = [instrument];
    for (let next = graverThan(instrument); next !== null; next = graverThan(next)) chain.push(next);
    expect(chain.at(-1)).toBe('notice');
  }
});

test('one clerk has a citizen at a time, called no more than enough without a reason, and owes an outcome before the next', () => {
  const free = { accountId: 'one', nowMs: 1_000, held: null, owes: false, callsToday: 0, reason: '' };
  const granted = { kind: 'granted', untilMs: 1_000 + CONTACT_LEASE_MS };
  const refused = (code: string) => ({ kind: 'refused', code });
  expect(decideContact(free)).toEqual(granted);
  const other = { heldBy: 'two', untilMs: 2_000 };
  expect(decideContact({ ...free, held: other })).toEqual(refused('contact.held'));
  expect(decideContact({ ...free, held: { heldBy: null, untilMs: 2_000 } })).toEqual(refused('contact.held'));
  expect(decideContact({ ...free, held: { ...other, untilMs: 1_000 } })).toEqual(granted);
  expect(decideContact({ ...free, held: { heldBy: 'one', untilMs: 2_000 }, callsToday: 9 })).toEqual(granted);
  expect(decideContact({ ...free, owes: true })).toEqual(refused('contact.outcomeMissing'));
  expect(decideContact({ ...free, callsToday: 2 })).toEqual(refused('contact.tooOften'));
  expect(decideContact({ ...free, callsToday: 2, reason: '市民约定今晚再谈' })).toEqual(granted);
});

test('HM-14: the report says only what the time line says, each statement with its lines', () => {
  const at = (day: number) => new Date(Date.UTC(2014, 8, 1) + day * 86_400_000).toISOString();
  const line = (seq: number, type: string, day: number, reason = '') => ({
    seq,
    type,
    at: at(day),
    reason,
    actor: '张三',
  });
  const facts = {
    ...{ number: 'HM20140901-000001', title: '历史遗留问题', content: '道路损坏多年无人修', unit: null },
    acceptedAt: at(0),
    lines: [
      line(1, 'register', 0),
      line(2, 'dispatch', 0),
      line(3, 'returnTicket', 1, '历史遗留问题'),
      line(4, 'acceptReturn', 2, '转交通局'),
      line(5, 'returnTicket', 3, '非执法范围'),
      line(6, 'acceptReturn', 4, '转园区'),
    ],
    orders: [{ number: 'HMDB20141001-0001', demand: '限期办结', answer: null, state: 'issued' }],
    ...{ thread: null, precedents: [] },
  };
  const report = draftCaseReport(facts, Date.parse(at(1_048)));
  expect(report.kind).toBe('requestForInstruction');
  expect(report.grounds).toEqual(['repeated', 'unclearDuty']);
  expect(report.sources).toContainEqual({ statement: '派单、转办 3 次', seqs: [2, 4, 6] });
  expect(report.sources).toContainEqual({ statement: '退单 2 次', seqs: [3, 5] });
  expect(report.markdown).toContain('- 派单、转办 3 次[2][4][6]');
  expect(report.markdown).toContain('HMDB20141001-0001：限期办结；反馈：未反馈');
  const handedOver = [line(2, 'coordinateAnyway', 0), line(3, 'handOver', 1), line(4, 'handOver', 2)];
  const unclear = draftCaseReport(
    { ...facts, lines: [line(1, 'register', 0), ...handedOver] },
    Date.parse(at(3)),
  );
  expect(unclear.grounds).toEqual(['unclearDuty']);
  expect(unclear.sources).toContainEqual({ statement: '派单、转办 3 次', seqs: [2, 3, 4] });
  const quiet = draftCaseReport({ ...facts, lines: facts.lines.slice(0, 2) }, Date.parse(at(3)));
  expect(quiet).toMatchObject({ grounds: [], kind: 'report' });
  expect(quiet.markdown).toContain('## 先例\n\n无。');
  expect(quiet.markdown).not.toContain('历次反映');
});

test('HM-14: the matter’s other tickets over the years give the grounds, and what was decided before is quoted', () => {
  const facts = {
    ...{ number: 'HM20170710-000009', title: '挡土墙损坏房屋', content: '三年无人负责', unit: '交通局' },
    acceptedAt: '2017-07-10T02:00:00.000Z',
    lines: [{ seq: 1, type: 'register', at: '2017-07-10T02:00:00.000Z', reason: '', actor: null }],
    orders: [],
    thread: {
      ...{ number: 'CX20140915-000001', transfers: 3, reasons: ['transfers', 'repeats'] as const },
      tickets: [
        {
          number: 'HM20140915-000001',
          acceptedAt: '2014-09-15T02:00:00.000Z',
          unit: '园区',
          state: '已结案',
        },
        { number: 'HM20170710-000009', acceptedAt: '2017-07-10T02:00:00.000Z', unit: null, state: '已登记' },
      ],
    },
    precedents: [
      {
        ...{ number: 'HMCD20160301-0002', at: '2016-03-01T02:00:00.000Z', leadUnit: '住建局' },
        ...{ reason: '围墙属建设方。', ofThread: false },
      },
    ],
  };
  const report = draftCaseReport(facts, Date.parse('2017-07-15T02:00:00Z'));
  expect(report).toMatchObject({ grounds: ['repeated', 'unclearDuty'], kind: 'requestForInstruction' });
  expect(report.markdown).toContain('线索 CX20140915-000001，共转办 3 次。');
  expect(report.markdown).toContain('- 2014-09-15 工单 HM20140915-000001：园区（已结案）');
  expect(report.markdown).toContain('- 2017-07-10 工单 HM20170710-000009：未派单（已登记）');
  expect(report.markdown).toContain('- 裁定 HMCD20160301-0002（2016-03-01）：由住建局承办。围墙属建设方。');
});

test('a leader gives instructions and judges what came of them; what is done about them is others’ work', () => {
  const leader = { accountId: 'l', roles: ['leader'], unitCode: null } as const;
  const at = (move: InstructionMove, from: InstructionState | null) =>
    decideInstruction({ move, from, actor: leader, words: '请办好' });
  expect(at('give', null)).toEqual({ to: 'given' });
  expect(at('takeUp', 'given')).toEqual({ refusal: 'instruction.moveForbidden' });
  expect(at('report', 'underWay')).toEqual({ refusal: 'instruction.moveForbidden' });
  expect(at('sendBack', 'reported')).toEqual({ to: 'underWay' });
  expect(at('close', 'reported')).toEqual({ to: 'closed' });
});
