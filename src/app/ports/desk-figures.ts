/** What a lead looks after beside the queues, of one local day. */
export interface DeskFigures {
  /** Talks that were measured, and how they were heard; `meanMos` null: none was. */
  readonly quality: { readonly talks: number; readonly bad: number; readonly meanMos: number | null };
  readonly help: {
    readonly asked: number;
    readonly answered: number;
    /** The call ended before anybody came. */
    readonly inVain: number;
    /** Until an answer; null: nobody was answered. */
    readonly meanAnswerMs: number | null;
  };
  /** Calls that came since, or of which something was written, of which nobody has said what came of them. */
  readonly openCalls: number;
}

export interface DeskFigureBook {
  /** `day`: local, `YYYY-MM-DD`. */
  ofDay(day: string, openSince: number): Promise<DeskFigures>;
}
