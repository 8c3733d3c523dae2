import {
  type DialTally,
  measuredPace,
  type OutboundLoad,
  type OutboundPace,
  type OutboundPlan,
  outboundLoad,
  planOutbound,
} from '../../domain/reporting/outbound-plan.ts';
import type { ReportPeriod } from '../../domain/reporting/period.ts';
import type { OutboundFigures, PurposeTally } from '../ports/outbound-figures.ts';
import { daysWithin } from './report-lines.ts';

export interface OutboundReport extends OutboundLoad {
  readonly days: number;
  readonly callsIn: number;
  /** Return visits by people and by the machine. */
  readonly dialsOut: number;
  readonly purposes: readonly PurposeTally[];
  readonly pace: OutboundPace;
  readonly plan: OutboundPlan;
}

const NONE: DialTally = { dials: 0, reached: 0, ringMs: 0, talkMs: 0 };

/**
 * What goes out beside what comes in, and how many people the return visits want: at the pace that was measured, but for what
 * the asker would have otherwise. The machine's surveys are dials, and want nobody. Code: period.tooLong.
 */
export function reportOutbound({ outboundFigures }: { readonly outboundFigures: OutboundFigures }) {
  return async (period: ReportPeriod, wanted: Partial<OutboundPace>): Promise<OutboundReport> => {
    const days = daysWithin(period).length;
    const callsIn = await outboundFigures.callsIn(period);
    const purposes = await outboundFigures.dials(period);
    const of = (purpose: PurposeTally['purpose']): DialTally =>
      purposes.find((one) => one.purpose === purpose) ?? NONE;
    const dialsOut = of('returnVisit').dials + of('survey').dials;
    const pace = { ...measuredPace(of('returnVisit'), days), ...wanted };
    return {
      days,
      callsIn,
      dialsOut,
      ...outboundLoad({ days, callsIn, dialsOut }),
      purposes,
      pace,
      plan: planOutbound(pace),
    };
  };
}
