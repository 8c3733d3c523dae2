import { expect, test } from 'vitest';
import { editedRules } from '../../../src/app/rules/rule-edit.ts';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { lint } from '../../../src/domain/hotlines/lint/lint.ts';
import { planCall } from '../../../src/domain/hotlines/plan-call.ts';
import { exportLines, importLines } from '../../../src/domain/hotlines/register/register-file.ts';
import { totalsAt } from '../../../src/domain/hotlines/register/totals-at.ts';
import { diff } from '../../../src/domain/hotlines/versions/diff.ts';
import {
  configurationOf,
  type RuleLine,
  type RuleSet,
} from '../../../src/domain/hotlines/versions/rule-set.ts';
import { AGENTS, line, moment, RULES } from '../../domain/hotlines/rule-sets.ts';

// Ten thousand numbers stay quick because the work grows with them and not with their square. Counted, not timed: how
// often a line's or a unit's number, code or name is looked at.

let looks = 0;
/** The same, each look at one of the fields counted. */
function counted<T extends object>(one: T, ...fields: readonly (keyof T)[]): T {
  const seen = { ...one };
  for (const field of fields) {
    Object.defineProperty(seen, field, {
      enumerable: true,
      get: () => {
        looks += 1;
        return one[field];
      },
    });
  }
  return seen;
}
const numberOf = (at: number): string => `0513${84_000_000 + at}`;
const register = (size: number): RuleSet => ({
  ...RULES,
  lines: [
    ...RULES.lines,
    ...Array.from({ length: size }, (_, at) =>
      line(numberOf(at), 'FORWARD', { unitCode: `unit-${at}`, unitName: `单位${at}` }),
    ),
  ].map((one) => counted(one, 'number', 'unitCode', 'unitName')),
});
const units = (size: number) =>
  Array.from({ length: size }, (_, at) =>
    counted({ code: `unit-${at}`, name: `单位${at}`, kind: 'government' as const }, 'code', 'name'),
  );
const looksOf = (work: () => void): number => {
  looks = 0;
  work();
  return looks;
};

const NOW = Date.UTC(2026, 10, 23, 2);
const HEAD = { version: 1, publishedAt: '' };
const call = (dialled: string) => ({
  dialled,
  callerNumber: '',
  headers: { to: '', diversion: [], historyInfo: [] },
});

const counting = (configuration: Configuration): Configuration => ({
  ...configuration,
  lines: configuration.lines.map((one) => counted(one, 'number', 'validFrom', 'validTo')),
});

const WORK: readonly (readonly [string, (size: number) => () => void])[] = [
  [
    'importing as many rows',
    (size) => {
      const csv = exportLines(register(size).lines);
      const { areaCode, mainNumber, generalQueue } = RULES.municipality;
      const context = {
        areaCode,
        mainNumber,
        generalQueue,
        listed: [],
        units: [...units(size), { code: 'unit', name: '单位' }],
      };
      return () => expect(importLines(csv, context).lines.length).toBe(size + RULES.lines.length);
    },
  ],
  [
    'editing every number',
    (size) => {
      const rules = register(size);
      const known = units(size);
      const lines = Array.from({ length: size }, (_, at) => ({ number: numberOf(at), name: '新名' }));
      return () => void editedRules(rules, { lines }, { units: known, today: '2026-11-23' });
    },
  ],
  [
    'removing every number',
    (size) => {
      const rules = register(size);
      const removeLines = Array.from({ length: size }, (_, at) => ({ number: numberOf(at) }));
      return () =>
        expect(
          editedRules(rules, { removeLines }, { units: [], today: '2026-11-23' }).lines.filter(
            ({ validTo }) => validTo === null,
          ).length,
        ).toBe(RULES.lines.filter(({ validTo }) => validTo === null).length);
    },
  ],
  [
    'looking for what is wrong',
    (size) => {
      const rules = register(size);
      return () => void lint(rules, { nowMs: NOW, agents: AGENTS, listed: [], unitNames: units(size) });
    },
  ],
  [
    'comparing two versions',
    (size) => {
      const [before, after] = [register(size), register(size)];
      const moved = {
        ...after,
        lines: after.lines.map((one): RuleLine => ({ ...one, validTo: '2030-01-01' })),
      };
      return () => expect(diff(before, moved).length).toBe(size + RULES.lines.length);
    },
  ],
  [
    'counting the register',
    (size) => {
      const { lines } = register(size);
      return () => void totalsAt(lines, '2026-11-23');
    },
  ],
  [
    'the first call by a new version',
    (size) => {
      const configuration = counting(configurationOf(register(size), HEAD, AGENTS));
      return () => void planCall(configuration, call(numberOf(7)), moment(NOW));
    },
  ],
];

test.each(WORK)('%s: twice the numbers are twice the work, with a little for sorting', (_what, prepare) => {
  const [small, large] = [looksOf(prepare(1_000)), looksOf(prepare(2_000))];
  expect(small).toBeGreaterThan(900);
  expect(large).toBeLessThan(2.4 * small + 1_000);
});

test('every further call looks at its own number alone', () => {
  const many = counting(configurationOf(register(10_000), HEAD, AGENTS));
  planCall(many, call('12345'), moment(NOW));
  for (const dialled of [numberOf(0), numberOf(9_999), '84005000', '99999999']) {
    expect(looksOf(() => void planCall(many, call(dialled), moment(NOW)))).toBeLessThan(40);
  }
});
