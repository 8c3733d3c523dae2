import { expect, test } from 'vitest';
import { MUNICIPALITY, PROTECTED_NUMBERS, QUEUES, UNITS } from '../../../src/app/sample/rudong.ts';
import { sampleLines } from '../../../src/app/sample/seed-sample.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { FINDINGS, type Finding, type LintContext } from '../../../src/domain/hotlines/lint/finding.ts';
import { errorCodes, lint } from '../../../src/domain/hotlines/lint/lint.ts';
import { MODE_FINDINGS } from '../../../src/domain/hotlines/lint/mode-findings.ts';
import type { RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { type Menu, prompt } from '../../../src/domain/ivr/menu.ts';
import { classicMenu } from '../../../src/domain/ivr/presets.ts';
import { PROMPTS as SPOKEN } from '../../../src/domain/ivr/prompts.ts';
import { BUILT_IN_PROMPTS, type PromptOnFile } from '../../../src/domain/ivr/spoken.ts';
import { AGENTS, agent, changing, line, queue, RULES, withLines } from './rule-sets.ts';
import { TRUNK_CASES } from './trunk-cases.ts';

const NOW = Date.parse('2026-11-23T02:00:00Z');
const PROMPTS = ['main', 'forwarded', 'dedicated', 'parallel'].map((mode) => `greeting-${mode}`);
const ALL_PROMPTS = [...PROMPTS, 'transition-notice', 'transition-ended', 'number-unregistered'];
const MENU_PROMPTS = Object.keys(SPOKEN).filter((name) => name.startsWith('menu-') || name === 'goodbye');
function onFile(
  names: readonly string[],
  durationsMs: Readonly<Record<string, number>> = {},
): ReadonlyMap<string, PromptOnFile> {
  const all = [...names, ...MENU_PROMPTS];
  return new Map(all.map((name) => [name, { durationMs: durationsMs[name] ?? 1_000, expiresAt: null }]));
}
const CONTEXT: LintContext = {
  nowMs: NOW,
  agents: AGENTS,
  listed: [{ number: '12388', name: '纪检监察举报', rule: 'two-approvers' }],
  units: ['unit'],
  trunks: ['carrier'],
  prompts: onFile(ALL_PROMPTS, { 'greeting-main': 4_000, 'transition-notice': 5_000 }),
  calendarYears: [2026, 2027],
};
const municipality = (more: Partial<RuleSet['municipality']>): RuleSet => ({
  ...RULES,
  municipality: { ...RULES.municipality, ...more },
});
const classic = classicMenu({ general: 'general' });
/** The rules with these menus, the first of them heard on 12319. */
const withMenu = (...menus: readonly Menu[]): RuleSet => ({
  ...changing('12319', { menu: menus[0]?.code ?? null }),
  menus,
});
const toLine = (number: string): Menu => ({
  ...classic,
  nodes: classic.nodes.map((node) => ({
    ...node,
    choices: node.choices.map((choice) =>
      choice.digits === '1' ? { ...choice, target: { kind: 'line', number } } : choice,
    ),
  })),
});
const queues = (...some: RuleSet['queues'][number][]): RuleSet => ({ ...RULES, queues: some });
const told = ({ code, severity, place }: Finding): string => {
  const at = [place.thing, place.key, place.field ?? ''].filter((one) => one !== '').join(' ');
  return `${severity} ${code}: ${at}`;
};

test('rules in order have no finding', () => {
  expect(lint(RULES, CONTEXT)).toEqual([]);
});

const SOME: readonly [string, RuleSet, Partial<LintContext>, readonly string[]][] = [
  [
    'a desk that can lose a call',
    queues(queue('general'), queue('desk-12369', { overflowQueue: null, overflowAfterMs: null })),
    { agents: [agent('1', 'general')] },
    ['error queue.losesCalls: queue desk-12369', 'warning desk.noAgent: line 12369@2020-04-28 queue'],
  ],
  [
    'a desk whose whole chain has nobody',
    queues(
      queue('general'),
      queue('desk-12369', { overflowQueue: 'night' }),
      queue('night', { overflowQueue: null, overflowAfterMs: null }),
    ),
    { agents: [agent('1', 'general')] },
    ['error queue.losesCalls: queue desk-12369', 'warning desk.noAgent: line 12369@2020-04-28 queue'],
  ],
  [
    'a desk whose chain ends at a person, two steps on',
    queues(queue('general'), queue('desk-12369', { overflowQueue: 'night' }), queue('night')),
    { agents: [agent('1', 'general')] },
    ['warning desk.noAgent: line 12369@2020-04-28 queue'],
  ],
  [
    'a skill that nobody on the chain has',
    queues(queue('general', { skills: 'en:3' }), queue('desk-12369', { skills: 'wu' })),
    {
      agents: [
        { ...agent('1', 'general'), skills: { en: 2 } },
        { ...agent('2', 'desk-12369'), skills: { en: 9 } },
      ],
    },
    ['error queue.losesCalls: queue general skills', 'error queue.losesCalls: queue desk-12369 skills'],
  ],
  [
    'a number whose callers only a colleague at the general desk understands, and one whom nobody does',
    {
      ...RULES,
      lines: RULES.lines.map((one) =>
        one.number === '12369'
          ? { ...one, skills: 'en' }
          : one.number === '12319'
            ? { ...one, skills: 'yue, en?' }
            : one,
      ),
    },
    { agents: [{ ...agent('1', 'general'), skills: { en: 1 } }, agent('2', 'desk-12369')] },
    ['error queue.losesCalls: line 12319@2020-04-28 skills'],
  ],
  [
    'skills that cannot be read, a preference that nobody meets, half a last resort',
    queues(
      queue('general', { skills: '英语' }),
      queue('desk-12369', { skills: 'wu?', lastResort: 'message', lastResortAfterMs: null }),
    ),
    {},
    [
      'error queue.lastResortIncomplete: queue desk-12369 lastResortAfterMs',
      'error skills.unreadable: queue general skills',
    ],
  ],
  [
    'people of employers that are not there, asked for by a desk and a number; one is only preferred',
    {
      ...queues(queue('general', { skills: '@platfrom?' }), queue('desk-12369', { skills: '@platform' })),
      lines: RULES.lines.map((one) => (one.number === '12319' ? { ...one, skills: '@gone, @gone?' } : one)),
    },
    { employers: ['platform'] },
    [
      'error queue.losesCalls: line 12319@2020-04-28 skills',
      'warning skills.employerUnknown: queue general skills',
      'warning skills.employerUnknown: line 12319@2020-04-28 skills',
    ],
  ],
  [
    'a place that is told all the time, words for it that are not there, a callback by the estimate alone',
    queues(
      queue('general', { tellsPlace: true, placeEveryMs: 20_000 }),
      queue('desk-12369', { callback: { ...USUAL_CALLBACK_RULE, afterWaitMs: null } }),
    ),
    {},
    [
      'warning queue.placeTooOften: queue general placeEveryMs',
      'warning queue.placeUntold: queue general tellsPlace',
      'notice queue.estimateUnused: queue desk-12369 callback',
    ],
  ],
  [
    'a place that is told without a pause',
    queues(queue('general', { placeEveryMs: 14_999 }), queue('desk-12369')),
    {},
    ['error queue.time: queue general placeEveryMs'],
  ],
  [
    'a place that every instance can tell',
    queues(queue('general', { tellsPlace: true }), queue('desk-12369')),
    { prompts: new Map([...onFile(ALL_PROMPTS), ...BUILT_IN_PROMPTS]) },
    [],
  ],
  [
    'a general desk without anybody',
    RULES,
    { agents: [agent('5', 'desk-12369')] },
    ['error queue.losesCalls: queue general'],
  ],
  [
    'a desk without an agent that overflows',
    RULES,
    { agents: [agent('1', 'general')] },
    ['warning desk.noAgent: line 12369@2020-04-28 queue'],
  ],
  [
    'an overflow in a circle',
    queues(queue('general', { overflowQueue: 'desk-12369', overflowAfterMs: 1 }), queue('desk-12369')),
    {},
    [
      'error queue.overflowCycle: queue general overflowQueue',
      'error queue.overflowCycle: queue desk-12369 overflowQueue',
    ],
  ],
  [
    'an overflow nowhere',
    queues(queue('general'), queue('desk-12369', { overflowQueue: 'gone' })),
    {},
    ['error queue.overflowUnknown: queue desk-12369 overflowQueue'],
  ],
  [
    'an overflow without its time',
    queues(queue('general'), queue('desk-12369', { overflowAfterMs: null })),
    {},
    ['error queue.overflowIncomplete: queue desk-12369'],
  ],
  [
    'a queue twice, times that cannot be',
    queues(queue('general'), queue('desk-12369', { ringTimeoutMs: 0, wrapUpMs: -1 }), queue('desk-12369')),
    {},
    [
      'error queue.time: queue desk-12369 ringTimeoutMs',
      'error queue.time: queue desk-12369 wrapUpMs',
      'error queue.duplicate: queue desk-12369',
    ],
  ],
  [
    'kept for the case owner longer than twenty seconds',
    queues(queue('general', { ownerFirstMs: 20_000 }), queue('desk-12369', { ownerFirstMs: 20_001 })),
    {},
    ['error queue.ownerFirstLong: queue desk-12369 ownerFirstMs'],
  ],
  [
    'as long as the rules in force say already, and longer than they',
    queues(queue('general', { ownerFirstMs: 45_000 }), queue('desk-12369', { ownerFirstMs: 60_000 })),
    {
      queuesInForce: [
        queue('general', { ownerFirstMs: 45_000 }),
        queue('desk-12369', { ownerFirstMs: 45_000 }),
      ],
    },
    [
      'error queue.ownerFirstLong: queue desk-12369 ownerFirstMs',
      'warning queue.ownerFirstLong: queue general ownerFirstMs',
    ],
  ],
  ['a queue for nobody', queues(...RULES.queues, queue('spare')), {}, ['notice queue.unused: queue spare']],
  [
    'queues that do not exist',
    {
      ...changing('12319', { queue: 'gone' }),
      municipality: { ...RULES.municipality, generalQueue: 'none' },
    },
    {},
    ['error queue.unknown: municipality generalQueue', 'error queue.unknown: line 12319@2020-04-28 queue'],
  ],
  [
    'a number in two rules',
    withLines(line('12319', 'FORWARD', { validFrom: '2027-01-01' })),
    {},
    ['error line.overlap: line 12319@2027-01-01'],
  ],
  [
    'a number in two rules, in another spelling',
    withLines(line('051312319', 'FORWARD', { validFrom: '2027-01-01' })),
    {},
    [
      'error number.shadowed: line 051312319@2027-01-01 number',
      'notice number.spelling: line 051312319@2027-01-01 number',
    ],
  ],
  [
    'a transition that ended, nothing following',
    changing('12316', { validFrom: '2020-04-28', validTo: '2020-07-28' }),
    {},
    ['warning transition.ended: line 12316@2020-04-28 validTo'],
  ],
  [
    'a forwarding that ended',
    changing('12319', { validTo: '2026-11-22' }),
    {},
    ['notice line.ended: line 12319@2020-04-28 validTo'],
  ],
  [
    'a transition without an end',
    changing('12316', { validTo: null }),
    {},
    ['error transition.noEnd: line 12316@2026-10-28 validTo'],
  ],
  [
    'a transition of another term',
    changing('12316', { validTo: '2027-03-31' }),
    {},
    ['notice transition.term: line 12316@2026-10-28 validTo'],
  ],
  [
    'days that are none, a period that ends before it begins',
    {
      ...withLines(line('12328', 'FORWARD', { validFrom: '2026-02-30' })),
      queues: RULES.queues,
      lines: [
        ...changing('12319', { validTo: '2020-01-01' }).lines,
        line('12328', 'FORWARD', { validFrom: '2026-02-30' }),
      ],
    },
    {},
    [
      'error period.empty: line 12319@2020-04-28 validTo',
      'error date.invalid: line 12328@2026-02-30 validFrom',
      'notice line.ended: line 12319@2020-04-28 validTo',
    ],
  ],
  [
    'a dedicated number without a desk of its own',
    changing('12369', { queue: 'general' }),
    {},
    ['notice queue.unused: queue desk-12369', 'notice desk.general: line 12369@2020-04-28 queue'],
  ],
  [
    'a number that can never match',
    withLines(line('12ab', 'FORWARD'), line('12', 'FORWARD')),
    {},
    [
      'error number.unmatchable: line 12ab@2020-04-28 number',
      'error number.unmatchable: line 12@2020-04-28 number',
    ],
  ],
  [
    'emergency numbers and excluded ones',
    withLines(line('110', 'FORWARD'), line('12388', 'FORWARD')),
    {},
    [
      'error protected.never: line 110@2020-04-28 number',
      'warning protected.twoApprovers: line 12388@2020-04-28 number',
    ],
  ],
  [
    'an excluded number that two persons approved',
    withLines(line('12388', 'FORWARD')),
    { approvedNumbers: ['12388'] },
    [],
  ],
  [
    'a parallel number without a telephone',
    changing('12348', { unitNumber: null }),
    {},
    ['error parallel.incomplete: line 12348@2020-04-28 unitNumber'],
  ],
  [
    'a parallel number without a trunk',
    changing('12348', { trunk: null }),
    {},
    ['error parallel.incomplete: line 12348@2020-04-28 trunk'],
  ],
  [
    'a unit telephone that is ours',
    changing('12348', { unitNumber: '+86 513 12319', trunk: 'other' }),
    {},
    [
      'error trunk.unknown: line 12348@2020-04-28 trunk',
      'error parallel.ringsBack: line 12348@2020-04-28 unitNumber',
    ],
  ],
  [
    'a unit telephone that is the number itself',
    changing('12348', { unitNumber: '12348' }),
    {},
    ['error parallel.ringsBack: line 12348@2020-04-28 unitNumber'],
  ],
  [
    'a unit telephone that is 120',
    changing('12348', { unitNumber: '120' }),
    {},
    ['error parallel.emergency: line 12348@2020-04-28 unitNumber'],
  ],
  [
    'a unit telephone that is none',
    changing('12348', { unitNumber: 'office' }),
    {},
    ['error parallel.unmatchable: line 12348@2020-04-28 unitNumber'],
  ],
  [
    'an unknown unit',
    changing('12319', { unitCode: 'nobody', unitName: '某局' }),
    {},
    ['error unit.unknown: line 12319@2020-04-28 unitCode'],
  ],
  [
    'prompts that are missing, each told once',
    withLines(line('12328', 'FORWARD', { greeting: 'own' }), line('12336', 'FORWARD', { greeting: 'own' })),
    { prompts: onFile([...PROMPTS, 'transition-notice', 'transition-ended']) },
    ['error prompt.missing: municipality', 'error prompt.missing: line 12328@2020-04-28 greeting'],
  ],
  [
    'a long greeting, and too much before a person',
    RULES,
    {
      prompts: onFile(ALL_PROMPTS, {
        'greeting-forwarded': 5_001,
        'greeting-main': 5_000,
        'transition-notice': 4_001,
      }),
    },
    [
      'warning greeting.long: line 12319@2020-04-28 greeting',
      'warning greeting.beforePerson: line 12316@2026-10-28 greeting',
    ],
  ],
  [
    'a greeting and a menu that are short, and together too long',
    withMenu(classic),
    { prompts: onFile(ALL_PROMPTS, { 'greeting-forwarded': 4_500, 'menu-person': 4_501 }) },
    ['warning greeting.beforePerson: line 12319@2020-04-28 menu'],
  ],
  [
    'together just short enough',
    withMenu(classic),
    { prompts: onFile(ALL_PROMPTS, { 'greeting-forwarded': 4_500, 'menu-person': 4_500 }) },
    [],
  ],
  [
    'a calendar that ends before the rule does',
    RULES,
    { calendarYears: [2026] },
    ['warning calendar.ends: line 12316@2026-10-28 validTo'],
  ],
  [
    'a rule that ends in 9999: the next year to be entered, and no more',
    changing('12319', { validTo: '9999-12-31' }),
    { calendarYears: [2026, 2027] },
    ['warning calendar.ends: line 12319@2020-04-28 validTo'],
  ],
  [
    'a year that is announced and not entered is told once, where a rule reaches into it',
    RULES,
    { calendarYears: [2026], calendarDue: [2027] },
    ['warning calendar.ends: line 12316@2026-10-28 validTo'],
  ],
  [
    'a year that is announced and not entered, and no rule that ends',
    RULES,
    { calendarYears: [2026, 2027], calendarDue: [2028] },
    ['warning calendar.ends: municipality'],
  ],
  ['a calendar that is over', RULES, { calendarYears: [2027] }, ['warning calendar.ends: municipality']],
  [
    'no time zone',
    municipality({ timeZone: 'Asia/Rudong' }),
    {},
    ['error zone.invalid: municipality timeZone'],
  ],
  ['no area code', municipality({ areaCode: '513' }), {}, ['error area.invalid: municipality areaCode']],
  [
    'a main number that is no MAIN line',
    municipality({ mainNumber: '12319' }),
    {},
    ['error main.other: line 12345@2020-04-28 mode', 'error main.missing: municipality mainNumber'],
  ],
  [
    'a main number that ends',
    changing('12345', { validTo: '2027-01-01' }),
    {},
    ['error main.missing: municipality mainNumber'],
  ],
  ...TRUNK_CASES,
  [
    'a number that names no menu, and a menu that no number names',
    { ...changing('12319', { menu: 'nowhere' }), menus: [classic] },
    {},
    ['error menu.unknown: line 12319@2020-04-28 menu', 'notice menu.unused: menu classic-menu'],
  ],
  ['a menu that stands twice', withMenu(classic, classic), {}, ['error menu.duplicate: menu classic-menu']],
  [
    'two menus that would speak one prompt in two ways',
    {
      ...withMenu(
        { ...classic, texts: { 'menu-person': '人工服务请按0。' } },
        { ...classic, code: 'other', texts: { 'menu-person': '人工请按零。' } },
      ),
      lines: [...withMenu(classic).lines, line('12320', 'FORWARD', { menu: 'other' })],
    },
    {},
    ['error menu.textTwice: menu other texts/menu-person'],
  ],
  [
    'a menu whose key leads to a number that is not registered, or is over',
    withMenu(toLine('12328')),
    {},
    ['error menu.unknownTarget: menu classic-menu nodes/start/choices/1'],
  ],
  [
    'a menu whose key leads to a number that comes back to it, or has another',
    {
      ...withMenu(toLine('12319'), { ...toLine('051312319'), code: 'other' }),
      lines: [...withMenu(classic).lines, line('12320', 'FORWARD', { menu: 'other' })],
    },
    {},
    [
      'warning menu.lineLoop: menu classic-menu nodes/start',
      'notice menu.lineHasMenu: menu other nodes/start',
    ],
  ],
  [
    'a menu that rings outside through a trunk that the rules do not have',
    withMenu({
      ...classic,
      nodes: classic.nodes.map((node) => ({
        ...node,
        exit: { kind: 'number', number: '051384139001', trunk: 'nowhere', returnQueue: 'general' },
      })),
    }),
    {},
    ['error menu.unknownTarget: menu classic-menu nodes/start/exit'],
  ],
  [
    'a menu that leads to a queue where nobody answers',
    {
      ...withMenu(classicMenu({ general: 'general', help: 'empty' })),
      queues: [...RULES.queues, queue('empty', { overflowQueue: null, overflowAfterMs: null })],
    },
    {},
    ['error queue.losesCalls: queue empty'],
  ],
  [
    'a menu whose texts nobody has spoken yet, and one whose text is missing',
    withMenu({
      ...classic,
      nodes: classic.nodes.map((node) => ({ ...node, prompts: [prompt('hello'), ...node.prompts] })),
      texts: { hello: '您好。' },
    }),
    {},
    [],
  ],
  [
    'a greeting that is over, and one that ends before its rule',
    {
      ...RULES,
      lines: RULES.lines.map((one) =>
        one.number === '12319'
          ? { ...one, greeting: 'over' }
          : one.number === '12316'
            ? { ...one, greeting: 'ending' }
            : one,
      ),
    },
    {
      prompts: new Map([
        ...onFile(ALL_PROMPTS),
        ['over', { durationMs: 1_000, expiresAt: '2026-11-23T00:00:00+08:00' }],
        ['ending', { durationMs: 1_000, expiresAt: '2027-01-28T00:00:00+08:00' }],
      ]),
    },
    [
      'warning prompt.expired: line 12319@2020-04-28 greeting',
      'warning prompt.expiresFirst: line 12316@2026-10-28 greeting',
    ],
  ],
];

test.each(SOME)('%s', (_what, rules, more, expected) => {
  expect(lint(rules, { ...CONTEXT, ...more }).map(told)).toEqual(expected);
});

test('every code of the linter is met by a case above, or in lint-modes', () => {
  const met = SOME.flatMap(([, , , findings]) => findings.map((one) => one.split(' ')[1]?.replace(':', '')));
  expect(Object.keys(FINDINGS).filter((code) => !met.includes(code) && !(code in MODE_FINDINGS))).toEqual([]);
});

test('each finding says what is wrong and how it is mended, in both languages', () => {
  const [found] = lint(changing('12319', { queue: 'gone' }), CONTEXT);
  expect(found).toEqual({
    code: 'queue.unknown',
    severity: 'error',
    place: { thing: 'line', key: '12319@2020-04-28', field: 'queue' },
    message: { zh: '号码 12319 的队列 gone 不存在', en: '12319 leads to gone, no queue' },
    cure: { zh: '新建该队列，或选择已有队列', en: 'set the queue up, or choose another' },
  });
});

test('a follow-up period quiets the end of a transition', () => {
  const rules = changing('12316', { validFrom: '2020-04-28', validTo: '2020-07-28' });
  const followed = {
    ...rules,
    lines: [...rules.lines, line('12316', 'FORWARD', { validFrom: '2026-01-01' })],
  };
  expect(lint(followed, CONTEXT)).toEqual([]);
});

test('the sample municipality passes; its two ended transitions are told', () => {
  const rules: RuleSet = {
    ...RULES,
    municipality: MUNICIPALITY,
    lines: sampleLines(NOW, 'carrier').map((one) => ({ ...one, unitName: one.unitCode, area: '' })),
    queues: QUEUES,
  };
  const findings = lint(rules, {
    nowMs: NOW,
    agents: QUEUES.map(({ code }, at) => agent(`${at}`, code)),
    listed: PROTECTED_NUMBERS,
    units: UNITS.map(({ code }) => code),
    trunks: ['carrier'],
  });
  expect(errorCodes(findings)).toEqual([]);
  expect(findings.map(told)).toEqual([
    'warning transition.ended: line 051384110001@2020-04-28 validTo',
    'warning transition.ended: line 051384110002@2020-04-28 validTo',
  ]);
});

test('ten thousand numbers are looked through, and nothing is found', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => line(`0513${84_000_000 + at}`, 'FORWARD'));
  expect(lint(withLines(...many), CONTEXT)).toEqual([]);
});
