import {
  type LineCounts,
  NO_CALLS,
  NONE_REPORTED,
  type ReportedCounts,
  sumOfLines,
  sumOfReported,
  withReported,
} from './counts.ts';
import { changeOf, type Figure, type FigureName, figuresOf } from './figures.ts';

/** One line's calls of a period; `line` is null for calls of which no number was recognised. */
export interface LineRow {
  readonly line: string | null;
  readonly counts: LineCounts;
}
export interface ReportedRow {
  readonly line: string;
  readonly reported: ReportedCounts;
}
export interface PeriodRows {
  readonly ours: readonly LineRow[];
  readonly reported: readonly ReportedRow[];
}

/** Periods one after the other as one. */
export function joined(parts: readonly PeriodRows[]): PeriodRows {
  const ours = parts.flatMap((part) => part.ours);
  const reported = parts.flatMap((part) => part.reported);
  return {
    ours: [...new Set(ours.map(({ line }) => line))].map((line) => ({
      line,
      counts: sumOfLines(ours.flatMap((row) => (row.line === line ? [row.counts] : []))),
    })),
    reported: [...new Set(reported.map(({ line }) => line))].map((line) => ({
      line,
      reported: sumOfReported(reported.flatMap((row) => (row.line === line ? [row.reported] : []))),
    })),
  };
}

export interface PeriodFigures {
  /** Our own calls. */
  readonly counts: LineCounts;
  readonly figures: readonly Figure[];
  /** 承办单位上报: told by the unit, in no figure above. */
  readonly reportedByUnit: ReportedCounts;
  readonly withReported: { readonly arrived: number; readonly answered: number };
}

export interface LineReport {
  readonly line: string | null;
  readonly before: PeriodFigures | null;
  readonly after: PeriodFigures;
  /** after − before: percentage points, or seconds; null where a side has nothing to divide by. */
  readonly changes: readonly { readonly name: FigureName; readonly change: number | null }[];
}

/** Lines side by side over one period or two, and their sum. Every call is in exactly one row. */
export function lineReports(
  lines: readonly string[],
  before: PeriodRows | null,
  after: PeriodRows,
): { readonly lines: readonly LineReport[]; readonly total: LineReport } {
  const rows = [before, after].flatMap((period) =>
    period === null ? [] : [...period.ours, ...period.reported],
  );
  const numbers = [
    ...new Set([...lines, ...rows.flatMap(({ line }) => (line === null ? [] : [line]))]),
  ].sort();
  const nameless = rows.some(({ line }) => line === null);
  const reports = [...numbers, ...(nameless ? [null] : [])].map((line) => reportOf(line, before, after));
  const whole = (period: PeriodRows): PeriodFigures =>
    periodFigures(
      sumOfLines(period.ours.map(({ counts }) => counts)),
      sumOfReported(period.reported.map(({ reported }) => reported)),
    );
  return { lines: reports, total: compared(null, before === null ? null : whole(before), whole(after)) };
}

/** Whether a line had a call in one of the periods, ours or reported. */
export const isUsed = ({ before, after }: LineReport): boolean =>
  [before, after].some((one) => one !== null && one.counts.arrived + one.reportedByUnit.calls > 0);

export function reportOf(line: string | null, before: PeriodRows | null, after: PeriodRows): LineReport {
  const of = ({ ours, reported }: PeriodRows): PeriodFigures =>
    periodFigures(
      ours.find((row) => row.line === line)?.counts ?? NO_CALLS,
      reported.find((row) => row.line === line)?.reported ?? NONE_REPORTED,
    );
  return compared(line, before === null ? null : of(before), of(after));
}

function periodFigures(counts: LineCounts, reported: ReportedCounts): PeriodFigures {
  return {
    counts,
    figures: figuresOf(counts),
    reportedByUnit: reported,
    withReported: withReported(counts, reported),
  };
}

function compared(line: string | null, before: PeriodFigures | null, after: PeriodFigures): LineReport {
  const changes =
    before === null
      ? []
      : after.figures.flatMap((figure, index) => {
          const old = before.figures[index];
          return old === undefined ? [] : [{ name: figure.name, change: changeOf(old, figure) }];
        });
  return { line, before, after, changes };
}
