/**
 * Whether this process is the active call control at this very moment. Cheap, and asked before everything that
 * leaves the process: a process that was frozen finds itself in doubt before it does anything.
 */
export interface Tenure {
  /** False while in doubt, and for ever once another one took over. */
  holds(): boolean;
  /** Runs once when the doubt is over and we hold; never if another one took over. */
  onceSettled(run: () => void): void;
  /** The same for who can wait: true as soon as we hold; false when the doubt outlasts `withinMs`. */
  settled(withinMs: number): Promise<boolean>;
}

/** For call control without rivals. */
export const UNCONTESTED: Tenure = {
  holds: () => true,
  onceSettled: (run) => run(),
  settled: () => Promise.resolve(true),
};
