export interface TicketAtPlace {
  readonly id: string;
  readonly place: string;
  readonly title: string;
  readonly open: boolean;
  /** The citizen's time was over before it was closed. */
  readonly overdue: boolean;
  readonly reworked: boolean;
  /** By what the town calls convenience services today. */
  readonly isConvenience: boolean;
}

export interface AreaFigures {
  /** Citizens' tickets accepted from one local day to another, both included, by id, behind `after`. */
  tickets(
    days: { readonly from: string; readonly to: string },
    after: string | null,
    limit: number,
  ): Promise<readonly TicketAtPlace[]>;
}
