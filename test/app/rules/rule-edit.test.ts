import { expect, test } from 'vitest';
import { editedRules, type RuleEdit } from '../../../src/app/rules/rule-edit.ts';
import { QUEUE_BEFORE } from '../../../src/domain/hotlines/queue.ts';
import { DEFAULT_TRUNK } from '../../../src/domain/hotlines/trunk.ts';
import type { RuleLine, RuleSet } from '../../../src/domain/hotlines/versions/rule-set.ts';

const TODAY = '2026-11-23';
const line = (number: string, more: Partial<RuleLine> = {}): RuleLine => ({
  number,
  name: `号码 ${number}`,
  unitCode: 'water',
  unitName: '县自来水公司',
  mode: 'FORWARD',
  validFrom: '2020-04-28',
  validTo: null,
  queue: 'general',
  unitNumber: null,
  trunk: null,
  greeting: null,
  menu: null,
  skills: null,
  afterEnd: 'connect',
  hours: null,
  centreAddress: null,
  basis: '函',
  area: '',
  ...more,
});
const RULES: RuleSet = {
  municipality: {
    name: '如东县',
    areaCode: '0513',
    timeZone: 'Asia/Shanghai',
    mainNumber: '12345',
    generalQueue: 'general',
  },
  lines: [
    line('12319'),
    line('12369', { mode: 'DEDICATED', queue: 'desk-12369' }),
    line('12348', { mode: 'PARALLEL', unitNumber: '051384140001', trunk: 'carrier' }),
    line('12316', { mode: 'TRANSITION', validFrom: '2026-10-23', validTo: '2027-01-23' }),
  ],
  queues: [
    {
      ...QUEUE_BEFORE,
      code: 'general',
      name: '总席',
      overflowQueue: null,
      overflowAfterMs: null,
      ringTimeoutMs: 1,
      wrapUpMs: 1,
      rating: 'off',
      callback: null,
    },
  ],
  menus: [],
  trunks: [DEFAULT_TRUNK],
};
const UNITS = [{ code: 'water', name: '县自来水公司', kind: 'enterprise' as const }];
const edited = (edit: RuleEdit): RuleSet => editedRules(RULES, edit, { units: UNITS, today: TODAY });
const only = (edit: RuleEdit, number: string): RuleLine[] =>
  edited(edit).lines.filter((one) => one.number === number);

test.for<[string, RuleEdit, string, Partial<RuleLine>]>([
  [
    'a transition gets three calendar months',
    { lines: [{ number: '12319', mode: 'TRANSITION', validFrom: '2026-11-30' }] },
    '2026-11-30',
    { validTo: '2027-02-28' },
  ],
  [
    'what was parallel drops its telephone',
    { lines: [{ number: '12348', mode: 'FORWARD' }] },
    TODAY,
    { unitNumber: null, trunk: null },
  ],
  [
    'what was a transition drops its end',
    { lines: [{ number: '12316', mode: 'FORWARD' }] },
    TODAY,
    { validTo: null },
  ],
  [
    'what was dedicated goes to the general desk',
    { lines: [{ number: '12369', mode: 'FORWARD' }] },
    TODAY,
    { queue: 'general' },
  ],
  [
    'what is not said stays',
    { lines: [{ number: '12348', name: '法律热线' }] },
    '2020-04-28',
    { mode: 'PARALLEL', unitNumber: '051384140001', trunk: 'carrier', basis: '函' },
  ],
])('%s', ([, edit, day, expected]) => {
  const { number = '' } = edit.lines?.[0] ?? {};
  const period = only(edit, number).find(({ validFrom }) => validFrom === day);
  expect(period).toMatchObject(expected);
});

test('another first day is another period; no day means the one that speaks for today', () => {
  const more = only({ lines: [{ number: '12316', mode: 'FORWARD', validFrom: '2027-01-24' }] }, '12316');
  expect(more.map(({ validFrom, validTo, mode }) => [validFrom, validTo, mode])).toEqual([
    ['2026-10-23', '2027-01-23', 'TRANSITION'],
    ['2027-01-24', null, 'FORWARD'],
  ]);
});

