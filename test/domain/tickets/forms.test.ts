import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FormField, formFaults, readValues } from '../../../src/domain/tickets/forms/form.ts';

const field = (key: string, kind: FormField['kind'], over: Partial<FormField> = {}): FormField => ({
  ...{ key, kind, label: `标签${key}`, required: false, help: '', options: [], least: null, most: null },
  ...(kind === 'choice' || kind === 'choices' ? { options: ['甲', '乙'] } : {}),
  ...over,
});
const wrongIn = (fields: readonly FormField[], before: [string, FormField['kind']][] = []) =>
  formFaults(fields, new Map(before)).map(({ index, wrong }) => `${index} ${wrong}`);

test('a form says all that is wrong with it, field by field', () => {
  expect(wrongIn([field('plate', 'text'), field('people', 'number', { least: 1, most: 500 })])).toEqual([]);
  expect(wrongIn([])).toEqual(['null 表单有 0 项']);
  expect(wrongIn([field('车牌', 'text')])).toEqual(['0 字段名“车牌”格式不对']);
  expect(wrongIn([field('a', 'text'), field('a', 'text')])).toEqual(['1 字段名“a”重复']);
  expect(wrongIn([field('a', 'text', { label: ' ' })])).toEqual(['0 没有标签或标签过长']);
  expect(wrongIn([field('a', 'choice', { options: ['甲'] })])).toEqual(['0 选项少于两个或有重复']);
  expect(wrongIn([field('a', 'date', { options: ['甲', '乙'] })])).toEqual(['0 只有选择项才有选项']);
  expect(wrongIn([field('a', 'number', { least: 5, most: 1 })])).toEqual(['0 下限大于上限']);
  expect(wrongIn([field('a', 'yesNo', { most: 1 })])).toEqual(['0 只有数字和文字才有上下限']);
});

test('each fault of a form, and of what is filled in, is told in English as well', () => {
  const faulty: readonly FormField[] = [
    field('车牌', 'text'),
    field('a', 'text', { label: ' ' }),
    field('a', 'choice', { options: ['one'] }),
    field('b', 'date', { label: 'b', options: ['one', 'two'], most: 1 }),
    field('c', 'number', { label: 'c', least: 5, most: 1 }),
  ];
  const given = { plate: '', people: 501, since: 'x', paid: 'x', kind: 'x', kinds: ['x'], other: 1 };
  const english = FIELDS.map((one) => ({
    ...one,
    label: one.key,
    options: one.options.map((_, n) => `o${n}`),
  }));
  const filled = readValues(english, given);
  const faults = [
    ...formFaults([], new Map()),
    ...formFaults(faulty, new Map([['c', 'text']])),
    ...('faults' in filled ? filled.faults : []),
  ];
  expect(faults).toHaveLength(16);
  for (const { wrong, right, wrongEn, rightEn } of faults) {
    // What somebody called it stands in both as he wrote it.
    expect(wrongEn.replace('车牌', '')).not.toMatch(/\p{Script=Han}/u);
    expect(rightEn).not.toMatch(/\p{Script=Han}/u);
    expect([wrongEn, rightEn]).not.toEqual([wrong, right]);
  }
});

test('a key keeps its kind through all versions', () => {
  expect(wrongIn([field('people', 'text')], [['people', 'number']])).toEqual([
    '0 “people”以前是 number，不能改为 text',
  ]);
  expect(wrongIn([field('people', 'number')], [['people', 'number']])).toEqual([]);
});

const FIELDS = [
  field('plate', 'text', { required: true, most: 8 }),
  field('people', 'number', { least: 1, most: 500 }),
  field('since', 'date'),
  field('paid', 'yesNo'),
  field('kind', 'choice'),
  field('kinds', 'choices'),
];

test('what was filled in is tidied and kept; what is empty is not', () => {
  const values = {
    plate: ' 苏F12345 ',
    people: 3,
    since: '2026-02-28',
    paid: false,
    kind: '甲',
    kinds: ['乙', '甲'],
  };
  expect(readValues(FIELDS, values)).toEqual({ values: { ...values, plate: '苏F12345' } });
  expect(readValues(FIELDS, { plate: '苏F1', people: null, since: '', kinds: [] })).toEqual({
    values: { plate: '苏F1' },
  });
});

test('all that is wrong is told at once, with what would be right', () => {
  const given = {
    people: 501,
    since: '2026-02-30',
    paid: 'yes',
    kind: '丙',
    kinds: ['甲', '甲'],
    colour: '红',
  };
  const read = readValues(FIELDS, given);
  expect('faults' in read ? read.faults.map(({ key, right }) => [key, right]) : []).toEqual([
    ['colour', '可填：plate、people、since、paid、kind、kinds'],
    ['plate', '必填'],
    ['people', '数字，不小于 1，不大于 500'],
    ['since', '日期，如 2026-11-26'],
    ['paid', 'true 或 false'],
    ['kind', '其中之一：甲、乙'],
    ['kinds', '其中若干：甲、乙'],
  ]);
  expect('faults' in readValues(FIELDS, { plate: '很长很长很长的车牌' })).toBe(true);
});

test('property: whatever is sent, it is read or refused, and what is read stays as it is when read again', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('plate', 'people', 'since', 'paid', 'kind', 'kinds', 'x'),
        fc.jsonValue(),
      ),
      (given) => {
        const read = readValues(FIELDS, given);
        if ('values' in read) expect(readValues(FIELDS, read.values)).toEqual(read);
        else expect(read.faults.length).toBeGreaterThan(0);
      },
    ),
  );
});
