/** Time, and being called when it has come. Behind a port, so that tests own it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** The moment by which rules are applied: `now`, but where people train or test at another day. */
  rulesNow(): number;
  /** Runs once after `afterMs`; the returned function takes it back. */
  after(afterMs: number, run: () => void): () => void;
}
