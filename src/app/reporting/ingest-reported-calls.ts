import { byNumber } from '../../domain/hotlines/register/period.ts';
import type { RawReportedCall, ReportContext } from '../../domain/reporting/reported-call.ts';
import {
  type ReadReport,
  type RowRemark,
  readRecords,
  readReportFile,
} from '../../domain/reporting/reported-file.ts';
import { AppError } from '../errors.ts';
import type { Lines } from '../ports/lines.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { ReportedCallBook } from '../ports/reported-calls.ts';
import type { Database } from '../ports/transaction.ts';

export interface IngestReport {
  readonly rows: number;
  readonly taken: number;
  /** Rows that were known already, from before or from further up. */
  readonly duplicates: readonly number[];
  readonly refused: readonly number[];
  /** Of those taken, calls of ours that rang the unit: counted there. */
  readonly alreadyCounted: number;
  readonly remarks: readonly RowRemark[];
}

/**
 * A unit's own record of its calls, as a file or as a list. What can be taken is taken, the rest is told row by row;
 * reporting the same again changes nothing. Codes: report.unitMissing.
 */
export function ingestReportedCalls(deps: {
  readonly database: Database;
  readonly reported: ReportedCallBook;
  readonly lines: Pick<Lines, 'list'>;
  /** For the municipality's zone and area code. */
  readonly messages: Pick<MessageBook, 'settings'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const { database, reported, now, newId } = deps;
  return async (input: {
    readonly source: { readonly csv: string } | { readonly records: readonly RawReportedCall[] };
    readonly accountId: string;
    /** `own`: the account's unit reports for itself. */
    readonly as: { readonly unitCode: string | null } | 'hotline';
  }): Promise<IngestReport> => {
    const { source, accountId, as } = input;
    const unitCode = as === 'hotline' ? null : as.unitCode;
    if (as !== 'hotline' && unitCode === null) throw new AppError('report.unitMissing');
    const read = await readSource(deps, source, unitCode);
    const rowOf = new Map<string, number>();
    const calls = read.calls.map(({ row, call }) => {
      const id = newId();
      rowOf.set(id, row);
      return { ...call, id };
    });
    const { rows, refused, remarks } = read;
    if (calls.length === 0) return { rows, taken: 0, duplicates: [], refused, alreadyCounted: 0, remarks };
    const starts = calls.map(({ startedAtMs }) => startedAtMs);
    const [first, last] = [starts.reduce((a, b) => Math.min(a, b)), starts.reduce((a, b) => Math.max(a, b))];
    return database.transact(async (tx) => {
      const written = await reported.add(calls, { accountId, at: now() }, tx);
      const alreadyCounted = written.size === 0 ? 0 : await reported.matchOurs(first, last + 1, tx);
      const duplicates = [...rowOf].flatMap(([id, row]) => (written.has(id) ? [] : [row]));
      return { rows, taken: written.size, duplicates, refused, alreadyCounted, remarks };
    });
  };
}

async function readSource(
  deps: Pick<Parameters<typeof ingestReportedCalls>[0], 'lines' | 'messages' | 'now'>,
  source: { readonly csv: string } | { readonly records: readonly RawReportedCall[] },
  unitCode: string | null,
): Promise<ReadReport> {
  const { zone, areaCode } = await deps.messages.settings();
  const periods = byNumber(await deps.lines.list());
  const context: ReportContext = {
    zone,
    areaCode,
    unitCode,
    nowMs: deps.now(),
    periodsOf: (number) => periods.get(number) ?? [],
  };
  return 'csv' in source ? readReportFile(source.csv, context) : readRecords(source.records, context);
}
