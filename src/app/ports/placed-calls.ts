/** A call out that went to somebody, as the caps against toll fraud count it. */
export interface PlacedCall {
  readonly id: string;
  readonly atMs: number;
  readonly agentId: string;
  /** In the one spelling. */
  readonly number: string;
}

/** Of the last hour, kept so that a restart opens no second hour's worth of calls. */
export interface PlacedCallStore {
  read(): Promise<readonly PlacedCall[]>;
  /** Return at once. */
  save(placed: PlacedCall): void;
  drop(id: string): void;
}
