/**
 * The last moment at which call control knew what the switch has (epoch milliseconds), kept on the local disk: calls
 * that are missed after a stop or a crash ended then or later, not at the next start.
 */
export interface LastSign {
  /** Null when none was ever kept. */
  read(): Promise<number | null>;
  write(atMs: number): Promise<void>;
}
