import {
  joined,
  type LineReport,
  lineReports,
  type PeriodRows,
  reportOf,
} from '../../domain/reporting/line-report.ts';
import {
  aroundDay,
  type Comparison,
  daysOf,
  piecesOf,
  type ReportPeriod,
} from '../../domain/reporting/period.ts';
import { AppError } from '../errors.ts';
import type { LineFigures } from '../ports/line-figures.ts';
import type { Lines, RegisteredLine } from '../ports/lines.ts';

/** Figures are counted from the calls themselves, so a period has its limit. */
const DAYS_MAX = 366;
/** Counted in pieces: none of them is long enough to be given up, nor to keep others from the database for long. */
const PIECE_DAYS = 31;

export interface ReportQuery {
  readonly from?: string;
  readonly to?: string;
  readonly beforeFrom?: string;
  readonly beforeTo?: string;
  /** Instead of the four: as many days before this day as from it on. */
  readonly splitOn?: string;
  readonly days?: number;
}

/** Codes: period.incomplete, period.tooLong. */
export function comparisonOf(query: ReportQuery): Comparison {
  const { from, to, beforeFrom, beforeTo, splitOn, days = 30 } = query;
  const named = [from, to, beforeFrom, beforeTo].filter((one) => one !== undefined).length;
  if (splitOn !== undefined) {
    if (named > 0) throw new AppError('period.incomplete', { needs: ['splitOn', 'days'] });
    return checked(aroundDay(splitOn, days));
  }
  if (from === undefined || to === undefined)
    throw new AppError('period.incomplete', { needs: ['from', 'to'] });
  if ((beforeFrom === undefined) !== (beforeTo === undefined)) {
    throw new AppError('period.incomplete', { needs: ['beforeFrom', 'beforeTo'] });
  }
  const before =
    beforeFrom === undefined || beforeTo === undefined ? null : { from: beforeFrom, to: beforeTo };
  return checked({ before, after: { from, to } });
}

function checked(comparison: Comparison): Comparison {
  for (const period of [comparison.before, comparison.after]) if (period !== null) daysWithin(period);
  return comparison;
}

/** The period's days. Code: period.tooLong. */
export function daysWithin(period: ReportPeriod): readonly string[] {
  const days = daysOf(period, DAYS_MAX);
  if (days === null) throw new AppError('period.tooLong', { ...period, most: DAYS_MAX });
  return days;
}

async function rowsOf(
  { figures }: { readonly figures: LineFigures },
  period: ReportPeriod,
  line: string | null,
): Promise<PeriodRows> {
  const parts: PeriodRows[] = [];
  for (const piece of piecesOf(period, PIECE_DAYS)) parts.push(await figures.rows(piece, line));
  return joined(parts);
}

/** All lines of the register, those that only calls still know, and the calls without a line; with their sum. */
export function reportLines(deps: { readonly figures: LineFigures; readonly lines: Pick<Lines, 'list'> }) {
  return async (
    query: ReportQuery,
  ): Promise<
    Comparison & {
      readonly lines: readonly LineReport[];
      readonly total: LineReport;
      readonly register: readonly RegisteredLine[];
    }
  > => {
    const comparison = comparisonOf(query);
    const register = await deps.lines.list();
    const before = comparison.before === null ? null : await rowsOf(deps, comparison.before, null);
    const after = await rowsOf(deps, comparison.after, null);
    const numbers = register.map(({ number }) => number);
    return { ...comparison, ...lineReports(numbers, before, after), register };
  };
}

/** One line. Code: line.unknown when neither the register nor a call knows it. */
export function reportLine(deps: { readonly figures: LineFigures; readonly lines: Pick<Lines, 'byNumber'> }) {
  return async (
    line: string,
    query: ReportQuery,
  ): Promise<Comparison & { readonly report: LineReport; readonly registered: RegisteredLine | null }> => {
    const comparison = comparisonOf(query);
    const registered = await deps.lines.byNumber(line);
    const before = comparison.before === null ? null : await rowsOf(deps, comparison.before, line);
    const after = await rowsOf(deps, comparison.after, line);
    const known = [before, after].some(
      (rows) => rows !== null && rows.ours.length + rows.reported.length > 0,
    );
    if (registered === null && !known) throw new AppError('line.unknown', { number: line });
    return { ...comparison, report: reportOf(line, before, after), registered };
  };
}
