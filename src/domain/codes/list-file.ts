import type { Said } from '../hotlines/register/advice.ts';
import { serialiseCsv } from '../hotlines/register/csv.ts';
import {
  isRefused,
  type LineRemark,
  readHeadedCsv,
  refusal,
  strangeColumn,
} from '../hotlines/register/headed-csv.ts';
import {
  CODE_LENGTHS,
  type CodeListContent,
  type CodeListId,
  type CodeMapping,
  type CodeTerm,
} from './code-list.ts';
import { listName } from './finding.ts';

const COLUMNS = {
  code: ['code', '代码'],
  parent: ['parent', '上级', '上级代码'],
  name: ['name', '名称'],
  words: ['words', '别称', '关键词'],
  unitKind: ['unit_kind', '单位性质'],
  replaces: ['replaces', '沿革', '原代码', '对应代码'],
  mainOf: ['main_of', '主要承接'],
  list: ['list', '代码表'],
} as const satisfies Record<string, readonly [column: string, ...also: string[]]>;
type ListField = keyof typeof COLUMNS;
const FIELDS = Object.keys(COLUMNS) as readonly ListField[];

export interface ListFileReport {
  /** Without the heading. */
  readonly rows: number;
  /** Null: something in the file cannot be taken, and a list that lacks a line is another list. */
  readonly content: CodeListContent | null;
  readonly remarks: readonly LineRemark[];
}

/**
 * The whole of a list as CSV, headings in English or Chinese, in any order. `replaces` names the codes of the edition before
 * that a code comes from (of somebody else's list: ours that count there), with ; or 、 between; `main_of` those of which it is
 * the main part. A file that says of which list it is is taken for no other.
 */
export function readListFile(text: string, list: CodeListId): ListFileReport {
  const { lines, remarks: wrong, inItsWords } = readHeadedCsv(text, HEADINGS);
  const remarks: LineRemark[] = [...wrong];
  const terms: CodeTerm[] = [];
  const mapping: CodeMapping[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, values, remark } of lines) {
    if (remark !== null) remarks.push(remark);
    if (values === null) continue;
    const cell = (field: ListField): string => (values.get(field) ?? '').trim();
    const code = cell('code');
    const said = cell('list');
    if (said !== '' && said !== list && said !== listName(list)) {
      remarks.push(
        at(
          line,
          'list',
          [
            `这一行是“${said}”表的，正在导入“${listName(list)}”（${list}）`,
            `This line is of the list “${said}”, and the file is taken for ${list}`,
          ],
          ['选对代码表再导入', 'Choose the list that it is of'],
        ),
      );
    }
    if (code === '')
      remarks.push(
        at(
          line,
          'code',
          ['没有代码', 'There is no code'],
          ['写代码，或删去空行', 'Write it, or delete the line'],
        ),
      );
    const before = lineOf.get(code);
    if (before !== undefined) {
      const wrong: Said = [`与第 ${before} 行代码相同`, `The code is that of line ${before}`];
      remarks.push(at(line, 'code', wrong, ['只留一行', 'Keep one of the lines']));
    }
    lineOf.set(code, line);
    const words = several(cell('words'));
    if (words.length > CODE_LENGTHS.words || words.some((one) => [...one].length > CODE_LENGTHS.word)) {
      remarks.push(
        at(
          line,
          'words',
          ['别称过多或过长', 'Too many other names, or too long ones'],
          [
            `最多 ${CODE_LENGTHS.words} 个，每个最多 ${CODE_LENGTHS.word} 字`,
            `${CODE_LENGTHS.words} at most, each of ${CODE_LENGTHS.word} characters at most`,
          ],
        ),
      );
    }
    terms.push({
      code,
      parentCode: cell('parent') || null,
      name: cell('name'),
      words,
      unitKind: cell('unitKind') || null,
    });
    const mainOf = new Set(several(cell('mainOf')));
    for (const from of new Set([...several(cell('replaces')), ...mainOf])) {
      mapping.push({ from, to: code, main: mainOf.has(from) });
    }
  }
  if (terms.length > CODE_LENGTHS.terms) {
    remarks.push(
      refusal(
        1,
        [`多于 ${CODE_LENGTHS.terms} 个代码`, `More than ${CODE_LENGTHS.terms} codes`],
        ['检查是否选错了文件', 'Is it the wrong file?'],
      ),
    );
  }
  const content = isRefused(remarks) ? null : { terms, mapping: withOnlyMain(mapping) };
  return { rows: lines.length, content, remarks: inItsWords(remarks) };
}

/** One that comes of a code alone is its main part; nobody writes that down. */
export function withOnlyMain(mapping: readonly CodeMapping[]): readonly CodeMapping[] {
  const times = new Map<string, number>();
  for (const { from } of mapping) times.set(from, (times.get(from) ?? 0) + 1);
  return mapping.map((one) => (times.get(one.from) === 1 ? { ...one, main: true } : one));
}

export function writeListFile(list: CodeListId, { terms, mapping }: CodeListContent): string {
  const comesFrom = new Map<string, CodeMapping[]>();
  for (const one of mapping) comesFrom.set(one.to, [...(comesFrom.get(one.to) ?? []), one]);
  const times = new Map<string, number>();
  for (const { from } of mapping) times.set(from, (times.get(from) ?? 0) + 1);
  const rows = terms.map(({ code, parentCode, name, words, unitKind }) => {
    const from = comesFrom.get(code) ?? [];
    const mains = from.filter((one) => one.main && (times.get(one.from) ?? 0) > 1);
    const replaces = from.map((one) => one.from).join(';');
    return [
      code,
      parentCode ?? '',
      name,
      words.join(';'),
      unitKind ?? '',
      replaces,
      mains.map((one) => one.from).join(';'),
      list,
    ];
  });
  return serialiseCsv([FIELDS.map((field) => COLUMNS[field][0]), ...rows]);
}

const several = (text: string): readonly string[] =>
  text
    .split(/[;；、]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

const at = (line: number, field: ListField, wrong: Said, right: Said): LineRemark => ({
  ...refusal(line, wrong, right),
  field: COLUMNS[field][0],
});

const columnOf = (field: ListField, chinese: boolean): string => COLUMNS[field][chinese ? 1 : 0];

const HEADINGS = {
  fieldOf: (heading: string): ListField | null => {
    const text = heading.trim().toLowerCase();
    return FIELDS.find((field) => (COLUMNS[field] as readonly string[]).includes(text)) ?? null;
  },
  columnOf,
  required: ['code', 'name'] as const,
  strange: (heading: string, line: number, chinese: boolean): LineRemark =>
    strangeColumn(
      line,
      heading,
      FIELDS.map((field) => columnOf(field, chinese)),
    ),
} as const;
