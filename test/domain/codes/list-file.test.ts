import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CodeListContent } from '../../../src/domain/codes/code-list.ts';
import { decideEditionMove, EDITION_EDGES, EDITION_STATES } from '../../../src/domain/codes/edition.ts';
import { readListFile, withOnlyMain, writeListFile } from '../../../src/domain/codes/list-file.ts';

test('a file in Chinese or English, in any order, with where each code comes from', () => {
  const text =
    '名称,代码,上级,沿革,主要承接,别称\n城市管理,city,,urban,,\n停车,city.park,city,urban.park;urban.lot,urban.park,车位、占道停车\n';
  const { content, remarks } = readListFile(text, 'category');
  expect(remarks).toEqual([]);
  expect(content?.terms[1]).toMatchObject({
    code: 'city.park',
    parentCode: 'city',
    words: ['车位', '占道停车'],
  });
  expect(content?.mapping).toEqual([
    { from: 'urban', to: 'city', main: true },
    { from: 'urban.park', to: 'city.park', main: true },
    { from: 'urban.lot', to: 'city.park', main: true },
  ]);
});

test('each line says what is wrong with it and what would be right; a list that lacks a line is not taken', () => {
  const text = 'code,name,list\nwater,供水,area\nwater,又一次,category\n,无码,category\n';
  const { content, remarks } = readListFile(text, 'category');
  expect(content).toBeNull();
  expect(remarks.map(({ line, field, right }) => [line, field, right])).toEqual([
    [2, 'list', '选对代码表再导入'],
    [3, 'code', '只留一行'],
    [4, 'code', '写代码，或删去空行'],
  ]);
  expect(readListFile('code\nwater\n', 'category').content).toBeNull();
  expect(readListFile('', 'category').remarks[0]?.wrong).toBe('文件为空');
  expect(readListFile('code,name,颜色\na,b,c\n', 'category').content).toBeNull();
});

test('what is wrong is told by the columns as the file heads them', () => {
  const { remarks } = readListFile('名称,代码,代码表\n供水,water,area\n无码,,\n', 'category');
  expect(remarks.map(({ line, field }) => [line, field])).toEqual([
    [2, '代码表'],
    [3, '代码'],
  ]);
  const strange = readListFile('名称,颜色\n', 'category').remarks;
  expect(strange.map(({ wrong, right }) => [wrong, right])).toEqual([
    ['缺少列 代码', '在第一行加上 代码'],
    ['不认识的列“颜色”', '可用的列：代码,上级,名称,别称,单位性质,沿革,主要承接,代码表'],
  ]);
});

test('property: what is written reads back as it was', () => {
  const code = fc.stringMatching(/^[a-z]{1,6}(\.[a-z]{1,4})?$/);
  const text = fc.stringMatching(/^[\u4e00-\u9fa5a-z"']{1,8}$/);
  const content = fc
    .uniqueArray(code, { minLength: 1, maxLength: 8 })
    .chain((codes) =>
      fc.record({
        terms: fc.tuple(
          ...codes.map((one) =>
            fc.record({
              code: fc.constant(one),
              parentCode: fc.option(fc.constantFrom(...codes)),
              name: text,
              words: fc.uniqueArray(text, { maxLength: 3 }),
              unitKind: fc.constant(null),
            }),
          ),
        ),
        mapping: fc.uniqueArray(
          fc.record({ from: code, to: fc.constantFrom(...codes), main: fc.constant(false) }),
          {
            maxLength: 6,
            selector: ({ from, to }) => `${from}|${to}`,
          },
        ),
      }),
    )
    .map(({ terms, mapping }): CodeListContent => ({ terms, mapping: withOnlyMain(mapping) }));
  fc.assert(
    fc.property(content, (given) => {
      const { content: read, remarks } = readListFile(writeListFile('category', given), 'category');
      expect(remarks).toEqual([]);
      const inOrder = (of: CodeListContent) => ({
        terms: of.terms,
        mapping: of.mapping.toSorted((a, b) => (`${a.from}|${a.to}` < `${b.from}|${b.to}` ? -1 : 1)),
      });
      expect(read === null ? null : inOrder(read)).toEqual(inOrder(given));
    }),
  );
});

test('an edition: every edge, every refusal', () => {
  const moves = [...new Set(EDITION_EDGES.map(({ move }) => move))];
  for (const state of [null, ...EDITION_STATES]) {
    for (const move of moves) {
      const edge = EDITION_EDGES.find((one) => one.move === move && one.from === state);
      const edition = state === null ? null : { state, editors: ['ann'] };
      const byHand = decideEditionMove(move, edition, 'bob');
      const bySelf = decideEditionMove(move, edition, null);
      const by = edge?.by ?? 'none';
      expect(byHand, `${move} from ${state}`).toEqual(
        edge === undefined || by === 'system' ? { refusal: 'codes.moveImpossible' } : { to: edge.to },
      );
      expect('to' in bySelf).toBe(edge !== undefined);
    }
  }
  const mine = { state: 'draft', editors: ['ann'] } as const;
  expect(decideEditionMove('publish', mine, 'ann')).toEqual({ refusal: 'codes.ownWork' });
  const reached = new Set(EDITION_EDGES.map(({ to }) => to));
  expect(EDITION_STATES.filter((state) => !reached.has(state))).toEqual([]);
});
