import { expect, test } from 'vitest';
import { discontentReport, type HeardTally } from '../../../src/domain/reporting/discontent.ts';

const [INSURANCE, SCHOOLS, HEALTH, EDUCATION] = [
  { code: 'medical-subsidy', name: '医疗补助及报销' },
  { code: 'enrolment', name: '入学政策' },
  { code: 'health', name: '医疗卫生' },
  { code: 'education', name: '教育' },
];
const [BUREAU, SCHOOL_BOARD] = [
  { code: 'insurance', name: '医保局' },
  { code: 'schools', name: '教育局' },
];
const other = (field: { code: string; name: string }) => ({ code: `${field.code}-other`, name: '其他' });
const PLAIN = { code: 'housing', name: '住房' };

/** JS-31: 932 dissatisfied ratings; 192 about medical subsidies and 107 about enrolment, each about 42 % of its field. */
const ROWS: readonly HeardTally[] = [
  { reason: 'unresolved', category: INSURANCE, field: HEALTH, unit: BUREAU, matters: 150 },
  { reason: 'result', category: INSURANCE, field: HEALTH, unit: BUREAU, matters: 42 },
  { reason: 'unresolved', category: other(HEALTH), field: HEALTH, unit: BUREAU, matters: 265 },
  { reason: 'unresolved', category: SCHOOLS, field: EDUCATION, unit: SCHOOL_BOARD, matters: 100 },
  { reason: 'process', category: SCHOOLS, field: EDUCATION, unit: SCHOOL_BOARD, matters: 7 },
  { reason: 'result', category: other(EDUCATION), field: EDUCATION, unit: SCHOOL_BOARD, matters: 148 },
  { reason: 'process', category: PLAIN, field: PLAIN, unit: null, matters: 220 },
  { reason: null, category: INSURANCE, field: HEALTH, unit: BUREAU, matters: 100_000 },
  { reason: null, category: SCHOOLS, field: EDUCATION, unit: SCHOOL_BOARD, matters: 105_068 },
];

test('192 of 457 and 107 of 255: about 42 % of its field each, and each part of the 932', () => {
  const report = discontentReport(ROWS);
  expect(report).toMatchObject({ heard: 206_000, discontent: 932, rate: 0.45 });
  const [health, education] = ['health', 'education'].map((code) =>
    report.fields.find((one) => one.code === code),
  );
  expect(health).toMatchObject({ name: '医疗卫生', matters: 457, share: 49.03 });
  expect(education).toMatchObject({ name: '教育', matters: 255, share: 27.36 });
  const [subsidy] = health?.categories.filter(({ code }) => code === INSURANCE?.code) ?? [];
  const [enrolment] = education?.categories.filter(({ code }) => code === SCHOOLS?.code) ?? [];
  expect(subsidy).toMatchObject({ matters: 192, ofField: 42.01, share: 20.6 });
  expect(enrolment).toMatchObject({ matters: 107, ofField: 41.96, share: 11.48 });
  for (const one of [subsidy, enrolment]) expect(Math.round(one?.ofField ?? 0)).toBe(42);
});

test('reasons, fields, categories and units each add up to all that are discontent', () => {
  const { reasons, fields, units, discontent } = discontentReport(ROWS);
  const total = (rows: readonly { readonly matters: number }[]) =>
    rows.reduce((all, { matters }) => all + matters, 0);
  expect(reasons).toEqual([
    { reason: 'unresolved', matters: 515, share: 55.26 },
    { reason: 'result', matters: 190, share: 20.39 },
    { reason: 'process', matters: 227, share: 24.36 },
  ]);
  for (const rows of [reasons, fields, units, fields.flatMap(({ categories }) => categories)])
    expect(total(rows)).toBe(discontent);
  expect(units.map(({ unit, matters, heard }) => [unit?.name ?? null, matters, heard])).toEqual([
    ['医保局', 457, 100_457],
    ['教育局', 255, 105_323],
    [null, 220, 220],
  ]);
  expect(units[2]).toMatchObject({ rate: 100, share: 23.61 });
});

test('where everybody is content nothing is divided by nothing', () => {
  const report = discontentReport(ROWS.filter(({ reason }) => reason === null));
  expect(report).toMatchObject({ heard: 205_068, discontent: 0, rate: 0, fields: [], units: [] });
  expect(report.reasons.map(({ share }) => share)).toEqual([null, null, null]);
  expect(discontentReport([])).toMatchObject({ heard: 0, discontent: 0, rate: null });
});
