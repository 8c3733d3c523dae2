import { describe, expect, test } from 'vitest';
import { FINDINGS, type Finding, type LintContext } from '../../../src/domain/hotlines/lint/finding.ts';
import { lint } from '../../../src/domain/hotlines/lint/lint.ts';
import { MODE_FINDINGS } from '../../../src/domain/hotlines/lint/mode-findings.ts';
import type { RuleLine } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { AGENTS, changing, line, withLines } from './rule-sets.ts';

const CONTEXT: LintContext = { nowMs: Date.parse('2026-11-23T10:00:00+08:00'), agents: AGENTS, listed: [] };
const met = new Set<string>();
const told = (rules: Parameters<typeof lint>[0], more: Partial<LintContext> = {}): string[] =>
  lint(rules, { ...CONTEXT, ...more }).map(({ severity, code, place: { key, field } }: Finding) => {
    met.add(code);
    return `${severity} ${code} ${key} ${field}`;
  });
const desk = (hours: string, more: Partial<RuleLine> = {}) => changing('12369', { hours, ...more });
const DESK = '12369@2020-04-28';
const centre = (more: Partial<RuleLine> = {}) =>
  withLines(line('12366', 'SUBCENTER', { trunk: 'carrier', centreAddress: 'sip:800@10.1.2.3', ...more }));
const CENTRE = '12366@2020-04-28';

test('every new finding says what is wrong and the cure, in Chinese and English', () => {
  const [finding] = lint(desk('上班时间'), CONTEXT);
  expect(finding).toMatchObject({
    message: {
      zh: expect.stringContaining('“上班时间”无法识别'),
      en: expect.stringContaining('“上班时间” of 12369'),
    },
    cure: { zh: FINDINGS['hours.unreadable'][1], en: FINDINGS['hours.unreadable'][2] },
  });
});

describe('hours', () => {
  test.each([
    ['08:30-17:30 workdays', []],
    ['22:00-06:00', []],
    ['Sat workdays', []],
    ['(Sat) (workdays)', []],
    ['from 2027-01-01T00:00+08:00', []],
    ['not (Mon-Sun)', [`error hours.never ${DESK} hours`]],
    ['never', [`error hours.never ${DESK} hours`]],
    ['(Mon) (weekends)', [`error hours.never ${DESK} hours`]],
    ['(08:00-09:00) (10:00-11:00)', [`error hours.never ${DESK} hours`]],
    ['08:00-09:00 until 2026-01-01T00:00+08:00', [`warning hours.over ${DESK} hours`]],
    ['nonsense', [`error hours.unreadable ${DESK} hours`]],
    ['22:00-06:00 workdays', [`warning hours.overMidnight ${DESK} hours`]],
    ['22:00-06:00 not (Sat-Sun); 08:00-09:00', [`warning hours.overMidnight ${DESK} hours`]],
    ['22:00-24:00 Mon-Fri; 00:00-06:00 Tue-Sat', []],
    ['22:00-00:00 workdays', []],
  ])('“%s”', (hours, expected) => {
    expect(told(desk(hours))).toEqual(expected);
  });

  test('hours that ask for working days want a calendar that reaches as far', () => {
    const years = (rules: Parameters<typeof lint>[0], ...calendarYears: number[]) =>
      told(rules, { calendarYears }).filter((one) => one.includes('hours.'));
    expect(years(desk('workdays'), 2025)).toEqual([`warning hours.calendarEnds ${DESK} hours`]);
    expect(years(desk('workdays'), 2026)).toEqual([]);
    expect(years(desk('Mon-Fri'), 2025)).toEqual([]);
    expect(years(desk('workdays', { validTo: '2027-06-30' }), 2026)).toEqual([
      `warning hours.calendarEnds ${DESK} hours`,
    ]);
    // In December the next year comes into sight.
    const december = { calendarYears: [2026], nowMs: Date.parse('2026-12-10T10:00:00+08:00') };
    expect(told(desk('workdays'), december)).toContain(`warning hours.calendarEnds ${DESK} hours`);
  });

  test('a desk that nobody sits at in its hours is told with them', () => {
    const [general] = AGENTS;
    if (general === undefined) throw new Error('no agent');
    const [finding] = lint(desk('workdays'), { ...CONTEXT, agents: [general] });
    expect(finding).toMatchObject({
      code: 'desk.noAgent',
      message: { zh: expect.stringContaining('workdays') },
    });
  });
});

