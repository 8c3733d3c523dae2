import { normaliseNumber } from '../number.ts';
import { LINE_FIELDS, type RuleLine, type RuleSet } from '../versions/rule-set.ts';
import { COLUMNS, type Field, fieldOf, REQUIRED } from './columns.ts';
import { type CsvRecord, parseCsv, serialiseCsv } from './csv.ts';
import { overlap } from './period.ts';
import { type ImportContext, type RowContext, type RowRemark, readRow, rowContext } from './read-row.ts';

/** Every row of the file is either in `lines` or in `refused`, where its cells are kept as they came. */
export interface ImportReport {
  readonly rows: number;
  readonly lines: readonly RuleLine[];
  readonly refused: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** In the order of the file: why a row was refused, or what somebody should look at. */
  readonly remarks: readonly RowRemark[];
}

const FAULTS = {
  quoteNotClosed: ['引号没有结束', '在单元格末尾补上引号'],
  textAfterQuote: ['引号之后还有文字', '将整个单元格放在引号内，其中的引号写两次'],
  quoteInText: ['未加引号的单元格内有引号', '将整个单元格放在引号内，其中的引号写两次'],
} as const;

/** Reads a register from CSV text (UTF-8), line by line; headings in English or Chinese, in any order. */
export function importLines(text: string, context: ImportContext): ImportReport {
  const [heading, ...rows] = parseCsv(text);
  const headed = readHeading(heading);
  const remarks: RowRemark[] = [...headed.remarks];
  if (text.includes('\uFFFD'))
    remarks.push(refusal(1, '文件不是 UTF-8 编码，部分文字已损坏', '另存为 UTF-8 编码的 CSV'));
  if (remarks.some(({ severity }) => severity === 'refused')) {
    return {
      rows: rows.length,
      lines: [],
      refused: rows.map(({ line, cells }) => ({ line, cells })),
      remarks,
    };
  }
  const known = rowContext(context);
  const read: { readonly record: CsvRecord; readonly taken: RuleLine }[] = [];
  const refused: { line: number; cells: readonly string[] }[] = [];
  const faulty = new Map<string, number>();
  const periods = new Map<string, { readonly row: number; readonly taken: RuleLine }[]>();
  for (const record of rows) {
    const { line: row, cells } = record;
    const { line: taken, remarks: told } = readRecord(record, headed.fields, known);
    remarks.push(...told);
    if (taken === null) faulty.set(numberIn(record, headed.fields, context), row);
    const same = taken === null ? [] : (periods.get(taken.number) ?? []);
    const rival = taken === null ? undefined : same.find((other) => overlap(other.taken, taken));
    if (rival !== undefined) {
      const wrong = `与第 ${rival.row} 行同一号码、期间重叠`;
      remarks.push(refusal(row, wrong, '删除其中一行，或使期间不重叠'));
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
  const lines = read.flatMap(({ record: { line: row, cells }, taken }) => {
    const other = faulty.get(taken.number);
    if (other === undefined) return [taken];
    remarks.push(refusal(row, `同一号码的第 ${other} 行未被接受，该号码保持原样`, `改正第 ${other} 行`));
    refused.push({ line: row, cells });
    return [];
  });
  const inOrder = <T extends { readonly line: number }>(some: T[]): T[] =>
    some.sort((a, b) => a.line - b.line);
  return { rows: rows.length, lines, refused: inOrder(refused), remarks: inOrder(remarks) };
}

/** Of a row that could not be read: the number that it seems to speak of. */
function numberIn(
  { cells }: CsvRecord,
  fields: readonly (Field | null)[],
  { areaCode }: ImportContext,
): string {
  const cell = cells[fields.indexOf('number')] ?? '';
  return normaliseNumber(cell, areaCode) ?? cell.trim();
}

const refusal = (line: number, wrong: string, right: string): RowRemark => ({
  line,
  field: null,
  severity: 'refused',
  wrong,
  right,
});

function readHeading(heading: CsvRecord | undefined): {
  readonly fields: readonly (Field | null)[];
  readonly remarks: readonly RowRemark[];
} {
  if (heading === undefined) return { fields: [], remarks: [refusal(1, '文件为空', '第一行为列名')] };
  const { line, cells } = heading;
  const fields = cells.map(fieldOf);
  const remarks: RowRemark[] = [];
  const missing = REQUIRED.filter((field) => !fields.includes(field)).map((field) => COLUMNS[field]);
  if (!fields.includes('unitName') && !fields.includes('unitCode')) missing.push(COLUMNS.unitName);
  for (const column of missing) remarks.push(refusal(line, `缺少列 ${column}`, `在第一行加上 ${column}`));
  for (const [position, field] of fields.entries()) {
    const cell = cells[position] ?? '';
    if (field === null) {
      const wrong = `列“${cell}”未知，未读取`;
      remarks.push({ line, field: cell, severity: 'note', wrong, right: Object.values(COLUMNS).join('、') });
    } else if (fields.indexOf(field) !== position) {
      remarks.push(refusal(line, `列 ${COLUMNS[field]} 重复`, '保留其中一列'));
    }
  }
  return { fields, remarks };
}

function readRecord(
  { line, cells, fault }: CsvRecord,
  fields: readonly (Field | null)[],
  context: RowContext,
): ReturnType<typeof readRow> {
  if (fault !== null) {
    const [wrong, right] = FAULTS[fault];
    return { line: null, remarks: [refusal(line, wrong, right)] };
  }
  if (cells.length !== fields.length) {
    return { line: null, remarks: [refusal(line, `有 ${cells.length} 列`, `应有 ${fields.length} 列`)] };
  }
  const byField = new Map<Field, string>();
  for (const [position, field] of fields.entries()) {
    if (field !== null) byField.set(field, cells[position] ?? '');
  }
  return readRow(byField, line, context);
}

/** The register as CSV; with a byte order mark, or spreadsheets take the text for another encoding. */
export function exportLines(lines: readonly RuleLine[]): string {
  const heading = LINE_FIELDS.map((field) => COLUMNS[field]);
  return `\uFEFF${serialiseCsv([heading, ...lines.map((line) => LINE_FIELDS.map((field) => line[field] ?? ''))])}`;
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
