/** Calls for which nobody is there: they wait, and nobody who is signed in can take them. Times are epoch milliseconds. */
export interface UnservedCall {
  readonly callId: string;
  /** The name of the desk that he came to last. */
  readonly queue: string;
  /** Why he waits, as the books say it. */
  readonly reason: string;
  readonly reasonEn: string;
  readonly waitsSince: number;
}

/** What was asked for and that nobody had: whoever was there took, or takes, the call instead. */
export interface EasedCalls {
  readonly count: number;
  readonly queue: string;
  /** As the books say it, of the latest. */
  readonly reason: string;
}

export interface UnservedCalls {
  /** Who waits so since that time or before, for one and the same reason: the longest waiting first. */
  waiting(reasonSince: number): Promise<readonly UnservedCall[]>;
  /** Since that time; null: none. */
  eased(since: number): Promise<EasedCalls | null>;
}
