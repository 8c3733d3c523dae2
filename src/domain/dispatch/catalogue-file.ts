import { serialiseCsv } from '../hotlines/register/csv.ts';
import {
  isRefused,
  type LineRemark,
  readHeadedCsv,
  refusal,
  strangeColumn,
} from '../hotlines/register/headed-csv.ts';
import { type CatalogueEntry, keyOf } from './entry.ts';
import { type EntryContext, type EntryField, type RawEntry, type ReadEntry, readEntry } from './read-row.ts';

/** Column of a file and what else it may be headed. The last two are written and not read. */
const COLUMNS = {
  area: ['area', '区域'],
  category: ['category', '分类', '诉求分类'],
  asset: ['asset', '设施', '部件'],
  lead: ['lead', '主办', '主办单位'],
  assist: ['assist', '协办', '协办单位'],
  validFrom: ['valid_from', '生效日', '生效日期'],
  validTo: ['valid_to', '截止日', '截止日期'],
  basis: ['basis', '依据'],
} as const satisfies Record<EntryField, readonly [column: string, ...also: string[]]>;
const ALSO = ['source', '来源', 'source_ref', '裁定编号'];

const FIELDS = Object.keys(COLUMNS) as readonly EntryField[];
const REQUIRED: readonly EntryField[] = ['category', 'lead'];

export interface CatalogueReport {
  /** Without the heading. */
  readonly rows: number;
  readonly entries: readonly { readonly line: number; readonly entry: ReadEntry }[];
  readonly refused: readonly number[];
  readonly remarks: readonly LineRemark[];
}

/** Headings in English or Chinese, in any order; what can be taken is taken, the rest is told line by line. */
export function readCatalogueFile(text: string, context: EntryContext): CatalogueReport {
  const { lines, remarks: wrong, inItsWords } = readHeadedCsv(text, HEADINGS);
  if (isRefused(wrong)) {
    return { rows: lines.length, entries: [], refused: lines.map(({ line }) => line), remarks: wrong };
  }
  const entries: { line: number; entry: ReadEntry }[] = [];
  const remarks: LineRemark[] = [];
  const refused: number[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, values, remark } of lines) {
    const told: LineRemark[] = remark === null ? [] : [remark];
    if (values !== null) {
      const cell = (field: EntryField): string => values.get(field) ?? '';
      const raw = Object.fromEntries(FIELDS.map((field) => [field, cell(field)])) as unknown as RawEntry;
      const read = readEntry(raw, context);
      told.push(
        ...read.remarks.map((one) => ({
          ...one,
          line,
          field: one.field === null ? null : COLUMNS[one.field][0],
        })),
      );
      if (read.entry !== null) {
        const key = `${keyOf(read.entry)}|${read.entry.validFrom}`;
        const before = lineOf.get(key);
        if (before === undefined) {
          lineOf.set(key, line);
          entries.push({ line, entry: read.entry });
        } else told.push(sameMatter(line, before));
      }
    }
    remarks.push(...told);
    if (isRefused(told)) refused.push(line);
  }
  return { rows: lines.length, entries, refused, remarks: inItsWords(remarks) };
}

export function writeCatalogueFile(entries: readonly CatalogueEntry[]): string {
  const rows = entries.map((one) => [
    one.area,
    one.category,
    one.asset,
    one.leadUnit,
    one.assistUnits.join(';'),
    one.validFrom,
    one.validTo ?? '',
    one.basis,
    one.source,
    one.sourceRef,
  ]);
  return serialiseCsv([[...FIELDS.map((field) => COLUMNS[field][0]), 'source', 'source_ref'], ...rows]);
}

function fieldOf(heading: string): EntryField | null {
  const text = heading.trim().toLowerCase();
  return FIELDS.find((field) => (COLUMNS[field] as readonly string[]).includes(text)) ?? null;
}

const columnOf = (field: EntryField, chinese: boolean): string => COLUMNS[field][chinese ? 1 : 0];

const sameMatter = (line: number, before: number): LineRemark =>
  refusal(
    line,
    [`与第 ${before} 行是同一事项、同一生效日`, `The matter and the first day are those of line ${before}`],
    ['只留一行，或改生效日', 'Keep one of the lines, or change the first day'],
  );

const HEADINGS = {
  fieldOf,
  columnOf,
  required: REQUIRED,
  strange: (heading: string, line: number, chinese: boolean): LineRemark | null =>
    ALSO.includes(heading.toLowerCase())
      ? null
      : strangeColumn(
          line,
          heading,
          FIELDS.map((field) => columnOf(field, chinese)),
        ),
} as const;
