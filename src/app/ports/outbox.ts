export interface OutboxRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly body: unknown;
}

export type Relayed = 'sent' | { readonly kind: 'unreadable'; readonly why: string };

export interface Outbox {
  /**
   * Takes up to `limit` unsent rows that no other relay holds and whose hour has come at `now`, in order, and hands each to `relay`. Rows are noted as
   * sent when all of them are; when `relay` rejects, those before are noted and it rejects too. Returns how many.
   */
  relay(limit: number, now: number, relay: (row: OutboxRow) => Promise<Relayed>): Promise<number>;
  /** Removes up to `limit` rows that were sent before; returns how many. */
  prune(sentBefore: number, limit: number): Promise<number>;
}
