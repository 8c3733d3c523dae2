import fc from 'fast-check';
import { expect, test } from 'vitest';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { applyChanges } from '../../../src/domain/hotlines/versions/apply-changes.ts';
import { describeInEnglish } from '../../../src/domain/hotlines/versions/change-english.ts';
import { diff } from '../../../src/domain/hotlines/versions/diff.ts';
import { approvalLevel, rate } from '../../../src/domain/hotlines/versions/risk.ts';
import { RISKS } from '../../../src/domain/hotlines/versions/risks.ts';
import {
  configurationOf,
  ordered,
  type RuleLine,
  type RuleSet,
} from '../../../src/domain/hotlines/versions/rule-set.ts';
import { AGENTS, anyRules, changing, line, queue, RULES, withLines } from './rule-sets.ts';

const words = (a: RuleSet, b: RuleSet): string[] => diff(a, b).map((change) => change.words);

test('a change is told in words and by its place', () => {
  const next = changing('12316', { mode: 'FORWARD', validTo: null });
  expect(diff(RULES, next)).toEqual([
    {
      kind: 'changed',
      place: { thing: 'line', key: '12316@2026-10-28' },
      field: 'mode',
      from: 'TRANSITION',
      to: 'FORWARD',
      words: '号码 12316（2026-10-28 起）归并方式由“短期过渡”改为“呼叫转移”',
    },
    {
      kind: 'changed',
      place: { thing: 'line', key: '12316@2026-10-28' },
      field: 'validTo',
      from: '2027-01-28',
      to: null,
      words: '号码 12316（2026-10-28 起）终止日期由“2027-01-28”改为（无）',
    },
  ]);
});

test('municipality, queues, lines, in this order; added and removed as a whole', () => {
  const next: RuleSet = {
    ...withLines(line('12328', 'FORWARD')),
    municipality: { ...RULES.municipality, name: '如东' },
    queues: [queue('general', { wrapUpMs: 45_000 }), queue('desk-new')],
  };
  expect(words(RULES, next)).toEqual([
    '本地的名称由“如东县”改为“如东”',
    '删除队列 desk-12369：desk-12369',
    '新增队列 desk-new：desk-new',
    '队列 general 的整理时长由 30 秒改为 45 秒',
    '新增号码 12328（2020-04-28 起）：热线12328，单位，呼叫转移',
  ]);
});

test('the same in English, whatever changed, with the words of those who wrote the rules as they wrote them', () => {
  const english = (a: RuleSet, b: RuleSet): string[] => diff(a, b).map(describeInEnglish);
  expect(english(RULES, changing('12316', { mode: 'FORWARD', validTo: null, afterEnd: 'goodbye' }))).toEqual([
    'Number 12316 (from 2026-10-28): mode from “Transition” to “Forwarded”',
    'Number 12316 (from 2026-10-28): last day from “2027-01-28” to (none)',
    'Number 12316 (from 2026-10-28): after its last day from “to a person” to “announcement, then the end”',
  ]);
  const next: RuleSet = {
    ...withLines(line('12328', 'MERGED')),
    municipality: { ...RULES.municipality, name: '如东' },
    queues: [
      queue('general', {
        ...{ wrapUpMs: 45_000, overflowUnstaffed: true, lastResort: 'message' },
        callback: USUAL_CALLBACK_RULE,
      }),
      queue('desk-new'),
    ],
  };
  expect(english(RULES, next)).toEqual([
    'Municipality: name from “如东县” to “如东”',
    'Queue desk-12369 removed: desk-12369',
    'Queue desk-new added: desk-new',
    'Queue general: overflow while nobody who can take the call is signed in from “no” to “yes”',
    'Queue general: wrap-up time from 30 s to 45 s',
    'Queue general: last resort from “wait on” to “leave a message”',
    'Queue general: queue callback from (none) to “offered after 60 s of waiting or at an estimate above 180 s, ' +
      'at most 3 calls back, valid for 240 min”',
    'Number 12328 (from 2020-04-28) added: 热线12328, 单位, Merged',
  ]);
});

