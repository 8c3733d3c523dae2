import { isRefused, type LineRemark, readHeadedCsv } from '../hotlines/register/headed-csv.ts';
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
  const { lines, remarks: wrong, inItsWords } = readHeadedCsv(text, HEADINGS);
  if (isRefused(wrong)) {
    return {
      rows: lines.length,
      calls: [],
      refused: lines.map(({ line }) => line),
      remarks: wrong.map(onRow),
    };
  }
  const rows = lines.map(({ line: row, values, remark }): Row => {
    if (values === null) return { row, raw: null, remark: remark === null ? null : onRow(remark) };
    const raw = Object.fromEntries(FIELDS.map((field) => [field, values.get(field) ?? '']));
    return { row, raw: raw as unknown as RawReportedCall, remark: null };
  });
  const report = read(rows, context);
  const remarks = inItsWords(report.remarks.map(({ row, ...remark }) => ({ ...remark, line: row })));
  return { ...report, remarks: remarks.map(onRow) };
}

const onRow = ({ line, ...remark }: LineRemark): RowRemark => ({ ...remark, row: line });

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

const HEADINGS = {
  fieldOf,
  columnOf: (field: ReportedField, chinese: boolean) => REPORTED_COLUMNS[field][chinese ? 1 : 0],
  required: REQUIRED,
  // A unit's own system exports more than we ask for.
  strange: () => null,
} as const;
