import { expect, test } from 'vitest';
import { CATEGORIES } from '../../../src/app/sample/categories.ts';
import { AREAS, ASSETS, ENTRIES, HANDLING_UNITS } from '../../../src/app/sample/dispatch.ts';
import { ACCOUNTS, AGENTS } from '../../../src/app/sample/people.ts';
import { LINES, MUNICIPALITY, PROTECTED_NUMBERS, QUEUES, UNITS } from '../../../src/app/sample/rudong.ts';
import { sampleLines } from '../../../src/app/sample/seed-sample.ts';
import { lintCatalogue } from '../../../src/domain/dispatch/lint.ts';
import { normaliseNumber } from '../../../src/domain/hotlines/number.ts';
import { registerTotals } from '../../../src/domain/hotlines/register-totals.ts';

const NOW = Date.UTC(2026, 10, 23);
const lines = sampleLines(NOW, 'carrier');

test('the register counts as the article does: 5 + 7 + 4 = 16 direct, 14 parallel, 30 lines, 27 units (RD-02 to RD-09)', () => {
  expect(registerTotals(lines)).toEqual({
    byMode: { MAIN: 1, FORWARD: 5, TRANSITION: 7, DEDICATED: 4, PARALLEL: 14, MERGED: 0, SUBCENTER: 0 },
    direct: { lines: 16, units: 13 },
    parallel: { lines: 14, units: 14 },
    lines: 30,
    units: 27,
    headline: '1+16+14',
  });
});

test('a transition begun on 2020-04-28 ends with 2020-07-28 (RD-06); the rest began a month ago', () => {
  const dates = (number: string) => {
    const line = lines.find((one) => one.number === number);
    return [line?.validFrom, line?.validTo];
  };
  expect(dates('051384110001')).toEqual(['2020-04-28', '2020-07-28']);
  expect(dates('051384110002')).toEqual(['2020-04-28', '2020-07-28']);
  expect(dates('12316')).toEqual(['2026-10-23', '2027-01-23']);
  expect(dates('12345')).toEqual(['2020-04-28', null]);
});

test('numbers are unique, in their one spelling, and none is protected', () => {
  const numbers = lines.flatMap(({ number, unitNumber }) => [
    number,
    ...(unitNumber === null ? [] : [unitNumber]),
  ]);
  expect(new Set(numbers).size).toBe(31 + 14);
  expect(numbers.filter((number) => normaliseNumber(number, MUNICIPALITY.areaCode) !== number)).toEqual([]);
  expect(PROTECTED_NUMBERS.filter(({ number }) => numbers.includes(number))).toEqual([]);
});

test('every unit, queue and employer that is named exists, and every unit has a line', () => {
  const units = new Set(UNITS.map(({ code }) => code));
  const queues = new Set(QUEUES.map(({ code }) => code));
  expect(new Set(UNITS.map(({ name }) => name)).size).toBe(UNITS.length);
  expect(new Set(LINES.map(({ unit }) => unit))).toEqual(units);
  expect(LINES.filter(({ queue }) => !queues.has(queue))).toEqual([]);
  expect(AGENTS.filter(({ employer }) => employer !== 'platform' && !units.has(employer))).toEqual([]);
  expect(AGENTS.flatMap((agent) => agent.queues).filter((queue) => !queues.has(queue))).toEqual([]);
  expect(ACCOUNTS.filter(({ unitCode }) => unitCode !== undefined && !units.has(unitCode))).toEqual([]);
});

test('categories are a two-level tree with unique codes', () => {
  const parents = CATEGORIES.filter(({ parentCode }) => parentCode === null).map(({ code }) => code);
  const leaves = CATEGORIES.filter(({ parentCode }) => parentCode !== null);
  expect(new Set(CATEGORIES.map(({ code }) => code)).size).toBe(CATEGORIES.length);
  expect(leaves.filter(({ parentCode }) => !parents.includes(parentCode ?? ''))).toEqual([]);
  expect(parents.filter((code) => !leaves.some(({ parentCode }) => parentCode === code))).toEqual([]);
  expect(leaves.length).toBeGreaterThanOrEqual(60);
});

test('the sample catalogue names units, categories, areas and things that there are, and leaves few to guess', () => {
  const all = new Set([...UNITS, ...HANDLING_UNITS].map(({ code }) => code));
  expect(all.size).toBe(UNITS.length + HANDLING_UNITS.length);
  expect(HANDLING_UNITS.filter(({ parentCode }) => parentCode !== null && !all.has(parentCode))).toEqual([]);
  const known = (list: readonly { code: string }[]) => new Set(['', ...list.map(({ code }) => code)]);
  const [units, categories, areas, assets] = [[...UNITS, ...HANDLING_UNITS], CATEGORIES, AREAS, ASSETS].map(
    known,
  );
  for (const one of ENTRIES) {
    expect(units?.has(one.leadUnit) && one.assistUnits.every((unit) => units?.has(unit)), one.leadUnit).toBe(
      true,
    );
    expect([categories?.has(one.category), areas?.has(one.area), assets?.has(one.asset)]).toEqual([
      true,
      true,
      true,
    ]);
  }
  const entries = ENTRIES.map((one, index) => ({
    ...one,
    id: String(index),
    source: 'catalogue' as const,
    sourceRef: '',
  }));
  const findings = lintCatalogue(
    { entries, areas: AREAS, assets: ASSETS, categories: CATEGORIES },
    '2026-11-25',
  );
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings.filter(({ code }) => code === 'wordShared')).toEqual([]);
});
