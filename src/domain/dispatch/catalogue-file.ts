import { parseCsv, serialiseCsv } from '../hotlines/register/csv.ts';
import { type CatalogueEntry, keyOf } from './entry.ts';
import {
  type EntryContext,
  type EntryField,
  type EntryRemark,
  type RawEntry,
  type ReadEntry,
  readEntry,
} from './read-row.ts';

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

export interface LineRemark extends Omit<EntryRemark, 'field'> {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly field: string | null;
}

export interface CatalogueReport {
  /** Without the heading. */
  readonly rows: number;
  readonly entries: readonly { readonly line: number; readonly entry: ReadEntry }[];
  readonly refused: readonly number[];
  readonly remarks: readonly LineRemark[];
}

/** Headings in English or Chinese, in any order; what can be taken is taken, the rest is told line by line. */
export function readCatalogueFile(text: string, context: EntryContext): CatalogueReport {
  const [heading, ...records] = parseCsv(text);
  const headings = (heading?.cells ?? []).map((one) => one.trim());
  const fields = headings.map(fieldOf);
  const wrong = headingRemarks(heading?.line ?? 1, headings, fields, text);
  if (wrong.length > 0) {
    return { rows: records.length, entries: [], refused: records.map(({ line }) => line), remarks: wrong };
  }
  const entries: { line: number; entry: ReadEntry }[] = [];
  const remarks: LineRemark[] = [];
  const refused: number[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, cells, fault } of records) {
    const told: LineRemark[] = [];
    const say = (wrongIs: string, right: string) => told.push(refusal(line, wrongIs, right));
    if (fault !== null) say('该行的引号不配对', '将整个单元格放在引号内，其中的引号写两次');
    else if (cells.length !== fields.length) say(`有 ${cells.length} 列`, `应有 ${fields.length} 列`);
    else {
      const cell = (field: EntryField): string => cells[fields.indexOf(field)] ?? '';
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
        } else say(`与第 ${before} 行是同一事项、同一生效日`, '只留一行，或改生效日');
      }
    }
    remarks.push(...told);
    if (told.some(({ severity }) => severity === 'refused')) refused.push(line);
  }
  return { rows: records.length, entries, refused, remarks };
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
  const text = heading.toLowerCase();
  return FIELDS.find((field) => (COLUMNS[field] as readonly string[]).includes(text)) ?? null;
}

const refusal = (line: number, wrong: string, right: string): LineRemark => ({
  line,
  field: null,
  severity: 'refused',
  wrong,
  right,
});

function headingRemarks(
  line: number,
  headings: readonly string[],
  fields: readonly (EntryField | null)[],
  text: string,
): readonly LineRemark[] {
  const strange = headings.filter((one, at) => fields[at] === null && !ALSO.includes(one.toLowerCase()));
  const twice = fields.filter((field, at) => field !== null && fields.indexOf(field) !== at);
  return [
    ...REQUIRED.filter((field) => !fields.includes(field)).map((field) =>
      refusal(line, `缺少列 ${COLUMNS[field][0]}`, `在第一行加上 ${COLUMNS[field][0]}`),
    ),
    ...strange.map((one) =>
      refusal(line, `不认识的列“${one}”`, `可用的列：${FIELDS.map((f) => COLUMNS[f][0])}`),
    ),
    ...twice.map((field) => refusal(line, `列 ${field} 重复`, '保留其中一列')),
    ...(text.includes('\uFFFD')
      ? [refusal(line, '文件不是 UTF-8 编码，部分文字已损坏', '另存为 UTF-8 编码的 CSV')]
      : []),
  ];
}
