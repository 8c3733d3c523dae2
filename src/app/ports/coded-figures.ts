import type { CodeKind } from '../../domain/codes/code-list.ts';
import type { CodedCount } from '../../domain/codes/tally.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';

export interface AppealsAsked {
  /** Epoch milliseconds; `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  readonly by: Exclude<CodeKind, 'area'>;
  /** Only those of a type, a tag, a category with all under it: tags go across. */
  readonly type?: TicketType;
  readonly tag?: string;
  readonly category?: string;
}

export interface CodedFigures {
  /**
   * Appeals, as tickets and as calls that were answered on the spot, by the code that each bears and the edition of its day;
   * an appeal with several tags counts with each.
   */
  byCode(asked: AppealsAsked): Promise<readonly CodedCount[]>;
  /** Each once; `isConvenience`: under 便民服务, and so no appeal. */
  byType(asked: Omit<AppealsAsked, 'by'>): Promise<
    readonly {
      readonly type: TicketType;
      readonly isConvenience: boolean;
      readonly tickets: number;
      readonly onSpot: number;
    }[]
  >;
}