test('a number that becomes a transition does so from today on, and what it was stays on record', () => {
  const periods = only({ lines: [{ number: '12369', mode: 'TRANSITION' }] }, '12369');
  expect(periods.map(({ validFrom, validTo, mode }) => [validFrom, validTo, mode])).toEqual([
    ['2020-04-28', '2026-11-22', 'DEDICATED'],
    [TODAY, '2027-02-23', 'TRANSITION'],
  ]);
  // Who names the day speaks of that period; a transition that is one already keeps its beginning.
  const named = only(
    { lines: [{ number: '12369', mode: 'TRANSITION', validFrom: '2020-04-28', validTo: '2027-01-31' }] },
    '12369',
  );
  expect(named).toMatchObject([{ mode: 'TRANSITION', validFrom: '2020-04-28', validTo: '2027-01-31' }]);
  expect(only({ lines: [{ number: '12316', mode: 'TRANSITION', name: '新名' }] }, '12316')).toMatchObject([
    { validFrom: '2026-10-23', validTo: '2027-01-23' },
  ]);
});

test('a number in any spelling is the same number', () => {
  expect(edited({ lines: [{ number: '051312319', name: '城管热线' }] }).lines).toHaveLength(
    RULES.lines.length,
  );
  expect(only({ removeLines: [{ number: '051312319' }] }, '12319')).toMatchObject([
    { validTo: '2026-11-22' },
  ]);
});

test('what is taken out ends; who names its first day takes it out of the history', () => {
  const [ended] = only({ removeLines: [{ number: '12319' }] }, '12319');
  expect(ended).toMatchObject({ validFrom: '2020-04-28', validTo: '2026-11-22', mode: 'FORWARD' });
  expect(only({ removeLines: [{ number: '12319', validFrom: '2020-04-28' }] }, '12319')).toEqual([]);
  const over = edited({ removeLines: [{ number: '12319' }] });
  expect(() =>
    editedRules(over, { removeLines: [{ number: '12319' }] }, { units: UNITS, today: TODAY }),
  ).toThrow('rules.lineOver');
});

test('an end in the past is a day that was named: what was counted behind it is not any more', () => {
  expect(only({ lines: [{ number: '12319', validTo: '2026-09-30' }] }, '12319')).toMatchObject([
    { validFrom: '2020-04-28', validTo: '2026-09-30' },
  ]);
});

test('a unit is called what the register calls it; a new one must say its name, and take nobody’s', () => {
  const entry = { number: '12399', name: '新热线', mode: 'FORWARD' } as const;
  expect(only({ lines: [{ ...entry, unitCode: 'water', unitName: '自来水' }] }, '12399')).toMatchObject([
    { unitName: '县自来水公司', validFrom: TODAY, queue: 'general' },
  ]);
  expect(() => edited({ lines: [{ ...entry, unitCode: 'new' }] })).toThrow('rules.lineIncomplete');
  expect(() => edited({ lines: [{ ...entry, unitCode: 'new', unitName: '县自来水公司' }] })).toThrow(
    'rules.unitNameTaken',
  );
  expect(() => edited({ lines: [{ number: '12319', unitCode: 'new' }] })).toThrow('rules.lineIncomplete');
});

test('what is not there is neither removed nor taken for a mistake', () => {
  expect(() => edited({ removeLines: [{ number: '12399' }] })).toThrow('rules.lineUnknown');
  expect(() => edited({ removeLines: [{ number: '12319', validFrom: '2021-01-01' }] })).toThrow(
    'rules.lineUnknown',
  );
  expect(() => edited({ removeQueues: ['nobody'] })).toThrow('rules.queueUnknown');
  expect(() => edited({ queues: [{ code: 'new-desk' }] })).toThrow('rules.queueIncomplete');
  expect(edited({ queues: [{ code: 'new-desk', name: '新专席' }] }).queues.at(-1)).toMatchObject({
    code: 'new-desk',
    ringTimeoutMs: 15_000,
  });
});
