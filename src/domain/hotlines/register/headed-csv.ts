import { type Advice, advice, type Said } from './advice.ts';
import { type CsvRecord, parseCsv } from './csv.ts';

// A file of comma-separated values under a line of headings, whatever it is about: what can be taken is taken, and the rest
// is told line by line, with what would be right.

export interface LineRemark extends Advice {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Column; null when it concerns the whole line. */
  readonly field: string | null;
  /** refused: the line is not taken; note: it is, and somebody should look. */
  readonly severity: 'refused' | 'note';
}

export interface Headings<F extends string> {
  /** The field that a heading means; null: none. */
  readonly fieldOf: (heading: string) => F | null;
  /** As the field is headed in a file that we write, or in one that somebody writes in Chinese. */
  readonly columnOf: (field: F, chinese: boolean) => string;
  /** Without these nothing can be said of a line. */
  readonly required: readonly F[];
  /** What is said to a heading that means nothing; null: it may stand there. */
  readonly strange: (heading: string, line: number, chinese: boolean) => LineRemark | null;
}

export interface HeadedLine<F extends string> {
  readonly line: number;
  /** As they came. */
  readonly cells: readonly string[];
  /** By field; null: the line cannot be trusted, and `remark` says why. */
  readonly values: ReadonlyMap<F, string> | null;
  readonly remark: LineRemark | null;
}

export interface HeadedFile<F extends string> {
  readonly fields: readonly (F | null)[];
  readonly lines: readonly HeadedLine<F>[];
  /** Of the headings and the file; one that refuses refuses all lines. */
  readonly remarks: readonly LineRemark[];
  /** Remarks with each column called as this file heads it: that is where somebody looks who mends it. */
  readonly inItsWords: (remarks: readonly LineRemark[]) => readonly LineRemark[];
}

export const refusal = (line: number, wrong: Said, right: Said): LineRemark => ({
  ...{ line, field: null, severity: 'refused' },
  ...advice(wrong, right),
});
export const isRefused = (remarks: readonly Pick<LineRemark, 'severity'>[]): boolean =>
  remarks.some(({ severity }) => severity === 'refused');

const QUOTED: Said = [
  '将整个单元格放在引号内，其中的引号写两次',
  'Put the whole cell in quotes, and write quotes within it twice',
];
const FAULTS = {
  quoteNotClosed: [
    ['引号没有结束', 'A quotation mark is not closed'],
    ['在单元格末尾补上引号', 'Close the cell with a quotation mark'],
  ],
  textAfterQuote: [['引号之后还有文字', 'There is text behind the closing quotation mark'], QUOTED],
  quoteInText: [['未加引号的单元格内有引号', 'A cell without quotes has a quotation mark in it'], QUOTED],
} as const satisfies Record<NonNullable<CsvRecord['fault']>, readonly [wrong: Said, right: Said]>;

/** Reads CSV text (UTF-8), headings in any order. */
export function readHeadedCsv<F extends string>(text: string, headings: Headings<F>): HeadedFile<F> {
  const [heading, ...records] = parseCsv(text);
  const cells = heading?.cells ?? [];
  const fields = cells.map((cell) => headings.fieldOf(cell));
  const chinese = cells.some((cell) => /\p{Script=Han}/u.test(cell));
  const remarks = headingRemarks(heading, fields, headings, chinese);
  const called = (column: string): string => {
    const field = headings.fieldOf(column);
    if (field === null) return column;
    const position = fields.indexOf(field);
    return position === -1 ? headings.columnOf(field, chinese) : (cells[position] ?? '').trim();
  };
  const inItsWords = (told: readonly LineRemark[]): readonly LineRemark[] =>
    told.map((one) => (one.field === null ? one : { ...one, field: called(one.field) }));
  if (text.includes('\uFFFD')) {
    remarks.push(
      refusal(
        1,
        ['文件不是 UTF-8 编码，部分文字已损坏', 'The file is not UTF-8: some of its text is broken'],
        ['另存为 UTF-8 编码的 CSV', 'Save it as CSV in UTF-8'],
      ),
    );
  }
  return { fields, remarks, lines: records.map((record) => readLine(record, fields)), inItsWords };
}

function readLine<F extends string>(
  { line, cells, fault }: CsvRecord,
  fields: readonly (F | null)[],
): HeadedLine<F> {
  const broken = (wrong: Said, right: Said): HeadedLine<F> => ({
    ...{ line, cells, values: null },
    remark: refusal(line, wrong, right),
  });
  if (fault !== null) return broken(FAULTS[fault][0], FAULTS[fault][1]);
  if (cells.length !== fields.length) {
    return broken(
      [`有 ${cells.length} 列`, `It has ${cells.length} columns`],
      [`应有 ${fields.length} 列`, `${fields.length} columns`],
    );
  }
  const values = new Map<F, string>();
  for (const [position, field] of fields.entries()) {
    if (field !== null) values.set(field, cells[position] ?? '');
  }
  return { line, cells, values, remark: null };
}

function headingRemarks<F extends string>(
  heading: CsvRecord | undefined,
  fields: readonly (F | null)[],
  { columnOf, required, strange }: Headings<F>,
  chinese: boolean,
): LineRemark[] {
  if (heading === undefined) {
    return [
      refusal(1, ['文件为空', 'The file is empty'], ['第一行为列名', 'Name the columns in the first line']),
    ];
  }
  const { line, cells } = heading;
  const missing = required
    .filter((field) => !fields.includes(field))
    .map((field) => columnOf(field, chinese))
    .map((column) => missingColumn(line, column));
  const others = fields.flatMap((field, position): readonly (LineRemark | null)[] => {
    if (field === null) return [strange((cells[position] ?? '').trim(), line, chinese)];
    return fields.indexOf(field) === position ? [] : [columnTwice(line, (cells[position] ?? '').trim())];
  });
  return [...missing, ...others.filter((one) => one !== null)];
}

export const missingColumn = (line: number, column: string): LineRemark =>
  refusal(
    line,
    [`缺少列 ${column}`, `Column ${column} is missing`],
    [`在第一行加上 ${column}`, `Add ${column} to the first line`],
  );
const columnTwice = (line: number, column: string): LineRemark =>
  refusal(
    line,
    [`列 ${column} 重复`, `Column ${column} stands there twice`],
    ['保留其中一列', 'Keep one of them'],
  );
/** `columns` are those that there may be, as this file would head them. */
export const strangeColumn = (line: number, heading: string, columns: readonly string[]): LineRemark =>
  refusal(
    line,
    [`不认识的列“${heading}”`, `“${heading}” is no known column`],
    [`可用的列：${columns.join(',')}`, `The columns are ${columns.join(', ')}`],
  );
