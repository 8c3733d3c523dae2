/** A process of call control, as the lease names it. */
export interface Holder {
  /** New with every start. */
  readonly id: string;
  /** The folder in which it keeps its calls: who shares it finds them, and can tell whether the process lives. */
  readonly folder: string;
  /** For people who read the log: machine and process number. */
  readonly name: string;
}

/** One time of being the active call control. The higher generation is the later one, whatever was lost in between. */
export interface Term extends Holder {
  readonly generation: number;
}

/** A lease that is not renewed for this long is anybody's, by the clock of its store. */
export const LEASE_MS = 1_500;
/** How often the active one renews it: twice may fail before the lease is gone. */
export const RENEW_EVERY_MS = 400;

/** Shorter than two who do not know of each other can take office apart: the later one waits for a lost lease first. */
const TICK_MS = 100;

/**
 * Above everything that is known, and above the clock: a store that lost its data, or a new disk, does not begin again
 * at one. A clock that goes back is no harm, since what is known counts as well.
 */
export function nextGeneration(nowMs: number, known: readonly number[]): number {
  return Math.max(Math.floor(nowMs / TICK_MS), ...known) + 1;
}

/** What was kept of a term, wherever; null: it is none. */
export function termOf(value: unknown): Term | null {
  const { id, folder, name, generation } = (value ?? {}) as Partial<Term>;
  if (typeof id !== 'string' || typeof generation !== 'number') return null;
  return { id, folder: String(folder), name: String(name), generation };
}
