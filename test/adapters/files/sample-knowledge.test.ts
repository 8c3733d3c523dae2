import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { baseSynonyms, sampleKnowledge } from '../../../src/adapters/files/sample-knowledge.ts';
import { synonymsOf } from '../../../src/app/knowledge/search/begin-synonyms.ts';
import { CATEGORIES } from '../../../src/app/sample/categories.ts';
import { HANDLING_UNITS } from '../../../src/app/sample/dispatch.ts';
import { UNITS } from '../../../src/app/sample/rudong.ts';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { dutyAt } from '../../../src/domain/knowledge/experts.ts';
import { readHours } from '../../../src/domain/knowledge/places/opening-hours.ts';

const { entries, places, experts, links, synonyms } = sampleKnowledge();
const codes = entries.flatMap((table) => table.slice(1).map(([code]) => code));

const column = (table: readonly (readonly string[])[], name: string): string[] => {
  const at = table[0]?.indexOf(name) ?? -1;
  return table.slice(1).map((row) => row[at] ?? '');
};

test('experts name units and kinds of matter that there are, and when they can be rung', () => {
  const units = new Set([...UNITS, ...HANDLING_UNITS].map(({ code }) => code));
  const kinds = new Set(CATEGORIES.map(({ code }) => code));
  for (const [code, unit = '', name = '', , number = '', categories = '', hours = ''] of experts.slice(1)) {
    expect(units, `${code} ${unit}`).toContain(unit);
    expect(name).toContain('样例');
    expect(number).toMatch(/^05138499\d{4}$/);
    for (const kind of categories.split(';')) expect(kinds, `${code} ${kind}`).toContain(kind);
    expect(readHours(hours), `${code} ${hours}`).toHaveProperty('hours');
    expect(hours).not.toBe('');
  }
});

test('an expert is on duty by the calendar: on a workday by day, by night the one who always is', () => {
  const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
  const open = (at: string) =>
    experts.slice(1).filter((row) => dutyAt(row[6] ?? '', calendar, Date.parse(at)).state === 'open').length;
  expect(open('2026-11-25T10:00:00+08:00')).toBe(experts.length - 1);
  expect(open('2026-11-25T23:00:00+08:00')).toBe(1);
  expect(dutyAt('看情况', calendar, 0)).toEqual({ state: 'unknown' });
});

/** What TY-08 names, and the entry that a citizen is told from. */
const DOMAINS = [
  ...[
    ['政策法律', 'gv-23'],
    ['政务服务', 'gv-07'],
    ['劳动就业', 'lb-17'],
    ['长途客运', 'tr-11'],
    ['列车时刻', 'tr-12'],
  ],
  ...[
    ['公交线路', 'tr-03'],
    ['旅行信息', 'if-03'],
    ['酒店服务', 'if-01'],
    ['城市规划', 'if-02'],
    ['道路交通', 'tr-19'],
  ],
  ...[
    ['航班查询', 'tr-13'],
    ['订票', 'tr-12'],
    ['水电维修', 'cv-02'],
    ['家政', 'cv-01'],
    ['求医导药', 'he-23'],
  ],
  ...[
    ['餐饮住宿', 'if-01'],
    ['购物消费', 'cv-05'],
  ],
] as const;

test('each domain of TY-08 has an entry, and where timetables and the law are looked up, its web address', () => {
  for (const [domain, code] of DOMAINS) expect(codes, domain).toContain(code);
  for (const [code, name, link] of links.slice(1)) {
    expect(codes, `${code} ${name}`).toContain(code);
    expect(link).toMatch(/^https?:\/\/[^\s/]+\.[^\s]+$/);
  }
  const linked = new Set(links.slice(1).map(([code]) => code));
  // 政策法律、政务服务、劳动就业、列车时刻、航班、旅行、道路交通、规划、水电
  for (const code of ['gv-23', 'gv-07', 'lb-17', 'tr-12', 'tr-13', 'cu-04', 'tr-19', 'if-02', 'ut-07'])
    expect(linked).toContain(code);
});

test('the base list of synonyms is nobody’s dialect and can be read, and the sample has all of it', () => {
  const base = synonymsOf(baseSynonyms());
  expect(base.length).toBeGreaterThan(250);
  expect(base.filter(({ region }) => region !== '')).toEqual([]);
  const said = base.map((one) => one.said.join(';'));
  expect(new Set(said).size).toBe(said.length);
  expect(synonymsOf(synonyms).slice(0, base.length)).toEqual(base);
});

/** As `bench -- search` asks them; what was used for tuning, and what was held back. */
const questions = (name: 'tuned' | 'held-back') =>
  readFileSync(join(import.meta.dirname, `../../bench/questions/${name}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [words = '', answers = '', kind = ''] = line.split(',');
      return { words, answers: answers.split('/'), kind };
    });

test('the questions that measure the search are five hundred, each with an answer, held back from tuning, in a citizen’s own words', () => {
  const [tuned, held] = [questions('tuned'), questions('held-back')];
  const all = [...tuned, ...held];
  expect(all.length).toBeGreaterThanOrEqual(500);
  expect(held.length).toBeGreaterThanOrEqual(250);
  expect(new Set(all.map(({ words }) => words)).size).toBe(all.length);
  const there = new Set([...codes, ...column(places, 'code')]);
  for (const { words, answers } of all) {
    expect(
      answers.filter((code) => !there.has(code)),
      words,
    ).toEqual([]);
  }
  const own = new Set(
    [
      ...entries.flatMap((table) => [...column(table, 'question'), ...column(table, 'asks')]),
      ...[...column(places, 'name'), ...column(places, 'also')],
    ].flatMap((text) => text.split(';')),
  );
  expect(all.filter(({ words }) => own.has(words))).toEqual([]);
  for (const set of [tuned, held]) {
    expect([...new Set(set.map(({ kind }) => kind))].sort()).toEqual(['dialect', 'pinyin', 'plain', 'slip']);
  }
});
