/** A fact of a call as it lies in the books. */
export interface ToldFact {
  readonly atMs: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}
