import type { ReportPeriod } from '../../domain/reporting/period.ts';
import type { TicketChannel } from '../../domain/tickets/opening.ts';

/** Appeals that were accepted in a span of local days, and in the same days of the year before. */
export interface ChannelCount {
  readonly tickets: number;
  readonly yearBefore: number;
}

export interface ChannelFigures {
  /** By which way they came, and all of them counted for themselves: the two must agree. A channel without any is absent. */
  byChannel(period: ReportPeriod): Promise<{
    readonly total: ChannelCount;
    readonly channels: readonly (ChannelCount & { readonly channel: TicketChannel })[];
  }>;
}
