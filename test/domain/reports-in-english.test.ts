import { expect, test } from 'vitest';
import { readListFile } from '../../src/domain/codes/list-file.ts';
import { readCatalogueFile } from '../../src/domain/dispatch/catalogue-file.ts';
import { namesOf } from '../../src/domain/dispatch/read-row.ts';
import type { Advice } from '../../src/domain/hotlines/register/advice.ts';
import { readHours } from '../../src/domain/hotlines/register/read-hours.ts';
import { importLines } from '../../src/domain/hotlines/register/register-file.ts';
import { readEntryRow } from '../../src/domain/knowledge/files/entry-row.ts';
import { atOnce, tableSteps } from '../../src/domain/knowledge/files/table.ts';
import { PLACE_FIELDS, readPlace } from '../../src/domain/knowledge/places/place.ts';
import { readSynonymFile } from '../../src/domain/knowledge/search/synonym-file.ts';
import { readReportFile } from '../../src/domain/reporting/reported-file.ts';

// Files without one Chinese character, with all that can be wrong: whoever reads no Chinese reads their reports whole. Whatever
// a report quotes of the file is as it was written.

const HAN = /\p{Script=Han}/u;
/** The word for an extension is Chinese where it is dialled, and so is what a Chinese heading of a file would be. */
const NAMED = /转|说法,意思,地区/gu;
function expectBoth(told: readonly Advice[], least: number): void {
  expect(new Set(told.map(({ wrong }) => wrong)).size).toBeGreaterThanOrEqual(least);
  for (const { wrong, right, wrongEn, rightEn } of told) {
    expect(wrong).toMatch(HAN);
    expect(wrongEn).not.toMatch(HAN);
    expect(rightEn.replace(NAMED, '')).not.toMatch(HAN);
    expect([wrongEn === '', (rightEn === '') !== (right === '')]).toEqual([false, false]);
  }
}

const context = {
  ...{ areaCode: '0513', mainNumber: '12345', generalQueue: 'general', queues: ['general'] },
  listed: [
    { number: '110', name: 'police', rule: 'never' },
    { number: '12388', name: 'discipline', rule: 'two-approvers' },
  ],
  units: [{ code: 'water', name: 'Water' }],
} as const satisfies Parameters<typeof importLines>[1];
const register = (...rows: readonly string[]) =>
  importLines(
    [
      'number,name,unit,unit_code,mode,valid_from,valid_to,queue,unit_number,trunk,after_end,hours,centre_address,skills',
      ...rows,
      '',
    ].join('\n'),
    context,
  ).remarks;

test('a register of numbers', () => {
  const told = [
    ...register(
      '110,,Water,,FORWARD,2020-04-28,,,,,,,,',
      '12388,a,Wat,,TRANSITION,2020-04-28,,nowhere,,,,,,',
      ',a,,,FORWARDED,,,,,,,,,',
      '1x,a,Fire,water,FORWARD,2020/4/28,2020-01-01,,84110000,,goodbye,workdays,sip:1@10.1.2.3,',
      '1.2E+10,a,Other,,MAIN,30 Feb,,,none,,later,8-17,nowhere,EN',
      '12,a,Water,,DEDICATED,2020-04-28,,,,,,,,',
      '5138411000,a,Water,,FORWARD,2020-04-28,,,,,,,,',
      '12366,a,Water,,SUBCENTER,2020-04-28,,,,,,,,',
      '12348,a,Water,,PARALLEL,2020-04-28,,,,,,,,',
      '12345,a,Water,,FORWARD,2020-04-28,,,,,,,,',
      '12350,a,Water,,MAIN,2020-04-28,,,,,,,,',
      '12369,a,Water,,DEDICATED,2020-04-28,,,,,,8:30-17:30  workday,,',
      '12369,a,Water,,DEDICATED,2020-04-29,,,,,,24h,,',
      '0513 12319,a,Water,,FORWARD,2020-04-28,,,,,,,,',
      '12319,a,Water,,FORWARD,2020-04-28,,,,,,,,',
      '12351,"a"x,Water,,FORWARD,2020-04-28,,,,,,,,',
      '12351,a"x,Water,,FORWARD,2020-04-28,,,,,,,,',
      '12352,a',
      '12353,"a',
    ),
    ...importLines('number,colour,number\n', context).remarks,
    ...importLines('number,name,mode,valid_from,colour\n1,a\uFFFD,b,c,d\n', context).remarks,
    ...importLines('', context).remarks,
  ];
  expectBoth(told, 40);
});

test('hours that cannot be read', () => {
  const texts = [
    ...['8:30-17', '25:00-26:00', '08:00-08:00', 'office', '(workdays', 'workdays)', 'workdays;', 'not'],
    ...['until 2026-12-31', '('.repeat(12), 'x'.repeat(400)],
  ];
  const told = texts.map(readHours).flatMap((one) => (one.kind === 'refused' ? [one] : []));
  expect(told.length).toBe(texts.length);
  expectBoth(told, texts.length);
});

