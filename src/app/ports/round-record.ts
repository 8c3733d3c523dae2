/** Where a worker notes which of its rounds fail, so that a person sees it before the effects are missed. */
export interface RoundRecord {
  /** Each failure anew; `failures` in a row since `sinceMs`. Rejects while the books are away. */
  failed(failure: {
    readonly round: string;
    readonly why: string;
    readonly sinceMs: number;
    readonly atMs: number;
    readonly failures: number;
  }): Promise<void>;
  works(round: string): Promise<void>;
  /** Nothing of this worker fails any more: it goes home. */
  forget(): Promise<void>;
  /** Of workers that were killed. */
  prune(beforeMs: number): Promise<void>;
}