describe('a sub-centre', () => {
  test.each([
    ['in order', {}, []],
    ['without address', { centreAddress: null }, [`error centre.incomplete ${CENTRE} centreAddress`]],
    ['without trunk', { trunk: null }, [`error centre.incomplete ${CENTRE} trunk`]],
    ['an unknown trunk', { trunk: 'other' }, [`error trunk.unknown ${CENTRE} trunk`]],
    ['malformed', { centreAddress: 'sip:800@10.1.2' }, [`error centre.malformed ${CENTRE} centreAddress`]],
    ['ourselves', { centreAddress: 'sip:800@10.9.9.9' }, [`error centre.ringsBack ${CENTRE} centreAddress`]],
    [
      'this machine',
      { centreAddress: 'sip:800@127.0.0.1' },
      [`error centre.ringsBack ${CENTRE} centreAddress`],
    ],
    ['another program on this machine', { centreAddress: 'sip:800@127.0.0.1:5099' }, []],
    [
      'an emergency desk',
      { centreAddress: 'sip:110@10.1.2.3' },
      [`error centre.emergency ${CENTRE} centreAddress`],
    ],
  ])('%s', (_what, more, expected) => {
    const ownSip = { hosts: ['10.9.9.9'], port: 5_060 };
    expect(told(centre(more), { ownSip, trunks: ['carrier'] })).toEqual(expected);
  });
});

describe('the end of a transition', () => {
  test('a good-bye wants its announcement', () => {
    const rules = changing('12316', { afterEnd: 'goodbye' });
    const silent = told(rules, { prompts: new Map() });
    expect(silent).toContain('error transition.goodbyeSilent 12316@2026-10-28 afterEnd');
    expect(told(rules)).toEqual([]);
  });

  test('an end without a decision is told', () => {
    const over = changing('12316', { validFrom: '2020-04-28', validTo: '2020-07-28', afterEnd: 'goodbye' });
    expect(told(over)).toEqual(['warning transition.ended 12316@2020-04-28 validTo']);
  });
});

test.each([
  ['hours', changing('12319', { hours: 'workdays' }), '12319'],
  ['centreAddress', changing('12319', { centreAddress: 'sip:800@10.1.2.3' }), '12319'],
  ['afterEnd', changing('12319', { afterEnd: 'goodbye' }), '12319'],
])('%s where the mode has no use for it', (field, rules, number) => {
  expect(told(rules)).toEqual([`notice line.unusedField ${number}@2020-04-28 ${field}`]);
});

describe('numbers that can never match', () => {
  test.each([
    ['longer than E.164', '05138411000112345', 'error number.tooLong', true],
    ['fifteen digits', '0513841100011234', '', false],
    ['letters', 'abc', 'error number.unmatchable', true],
  ])('%s', (_what, number, expected, any) => {
    const found = told(withLines(line(number, 'FORWARD'))).filter((one) => one.startsWith('error'));
    expect(found).toEqual(any ? [`${expected} ${number}@2020-04-28 number`] : []);
  });

  test('another spelling of a number that is there', () => {
    expect(told(withLines(line('051312319', 'FORWARD')))).toEqual([
      'error number.shadowed 051312319@2020-04-28 number',
      'notice number.spelling 051312319@2020-04-28 number',
    ]);
  });

  test('one number in two rules', () => {
    expect(told(withLines(line('12319', 'MERGED', { validFrom: '2026-01-01' })))).toEqual([
      'error line.overlap 12319@2026-01-01 null',
    ]);
  });
});

describe('a unit under two codes', () => {
  const fresh = (number: string, unitCode: string, unitName = '新单位') =>
    line(number, 'FORWARD', { unitCode, unitName });

  test('two new ones, or a new one beside a registered one', () => {
    expect(told(withLines(fresh('12301', 'new-a'), fresh('12302', 'new-b')))).toEqual([
      'error unit.twoCodes 12302@2020-04-28 unitCode',
    ]);
    const unitNames = [{ code: 'other', name: '新单位' }];
    expect(told(withLines(fresh('12301', 'new-a')), { unitNames })).toEqual([
      'error unit.twoCodes 12301@2020-04-28 unitCode',
    ]);
  });

  test('a registered unit keeps its code, whatever name an old version gives it', () => {
    const unitNames = [
      { code: 'old', name: '旧名' },
      { code: 'other', name: '新单位' },
    ];
    expect(told(withLines(fresh('12301', 'old')), { unitNames })).toEqual([]);
  });
});

test('every code of these is met by a case above', () => {
  expect(Object.keys(MODE_FINDINGS).filter((code) => !met.has(code))).toEqual([]);
});
