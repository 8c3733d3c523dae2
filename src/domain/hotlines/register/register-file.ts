import { normaliseNumber } from '../number.ts';
import { FIELD_NAMES } from '../versions/change-words.ts';
import { LINE_FIELDS, type RuleLine, type RuleSet } from '../versions/rule-set.ts';
import { advice } from './advice.ts';
import { COLUMNS, type Field, fieldOf, REQUIRED } from './columns.ts';
import { serialiseCsv } from './csv.ts';
import {
  type HeadedLine,
  isRefused,
  type LineRemark,
  missingColumn,
  readHeadedCsv,
  refusal,
} from './headed-csv.ts';
import { type ImportContext, type RowContext, rowContext } from './import-context.ts';
import { overlap } from './period.ts';
import { readRow } from './read-row.ts';

/** Every row of the file is either in `lines` or in `refused`, where its cells are kept as they came. */
export interface ImportReport {
  readonly rows: number;
  readonly lines: readonly RuleLine[];
  /** Of each of `lines`, in their order, where it stands in the file. */
  readonly lineRows: readonly number[];
  readonly refused: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** In the order of the file: why a row was refused, or what somebody should look at. */
  readonly remarks: readonly LineRemark[];
}

/** Reads a register from CSV text (UTF-8), line by line; headings in English or Chinese, in any order. */
export function importLines(text: string, context: ImportContext): ImportReport {
  const file = readHeadedCsv(text, HEADINGS);
  const rows = file.lines;
  const remarks: LineRemark[] = [...file.remarks, ...unitRemarks(file.fields)];
  if (isRefused(remarks)) {
    return {
      rows: rows.length,
      lines: [],
      lineRows: [],
      refused: rows.map(({ line, cells }) => ({ line, cells })),
      remarks,
    };
  }
  const known = rowContext(context);
  const read: { readonly record: HeadedLine<Field>; readonly taken: RuleLine }[] = [];
  const refused: { line: number; cells: readonly string[] }[] = [];
  const faulty = new Map<string, number>();
  const periods = new Map<string, { readonly row: number; readonly taken: RuleLine }[]>();
  for (const record of rows) {
    const { line: row, cells } = record;
    const { line: taken, remarks: told } = readRecord(record, known);
    remarks.push(...told);
    if (taken === null) faulty.set(numberIn(record, file.fields, context), row);
    const same = taken === null ? [] : (periods.get(taken.number) ?? []);
    const rival = taken === null ? undefined : same.find((other) => overlap(other.taken, taken));
    if (rival !== undefined) {
      remarks.push(overlapping(row, rival.row));
    }
    if (taken === null || rival !== undefined) {
      refused.push({ line: row, cells });
      continue;
    }
    read.push({ record, taken });
    same.push({ row, taken });
    periods.set(taken.number, same);
  }
  // The file's periods take the place of those that are known: half of them would leave a number without the others.
  const kept = read.filter(({ record: { line: row, cells }, taken }) => {
    const other = faulty.get(taken.number);
    if (other === undefined) return true;
    remarks.push(otherRefused(row, other));
    refused.push({ line: row, cells });
    return false;
  });
  const inOrder = <T extends { readonly line: number }>(some: T[]): T[] =>
    some.sort((a, b) => a.line - b.line);
  return {
    rows: rows.length,
    lines: kept.map(({ taken }) => taken),
    lineRows: kept.map(({ record }) => record.line),
    refused: inOrder(refused),
    remarks: file.inItsWords(inOrder(remarks)),
  };
}

/** Of a row that could not be read: the number that it seems to speak of. */
function numberIn(
  { cells }: HeadedLine<Field>,
  fields: readonly (Field | null)[],
  { areaCode }: ImportContext,
): string {
  const cell = cells[fields.indexOf('number')] ?? '';
  return normaliseNumber(cell, areaCode) ?? cell.trim();
}

const HEADINGS = {
  fieldOf,
  columnOf: (field: Field, chinese: boolean) => (chinese ? FIELD_NAMES.line[field] : COLUMNS[field]),
  required: REQUIRED,
  strange: (heading: string, line: number): LineRemark => ({
    ...{ line, field: heading, severity: 'note' },
    ...advice(
      [`列“${heading}”未知，未读取`, `“${heading}” is no known column and was not read`],
      [Object.values(COLUMNS).join('、'), Object.values(COLUMNS).join(', ')],
    ),
  }),
} as const;

/** Its code or its name: one is enough. */
function unitRemarks(fields: readonly (Field | null)[]): readonly LineRemark[] {
  if (fields.length === 0 || fields.includes('unitName') || fields.includes('unitCode')) return [];
  return [missingColumn(1, COLUMNS.unitName)];
}

const overlapping = (row: number, rival: number): LineRemark =>
  refusal(
    row,
    [`与第 ${rival} 行同一号码、期间重叠`, `The same number as in line ${rival}, for periods that overlap`],
    ['删除其中一行，或使期间不重叠', 'Delete one of the lines, or part their periods'],
  );
const otherRefused = (row: number, other: number): LineRemark =>
  refusal(
    row,
    [
      `同一号码的第 ${other} 行未被接受，该号码保持原样`,
      `Line ${other} of the same number was refused: the number stays as it is`,
    ],
    [`改正第 ${other} 行`, `Mend line ${other}`],
  );

const readRecord = (
  { line, values, remark }: HeadedLine<Field>,
  context: RowContext,
): ReturnType<typeof readRow> =>
  values === null ? { line: null, remarks: remark === null ? [] : [remark] } : readRow(values, line, context);

/** The register as CSV; with a byte order mark, or spreadsheets take the text for another encoding. */
export function exportLines(lines: readonly RuleLine[]): string {
  const heading = LINE_FIELDS.map((field) => COLUMNS[field]);
  return `\uFEFF${serialiseCsv([heading, ...lines.map((line) => LINE_FIELDS.map((field) => line[field] ?? ''))])}`;
}

/** An empty register with headings in Chinese, to be filled in a spreadsheet. */
export function registerTemplate(): string {
  return `\uFEFF${serialiseCsv([LINE_FIELDS.map((field) => FIELD_NAMES.line[field])])}`;
}

/** The rules with the imported numbers in place of what they held of the same numbers; others stay. */
export function replaceNumbers(rules: RuleSet, lines: readonly RuleLine[]): RuleSet {
  const { areaCode } = rules.municipality;
  const canonical = (number: string): string => normaliseNumber(number, areaCode) ?? number;
  const replaced = new Set(lines.map(({ number }) => canonical(number)));
  return {
    ...rules,
    lines: [...rules.lines.filter(({ number }) => !replaced.has(canonical(number))), ...lines],
  };
}