test('a list of codes', () => {
  const many = Array.from({ length: 200 }, (_, nth) => `w${nth}`).join(';');
  const told = [
    ...readListFile(`code,name,list,words\nwater,a,area,\nwater,b,,${many}\n,c,,\n`, 'category').remarks,
    ...readListFile('code,colour\n', 'category').remarks,
  ];
  // The list that a file is of is named as the file names it.
  expectBoth(told, 6);
});

test('a catalogue of dispatch', () => {
  const names = namesOf([
    { code: 'water', name: 'Water' },
    { code: 'east', name: 'Works' },
    { code: 'west', name: 'Works' },
  ]);
  const at = { units: names, categories: names, areas: names, assets: names, today: '2026-11-26' };
  const many = Array.from({ length: 25 }, () => 'water').join(';');
  const told = [
    ...readCatalogueFile(
      [
        'area,category,asset,lead,assist,valid_from,valid_to,basis',
        'north,Works,gate,,,,,',
        'east,water,,water,water,30 Feb,,',
        `east,water,,east,${many},2026-12-02,2026-12-01,${'b'.repeat(600)}`,
        'east,water,,fire,fire,,,',
        'west,water,,water,,2026-12-01,,',
        'west,water,,water,,2026-12-01,,',
      ].join('\n'),
      at,
    ).remarks,
    ...readCatalogueFile('category,colour\n', at).remarks,
  ];
  expectBoth(told, 12);
});

test('entries and places of the knowledge base', () => {
  const known = new Map([['water', 'water']]);
  const at = { units: known, categories: known, areas: known, lines: new Set<string>(), today: '2026-11-26' };
  const good = { question: 'a', answer: 'a', unit: 'water', category: 'water' };
  const entries = [
    { code: 'a', question: '', unit: '', answer: 'a' },
    { ...{ question: 'a', answer: 'a', unit: 'water;water', line: '123', public: 'perhaps' } },
    { ...{ question: 'a', answer: 'a', unit: 'fire', basis: 'a|b|javascript:1', category: 'x', area: 'y' } },
    { ...good, valid_from: '2027-01-01', valid_to: '2026-12-31' },
    { ...good, valid_from: 'soon' },
    { ...good, question: 'a'.repeat(5000) },
    { ...good, asks: Array.from({ length: 999 }, (_, n) => `q${n}`).join(';') },
  ].flatMap((raw) => {
    const read = readEntryRow(raw, at);
    return 'faults' in read ? read.faults : [];
  });
  expectBoth(entries, 11);
  const long = Object.fromEntries(PLACE_FIELDS.map((field) => [field, 'x'.repeat(600)]));
  const places = [
    {},
    { ...long, also: Array.from({ length: 40 }, (_, n) => `n${n}`).join(';') },
    { name: 'a', address: 'b', longitude: '121', category: 'water', unit: 'water', verified_on: 'soon' },
  ].flatMap((raw) => {
    const read = readPlace(raw, at);
    return 'faults' in read ? read.faults : [];
  });
  expectBoth(places, 16);
  const table = (...cells: readonly (readonly string[])[]) =>
    atOnce(
      tableSteps(cells, {
        ...{ fields: ['code', 'name'] as const, required: ['code', 'name'] as const },
        read: (row) => ({ row }),
      }),
    ).refused;
  expectBoth(
    [
      ...table(['code']),
      ...table(['code', 'name', 'name']),
      ...table(['code', 'name'], ['?', 'a'], ['a', 'b'], ['a', 'c']),
    ],
    4,
  );
  const synonyms = [
    'region\n',
    `said,means\n,a\na,\n${'a'.repeat(40)},b\n"a"x,b\nc,${Array.from({ length: 60 }, (_, n) => `m${n}`).join(';')}\n`,
  ].flatMap((text) => readSynonymFile(text).refused);
  expectBoth(synonyms, 6);
});

test('calls that a unit reports', () => {
  const lines = { mode: 'FORWARD', unitCode: 'water', unitName: 'Water' } as const;
  const at = {
    ...{ areaCode: '0513', zone: 'Asia/Shanghai', nowMs: Date.parse('2026-11-25T12:00:00+08:00') },
    ...{ unitCode: 'water' },
    periodsOf: (number: string) => {
      const period = { ...lines, validFrom: '2020-01-01', validTo: null };
      if (number === '12328') return [period];
      return number === '12329' ? [{ ...period, unitCode: 'fire' }] : [];
    },
  };
  const { remarks } = readReportFile(
    [
      'line,started_at,duration,answered,caller,reference',
      `x,soon,-5,perhaps,138-x,${'r'.repeat(70)}`,
      '12399,,,,,',
      '12328,2026-11-24 09:00:00,90000,yes,,',
      '12329,2027-01-01 09:00:00,1,yes,,',
      '12329,1999-01-01 09:00:00,1,yes,,',
    ].join('\n'),
    at,
  );
  expectBoth(remarks, 15);
});