test('a period that begins on another day is the same period, a second one is new', () => {
  expect(words(RULES, changing('12316', { validFrom: '2026-11-01' }))).toEqual([
    '号码 12316（2026-10-28 起）生效日期由“2026-10-28”改为“2026-11-01”',
  ]);
  expect(words(RULES, withLines(line('12316', 'FORWARD', { validFrom: '2027-01-29' })))).toEqual([
    '新增号码 12316（2027-01-29 起）：热线12316，单位，呼叫转移',
  ]);
});

test('the order of rows is no difference', () => {
  expect(
    diff(RULES, { ...RULES, lines: [...RULES.lines].reverse(), queues: [...RULES.queues].reverse() }),
  ).toEqual([]);
});

test('a plus the difference of a and b is b, and back, for any two rule sets', () => {
  fc.assert(
    fc.property(anyRules, anyRules, (a, b) => {
      expect(applyChanges(a, diff(a, b))).toEqual({ rules: ordered(b), conflicts: [] });
      expect(applyChanges(b, diff(b, a))).toEqual({ rules: ordered(a), conflicts: [] });
      // Made already: nothing more happens.
      expect(diff(a, a)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('two changes in different places are both made; in one place the second is a conflict and leaves the place alone', () => {
  const mine = diff(RULES, changing('12319', { queue: 'desk-12369', name: '城管' }));
  const other = changing('12369', { name: '环保' });
  expect(applyChanges(other, mine)).toEqual({
    rules: ordered({
      ...other,
      lines: other.lines.map((one) =>
        one.number === '12319' ? { ...one, queue: 'desk-12369', name: '城管' } : one,
      ),
    }),
    conflicts: [],
  });
  const sameField = changing('12319', { name: '城建' });
  expect(applyChanges(sameField, mine)).toEqual({ rules: ordered(sameField), conflicts: mine });
  const sameAlready = changing('12319', { name: '城管' });
  expect(applyChanges(sameAlready, mine).conflicts).toEqual([]);
});

const LISTED = [
  { number: '12388', name: '纪检监察举报', rule: 'two-approvers' as const },
  // An entry cannot weaken an emergency number.
  { number: '119', name: '消防', rule: 'two-approvers' as const },
];
const parallel = line('12366', 'PARALLEL', { unitNumber: '051384139005', trunk: 'carrier' });

test.each<[string, RuleSet, string, readonly string[], boolean?]>([
  ['a name', changing('12319', { name: '城管' }), 'ordinary', []],
  ['a new forwarding', withLines(line('12328', 'FORWARD')), 'ordinary', []],
  ['a mode between own desks', changing('12319', { mode: 'DEDICATED' }), 'ordinary', []],
  ['110', withLines(line('110', 'FORWARD')), 'forbidden', ['protected.never']],
  ['119 in another spelling', withLines(line('+86 513 119', 'FORWARD')), 'forbidden', ['protected.never']],
  ['an excluded number', withLines(line('12388', 'FORWARD')), 'twoApprovers', ['protected.excluded']],
  [
    'the main number',
    { ...RULES, municipality: { ...RULES.municipality, mainNumber: '12319' } },
    'second',
    ['main.number'],
  ],
  ['the main number’s queue', changing('12345', { queue: 'desk-12369' }), 'second', ['main.number']],
  ['the main number’s name', changing('12345', { name: '热线' }), 'ordinary', []],
  [
    'the general queue',
    { ...RULES, municipality: { ...RULES.municipality, generalQueue: 'desk-12369' } },
    'second',
    ['general.queue'],
  ],
  [
    'the area code',
    { ...RULES, municipality: { ...RULES.municipality, areaCode: '0512' } },
    'second',
    ['number.reading'],
  ],
  [
    'a line less',
    { ...RULES, lines: RULES.lines.filter(({ number }) => number !== '12319') },
    'second',
    ['line.removed'],
  ],
  ['a queue less', { ...RULES, queues: [queue('general')] }, 'second', ['queue.removed']],
  [
    'no overflow',
    { ...RULES, queues: [queue('general'), queue('desk-12369', { overflowQueue: null })] },
    'second',
    ['overflow.removed'],
  ],
  ['a desk by night', changing('12369', { queue: 'general' }), 'ordinary', []],
  ['a desk by day', changing('12369', { queue: 'general' }), 'second', ['desk.workingHours'], true],
  [
    'a desk’s queue by day',
    { ...RULES, queues: [queue('general'), queue('desk-12369', { ringTimeoutMs: 9_000 })] },
    'second',
    ['desk.workingHours'],
    true,
  ],
  ['a new parallel number', withLines(parallel), 'second', ['parallel.target']],
  ['another telephone', changing('12348', { unitNumber: '02088880000' }), 'second', ['parallel.target']],
  [
    'an extension',
    withLines(line('12316', 'TRANSITION', { validFrom: '2027-01-29', validTo: '2027-04-28' })),
    'second',
    ['transition.term'],
  ],
  [
    'a sub-centre',
    withLines(line('12393', 'SUBCENTER', { centreAddress: 'sip:12393@10.1.2.3', trunk: 'carrier' })),
    'second',
    ['centre.target'],
  ],
  ['a number cancelled', changing('12319', { mode: 'MERGED' }), 'second', ['number.cancelled']],
  ['a goodbye at the end', changing('12316', { afterEnd: 'goodbye' }), 'second', ['end.goodbye']],
  ['hours of a desk', changing('12369', { hours: '08:30-17:30 workdays' }), 'ordinary', []],
  [
    'hours of a desk, in working hours',
    changing('12369', { hours: '08:30-17:30 workdays' }),
    'second',
    ['desk.workingHours'],
    true,
  ],
  ['a transition cut short', changing('12316', { validTo: '2026-12-31' }), 'second', ['transition.term']],
])('%s: the risk is told', (_what, next, level, risks, workingHours = false) => {
  const rated = rate(RULES, diff(RULES, next), { listed: LISTED, workingHours });
  expect(approvalLevel(rated)).toBe(level);
  expect([...new Set(rated.flatMap((one) => one.risks))]).toEqual(risks);
});

test('codes of risks are unique', () => {
  expect(new Set(RISKS.map(({ code }) => code)).size).toBe(RISKS.length);
});

test('the rules and their configuration are two sides of one thing', () => {
  const configuration = configurationOf(RULES, { version: 7, publishedAt: '2026-11-23T00:00:00Z' }, AGENTS);
  expect(configuration).toMatchObject({ version: 7, agents: AGENTS, municipality: RULES.municipality });
  expect(configuration.lines[0]).not.toHaveProperty('basis');
  expect(configuration.lines.map(({ number }) => number)).toEqual(
    ordered(RULES).lines.map(({ number }) => number),
  );
});

test('ten thousand numbers, each changed, are compared, rated and applied', () => {
  const many = (more: Partial<RuleLine>) =>
    withLines(
      ...Array.from({ length: 10_000 }, (_, at) =>
        line(`0513${84_000_000 + at}`, 'TRANSITION', { validTo: '2027-01-28', ...more }),
      ),
    );
  const [before, after] = [many({}), many({ validTo: '2027-04-28' })];
  const changes = diff(before, after);
  expect(rate(before, changes, { listed: LISTED, workingHours: false }).length).toBe(10_000);
  expect(applyChanges(before, changes)).toEqual({ rules: ordered(after), conflicts: [] });
  expect(rate(RULES, diff(RULES, after), { listed: LISTED, workingHours: false }).length).toBe(10_000);
});
