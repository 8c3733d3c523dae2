import { expect, test } from 'vitest';
import { explainCall } from '../../../src/domain/hotlines/explain-call.ts';
import type { PathStep } from '../../../src/domain/hotlines/path-step.ts';
import type { CarrierCall } from '../../../src/domain/hotlines/recognise.ts';
import { type RecordedCall, replay } from '../../../src/domain/hotlines/replay.ts';
import { configurationOf, type RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { seatsNeeded, USUAL_HANDLING_MS } from '../../../src/domain/reporting/erlang.ts';
import { AGENTS, changing, line, moment, RULES, withLines } from './rule-sets.ts';

const NOW = Date.parse('2026-11-23T02:00:00Z');
const configuration = (rules: RuleSet) =>
  configurationOf(rules, { version: 1, publishedAt: '2026-11-23T00:00:00Z' }, AGENTS);
const call = (dialled: string, diversion: readonly string[] = []): CarrierCall => ({
  dialled,
  callerNumber: '13800138000',
  headers: { to: '', diversion, historyInfo: [] },
});
const path = (dialled: string, diversion: readonly string[] = [], rules = RULES) =>
  explainCall(configuration(rules), call(dialled, diversion), moment(NOW));

const chinese = ({ step, what, reason }: PathStep) => ({ step, what, reason });
const english = ({ english: { what, reason } }: PathStep): string => `${what} | ${reason}`;

test('a forwarded call is explained from the number to the desk', () => {
  const { steps, end, plan } = path('12345', ['<sip:+8651312369@carrier>;reason=unconditional']);
  expect(steps.map(chinese)).toEqual([
    { step: 'dialled', what: '被叫号码读作 12345', reason: '收到“12345”，区号 0513' },
    {
      step: 'recognised',
      what: '识别为 12369 热线12369',
      reason: 'Diversion 表明由 12369 转移而来（依据 Diversion，确定）',
    },
    {
      step: 'inForce',
      what: '按“专席受理”处理',
      reason: '2026-11-23，该号码的规则自 2020-04-28 至 长期',
    },
    { step: 'announced', what: '播放 greeting-dedicated', reason: '该归并方式的问候语' },
    {
      step: 'queued',
      what: '进入队列 desk-12369（desk-12369），话务员 1 名',
      reason: '专席受理号码，由专席受理',
    },
    { step: 'overflow', what: '同时在 general 寻找话务员，话务员 1 名', reason: '20 秒内无人接听' },
  ]);
  expect(steps.map(english)).toEqual([
    'dialled 12345 | “12345” came in, area code 0513',
    'recognised as 12369 热线12369 | Diversion shows that 12369 forwarded it (by Diversion, certain)',
    'handled as “Dedicated desk” | 2026-11-23: its rules hold from 2020-04-28 on',
    'plays greeting-dedicated | the greeting of this mode',
    'into queue desk-12369 (desk-12369), agents: 1 | a number with its own desk',
    'sought at general as well, agents: 1 | nobody answered within 20 s',
  ]);
  expect(end).toBe('queue desk-12369');
  expect(plan.recognition.line?.number).toBe('12369');
});

test('a chain of desks is drawn to its end, with what leads on sooner and what becomes of a call that nobody takes', () => {
  const desk = RULES.queues.find(({ code }) => code === 'desk-12369') ?? expect.unreachable();
  const night = { ...desk, code: 'night', name: '夜间席', overflowAfterMs: 40_000, overflowUnstaffed: true };
  const first = {
    ...{ ...desk, overflowQueue: 'night', overflowWaiting: 8, overflowLongestMs: 90_000 },
    ...({ lastResort: 'message', lastResortAfterMs: 300_000 } as const),
  };
  const others = RULES.queues.filter((one) => one !== desk);
  const { steps } = path('12345', ['<sip:+8651312369@carrier>;reason=unconditional'], {
    ...RULES,
    queues: [first, night, ...others],
  });
  expect(steps.slice(-3).map(chinese)).toEqual([
    {
      step: 'overflow',
      what: '同时在 night 寻找话务员，话务员 0 名',
      reason: '20 秒内无人接听，或已有 8 人等待，或队首已等待 90 秒',
    },
    {
      step: 'overflow',
      what: '同时在 general 寻找话务员，话务员 1 名',
      reason: '60 秒内无人接听，或无能受理的话务员签入',
    },
    { step: 'message', what: '请市民留言', reason: '300 秒内无人接听' },
  ]);
  expect(steps.slice(-3).map(english)).toEqual([
    'sought at night as well, agents: 0 | nobody answered within 20 s, or 8 wait already, or the first has waited for 90 s',
    'sought at general as well, agents: 1 | nobody answered within 60 s, or nobody who can take the call is signed in',
    'the caller is asked to leave a message | nobody answered within 300 s',
  ]);
});

test('a parallel number: the unit, and the way back', () => {
  const { steps, end } = path('12348');
  expect(end).toBe('unit 051384139001');
  expect(steps.map(({ step }) => step)).toEqual([
    'dialled',
    'recognised',
    'inForce',
    'announced',
    'unit',
    'return',
  ]);
  expect(steps[4]?.what).toBe('经中继 carrier 呼叫 051384139001，振铃 20 秒');
  expect(steps.slice(4).map(english)).toEqual([
    expect.stringMatching(
      /^rings 051384139001 through trunk carrier for 20 s \| parallel numbers: .+ is rung first$/,
    ),
    expect.stringMatching(
      /^into queue .+ \| back from the unit when it is busy, does not answer or refuses$/,
    ),
  ]);
});

test('what nobody can make sense of still ends at a person, and says why', () => {
  const { steps, end } = path('abc&x');
  expect(end).toBe('queue general');
  expect(steps.slice(0, 4).map(chinese)).toEqual([
    { step: 'dialled', what: '被叫号码无法读作号码', reason: '收到“abc&x”，区号 0513' },
    {
      step: 'recognised',
      what: '不是登记号码',
      reason: '被叫号码无法识别（含有非数字字符）（依据 无，确定）',
    },
    { step: 'inForce', what: '按“未登记”处理', reason: '2026-11-23，登记簿中没有该号码' },
    { step: 'anomaly', what: 'number.unregistered', reason: '被叫号码无法识别（含有非数字字符）' },
  ]);
  expect(steps.slice(1, 4).map(english)).toEqual([
    'not a registered number | what was dialled is no registered number (by nothing, certain)',
    'handled as “Not registered” | 2026-11-23: the register does not hold it',
    'number.unregistered | what was dialled is no registered number',
  ]);
});

test('a greeting of the number’s own is told apart', () => {
  const own = changing('12319', { greeting: 'own' });
  expect(path('12319', [], own).steps.find(({ step }) => step === 'announced')).toEqual({
    step: 'announced',
    what: '播放 own',
    reason: '该号码自有问候语',
    english: { what: 'plays own', reason: 'the greeting of this number' },
  });
});

const recorded = (id: string, at: string, dialled: string, handlingMs: number | null): RecordedCall => ({
  ...call(dialled),
  id,
  atMs: Date.parse(at),
  handlingMs,
  menu: null,
});
const OPTIONS = {
  moments: moment,
  seats: seatsNeeded,
  usualHandlingMs: USUAL_HANDLING_MS,
};

test('replaying tells which calls would go elsewhere, and what each desk would need', () => {
  const calls = [
    // 09 o'clock in China, one hour with three calls to the desk; the next day one.
    recorded('a', '2026-11-20T01:05:00Z', '12319', 100_000),
    recorded('b', '2026-11-20T01:15:00Z', '12319', 200_000),
    recorded('c', '2026-11-20T01:59:59Z', '12369', null),
    recorded('d', '2026-11-21T02:00:00Z', '12319', null),
    recorded('e', '2026-11-20T01:30:00Z', '12345', 240_000),
    recorded('f', '2026-11-20T01:31:00Z', '12348', 60_000),
  ];
  const draft = changing('12319', { mode: 'DEDICATED', queue: 'desk-12369' });
  const result = replay(calls, configuration(RULES), configuration(draft), OPTIONS);
  expect(result.calls).toBe(6);
  expect(result.moved).toEqual(
    ['a', 'b', 'd'].map((id) => ({
      id,
      atMs: calls.find((one) => one.id === id)?.atMs,
      line: '12319',
      from: 'queue general',
      to: 'queue desk-12369',
    })),
  );
  expect(result.movements).toEqual([{ from: 'queue general', to: 'queue desk-12369', calls: 3 }]);
  expect(result.desks.map(({ queue }) => queue)).toEqual(['desk-12369', 'general']);
  const [desk, general] = result.desks;
  expect(desk?.before).toMatchObject({ calls: 1, handlingMs: USUAL_HANDLING_MS });
  expect(desk?.after).toMatchObject({
    calls: 4,
    busiest: { hour: '2026-11-20 09', calls: 3 },
    handlingMs: 150_000,
    seatsNeeded: seatsNeeded({ callsPerHour: 3, handlingMs: 150_000 }),
  });
  expect(desk?.after.byHour[9]).toBe(3);
  expect(desk?.after.byHour[10]).toBe(1);
  expect(general?.before.calls).toBe(4);
  expect(general?.after).toMatchObject({ calls: 1, busiest: { hour: '2026-11-20 09', calls: 1 } });
});

test('a desk that loses all its calls needs nobody; a new one counts from nothing', () => {
  const calls = [recorded('c', '2026-11-20T01:59:59Z', '12369', 120_000)];
  const draft = changing('12369', { queue: 'general' });
  const { desks } = replay(calls, configuration(RULES), configuration(draft), OPTIONS);
  expect(desks.map(({ queue, before, after }) => [queue, before.seatsNeeded > 0, after.seatsNeeded])).toEqual(
    [
      ['desk-12369', true, 0],
      ['general', false, expect.any(Number)],
    ],
  );
});

test('calls that keep their place but hear something else are counted apart', () => {
  const calls = [recorded('a', '2026-11-20T01:05:00Z', '12319', null)];
  const result = replay(
    calls,
    configuration(RULES),
    configuration(changing('12319', { greeting: 'own' })),
    OPTIONS,
  );
  expect(result).toMatchObject({ moved: [], otherPrompts: 1 });
});

test('rules that begin later are tried with calls moved there by whole weeks', () => {
  const calls = [recorded('a', '2026-11-20T01:05:00Z', '12328', null)];
  const draft = withLines(line('12328', 'DEDICATED', { queue: 'desk-12369', validFrom: '2026-12-01' }));
  const moved = (laterMs: number) =>
    replay(calls, configuration(RULES), configuration(draft), { ...OPTIONS, laterMs }).moved.length;
  expect(moved(0)).toBe(0);
  expect(moved(14 * 86_400_000)).toBe(1);
});

test('the same rules move nothing', () => {
  const calls = [recorded('a', '2026-11-20T01:05:00Z', '12348', null)];
  expect(replay(calls, configuration(RULES), configuration(RULES), OPTIONS)).toEqual({
    calls: 1,
    moved: [],
    movements: [],
    otherPrompts: 0,
    withoutKeys: 0,
    ends: [
      { kind: 'queue', before: 0, after: 0 },
      { kind: 'unit', before: 1, after: 1 },
      { kind: 'centre', before: 0, after: 0 },
      { kind: 'message', before: 0, after: 0 },
      { kind: 'goodbye', before: 0, after: 0 },
    ],
    desks: [],
  });
});

test('calls that would end with another centre or a good-bye are counted', () => {
  const draft = changing('12348', {
    mode: 'SUBCENTER',
    unitNumber: null,
    centreAddress: 'sip:12348@10.1.2.3',
  });
  const ended = { ...draft, lines: draft.lines.map((one) => ({ ...one, afterEnd: 'goodbye' as const })) };
  const calls = [
    recorded('a', '2026-11-20T01:05:00Z', '12348', null),
    recorded('b', '2027-01-28T15:59:59Z', '12316', null),
    recorded('c', '2027-01-28T16:00:00Z', '12316', null),
  ];
  const { ends, movements } = replay(calls, configuration(RULES), configuration(ended), OPTIONS);
  expect(ends).toEqual([
    { kind: 'queue', before: 2, after: 1 },
    { kind: 'unit', before: 1, after: 0 },
    { kind: 'centre', before: 0, after: 1 },
    { kind: 'message', before: 0, after: 0 },
    { kind: 'goodbye', before: 0, after: 1 },
  ]);
  expect(movements).toEqual([
    { from: 'unit 051384139001', to: 'centre sip:12348@10.1.2.3', calls: 1 },
    { from: 'queue general', to: 'goodbye informed', calls: 1 },
  ]);
});
