import { parseCsv } from '../hotlines/register/csv.ts';
import {
  type RawReportedCall,
  type ReportContext,
  type ReportedCall,
  type ReportedField,
  type ReportRemark,
  readReportedCall,
} from './reported-call.ts';

/** Column of a file and what else it may be headed. */
export const REPORTED_COLUMNS = {
  line: ['line', '号码', '热线号码'],
  startedAt: ['started_at', '开始时间', '来电时间'],
  duration: ['duration', '时长', '通话时长'],
  answered: ['answered', '接通', '是否接通'],
  caller: ['caller', '主叫', '主叫号码'],
  reference: ['reference', '流水号', '记录编号'],
} as const satisfies Record<ReportedField, readonly [column: string, ...also: string[]]>;

const FIELDS = Object.keys(REPORTED_COLUMNS) as readonly ReportedField[];
const REQUIRED: readonly ReportedField[] = ['line', 'startedAt', 'duration', 'answered'];

export interface RowRemark extends Omit<ReportRemark, 'field'> {
  /** Line of the file, or place in the list, from 1. */
  readonly row: number;
  readonly field: string | null;
}

export interface ReadReport {
  readonly rows: number;
  readonly calls: readonly { readonly row: number; readonly call: ReportedCall }[];
  readonly refused: readonly number[];
  readonly remarks: readonly RowRemark[];
}

interface Row {
  readonly row: number;
  readonly raw: RawReportedCall | null;
  readonly remark: RowRemark | null;
}

/** Calls in the order in which they were given, those refused with the reason. */
export function readRecords(records: readonly RawReportedCall[], context: ReportContext): ReadReport {
  return read(
    records.map((raw, index) => ({ row: index + 1, raw, remark: null })),
    context,
  );
}

/** The same from CSV text (UTF-8), headings in English or Chinese, in any order. */
export function readReportFile(text: string, context: ReportContext): ReadReport {
  const [heading, ...records] = parseCsv(text);
  const fields = (heading?.cells ?? []).map(fieldOf);
  const wrong = headingRemarks(heading?.line ?? 1, fields, text);
  if (wrong.length > 0) {
    return {
      rows: records.length,
      calls: [],
      refused: records.map(({ line }) => line),
      remarks: wrong,
    };
  }
  const rows = records.map(({ line: row, cells, fault }): Row => {
    const broken =
      fault !== null
        ? refusal(row, '该行的引号不配对', '将整个单元格放在引号内，其中的引号写两次')
        : cells.length !== fields.length
          ? refusal(row, `有 ${cells.length} 列`, `应有 ${fields.length} 列`)
          : null;
    if (broken !== null) return { row, raw: null, remark: broken };
    const cell = (field: ReportedField): string => cells[fields.indexOf(field)] ?? '';
    const raw = Object.fromEntries(FIELDS.map((field) => [field, cell(field)])) as unknown as RawReportedCall;
    return { row, raw, remark: null };
  });
  return read(rows, context);
}

function read(rows: readonly Row[], context: ReportContext): ReadReport {
  const calls: { row: number; call: ReportedCall }[] = [];
  const refused: number[] = [];
  const remarks: RowRemark[] = [];
  for (const { row, raw, remark } of rows) {
    if (remark !== null) remarks.push(remark);
    const { call, remarks: told } =
      raw === null ? { call: null, remarks: [] } : readReportedCall(raw, context);
    remarks.push(...told.map(({ field, ...rest }) => ({ ...rest, row, field: REPORTED_COLUMNS[field][0] })));
    if (call === null) refused.push(row);
    else calls.push({ row, call });
  }
  return { rows: rows.length, calls, refused, remarks };
}

function fieldOf(heading: string): ReportedField | null {
  const text = heading.trim().toLowerCase();
  return (
    FIELDS.find(
      (field) =>
        field.toLowerCase() === text || (REPORTED_COLUMNS[field] as readonly string[]).includes(text),
    ) ?? null
  );
}

const refusal = (row: number, wrong: string, right: string): RowRemark => ({
  row,
  field: null,
  severity: 'refused',
  wrong,
  right,
});

function headingRemarks(
  row: number,
  fields: readonly (ReportedField | null)[],
  text: string,
): readonly RowRemark[] {
  const missing = REQUIRED.filter((field) => !fields.includes(field)).map(
    (field) => REPORTED_COLUMNS[field][0],
  );
  const twice = fields.filter((field, at) => field !== null && fields.indexOf(field) !== at);
  return [
    ...missing.map((column) => refusal(row, `缺少列 ${column}`, `在第一行加上 ${column}`)),
    ...twice.map((field) => refusal(row, `列 ${field} 重复`, '保留其中一列')),
    ...(text.includes('\uFFFD')
      ? [refusal(row, '文件不是 UTF-8 编码，部分文字已损坏', '另存为 UTF-8 编码的 CSV')]
      : []),
  ];
}
