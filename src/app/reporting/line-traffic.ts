import { type TrafficDay, trafficCurve } from '../../domain/reporting/traffic.ts';
import { AppError } from '../errors.ts';
import type { LineFigures } from '../ports/line-figures.ts';
import type { Lines, RegisteredLine } from '../ports/lines.ts';
import { daysWithin } from './report-lines.ts';

export interface LineTraffic {
  readonly line: RegisteredLine | null;
  /** The number's last transition; null when it never had one. */
  readonly transition: { readonly from: string; readonly lastDay: string } | null;
  readonly days: readonly TrafficDay[];
}

/** How a line's calls fall off, day by day, while it is merged and afterwards. Codes: period.tooLong, line.unknown. */
export function lineTraffic(deps: { readonly figures: LineFigures; readonly lines: Lines }) {
  return async (number: string, from: string, to: string): Promise<LineTraffic> => {
    const days = daysWithin({ from, to });
    const periods = (await deps.lines.list()).filter((line) => line.number === number);
    const rows = await deps.figures.traffic({ from, to }, number);
    if (periods.length === 0 && rows.length === 0) throw new AppError('line.unknown', { number });
    const transitions = periods.filter(({ mode }) => mode === 'TRANSITION');
    const last = transitions.reduce<RegisteredLine | null>(
      (latest, one) => (latest === null || one.validFrom > latest.validFrom ? one : latest),
      null,
    );
    return {
      line: await deps.lines.byNumber(number),
      transition:
        last?.validTo === null || last === null ? null : { from: last.validFrom, lastDay: last.validTo },
      days: trafficCurve(days, rows),
    };
  };
}
