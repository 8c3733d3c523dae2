import { expect, test } from 'vitest';
import type { Finding } from '../../../src/domain/hotlines/lint/finding.ts';
import type { DeskLoad, Replay } from '../../../src/domain/hotlines/replay.ts';
import { diff } from '../../../src/domain/hotlines/versions/diff.ts';
import {
  IMPACT_CHECKS,
  type ImpactCheckCode,
  type ImpactFacts,
  judgeImpact,
} from '../../../src/domain/hotlines/versions/impact.ts';
import { rate } from '../../../src/domain/hotlines/versions/risk.ts';
import type { RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { line, RULES } from './rule-sets.ts';

const changesTo = (rules: RuleSet) => rate(RULES, diff(RULES, rules), { listed: [], workingHours: false });
const HARMLESS = changesTo({ ...RULES, lines: [...RULES.lines, line('12320', 'FORWARD')] });
const RISKY = changesTo({ ...RULES, lines: RULES.lines.filter(({ number }) => number !== '12319') });
const FORBIDDEN = changesTo({ ...RULES, lines: [...RULES.lines, line('110', 'FORWARD')] });

const load = (seatsNeeded: number): DeskLoad => ({
  calls: 10,
  byHour: [],
  busiest: null,
  handlingMs: 1,
  seatsNeeded,
});
const replay = (over: Partial<Replay> = {}): Replay => ({
  calls: 100,
  moved: [],
  movements: [],
  ends: [],
  otherPrompts: 0,
  withoutKeys: 0,
  desks: [{ queue: 'general', before: load(3), after: load(3) }],
  ...over,
});
const facts = (over: Partial<ImpactFacts> = {}): ImpactFacts => ({
  changes: HARMLESS,
  approvals: 0,
  baseMoved: false,
  findings: [],
  replayed: { days: 30, replay: replay() },
  agentsOf: () => 5,
  desksWithoutAgents: [],
  knowledge: [{ number: '12319', entries: 12, uncovered: [], inVain: [] }],
  tasks: { open: 2, touched: 0, withdrawn: 0 },
  ...over,
});
const finding = (severity: Finding['severity']): Finding => ({
  code: 'line.ended',
  severity,
  place: { thing: 'line', key: 'x', field: null },
  message: { zh: '', en: '' },
  cure: { zh: '', en: '' },
});
const check = (code: ImpactCheckCode, over: Partial<ImpactFacts>) =>
  judgeImpact(facts(over)).checks.find((one) => one.code === code);

test('a harmless change passes every check, each told in two languages', () => {
  const verdict = judgeImpact(facts());
  expect(verdict.outcome).toBe('pass');
  expect(verdict.checks.map(({ code }) => code)).toEqual(IMPACT_CHECKS);
  for (const { zh, en } of [verdict.words, ...verdict.checks]) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
  }
});

test('what stops a publication is counted in the verdict', () => {
  const verdict = judgeImpact(facts({ findings: [finding('error')], baseMoved: true }));
  expect(verdict).toMatchObject({
    outcome: 'stop',
    words: { zh: '不能发布，须先解决 2 项', en: expect.stringContaining('2 points') },
  });
  expect(judgeImpact(facts({ changes: FORBIDDEN })).outcome).toBe('stop');
});

test('a risky change asks for the persons that are missing, and no more when they approved', () => {
  expect(check('approval', { changes: RISKY })).toMatchObject({
    outcome: 'attention',
    zh: '有风险的修改，须 1 名他人复核，已有 0 名',
  });
  expect(check('approval', { changes: RISKY, approvals: 1 })?.outcome).toBe('pass');
});

test('calls that go elsewhere, none to try with, or too many', () => {
  const moved = [{ id: 'a', atMs: 0, line: null, from: 'queue general', to: 'unit 1' }] as Replay['moved'];
  expect(check('calls', { replayed: { days: 30, replay: replay({ moved }) } })).toMatchObject({
    outcome: 'attention',
    zh: '最近 30 日 100 个来电中，1 个去向改变，0 个提示语改变',
  });
  expect(check('calls', { replayed: { days: 30, replay: replay({ calls: 0 }) } })?.outcome).toBe('attention');
  expect(check('calls', { replayed: null })?.outcome).toBe('attention');
});

test('a desk that will need more seats than it has agents is named; one that already did is not news', () => {
  const desks = [{ queue: 'desk-12369', before: load(2), after: load(7) }];
  expect(check('seats', { replayed: { days: 7, replay: replay({ desks }) } })).toMatchObject({
    outcome: 'attention',
    en: 'Too few seats: desk-12369 needs 7, has 5',
  });
  const known = [{ queue: 'desk-12369', before: load(7), after: load(7) }];
  expect(check('seats', { replayed: { days: 7, replay: replay({ desks: known }) } })?.outcome).toBe('pass');
});

test('warnings, desks without agents, tasks of the changed numbers and no change at all want attention', () => {
  expect(check('lint', { findings: [finding('warning')] })?.outcome).toBe('attention');
  expect(check('lint', { findings: [finding('notice')] })?.outcome).toBe('pass');
  expect(check('agents', { desksWithoutAgents: ['desk-water'] })?.zh).toContain('desk-water');
  expect(check('tasks', { tasks: { open: 3, touched: 2, withdrawn: 2 } })?.outcome).toBe('attention');
  expect(judgeImpact(facts({ changes: [] })).words.en).toContain('1 point first');
});

test('what agents could not answer of a line that comes is said: no entry, matters without one, questions in vain', () => {
  const gap = {
    number: '12319',
    entries: 0,
    uncovered: [{ code: 'urban.parking', name: '停车管理', tickets: 9 }],
    inVain: [{ words: '车位', times: 3 }],
  };
  expect(check('knowledge', { knowledge: [gap] })).toMatchObject({
    outcome: 'attention',
    zh: '知识库缺口：12319 有 0 条，缺 停车管理，1 种问法查不到',
  });
  expect(check('knowledge', { knowledge: [] })?.outcome).toBe('pass');
});
