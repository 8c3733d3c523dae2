/** One caller who had waited went to an agent. Epoch milliseconds. */
export interface HandOver {
  readonly atMs: number;
  /** How long the line had waited for it, times the agents who were at work: what one agent needs for one caller. */
  readonly agentMs: number;
}

/**
 * How fast a desk's line moves, by what was seen of it. Only time in which somebody waited counts: an agent who sits idle
 * says nothing about how long a caller would take. Measured in agents' time, so that it holds when some go or come.
 */
export interface Pace {
  readonly queue: string;
  /** Of the last hand-over, waited for or not. */
  readonly latestMs: number | null;
  readonly handOvers: readonly HandOver[];
}

/** What is older tells of another hour of the day; more of them than these make it no truer. */
export const PACE_WINDOW_MS = 30 * 60_000;
export const PACE_AT_MOST = 60;

export const unseen = (queue: string): Pace => ({ queue, latestMs: null, handOvers: [] });

/** Of who joined when, and went to an agent at `atMs`; `waited`: an idle agent would have taken him at once. */
export function handedOver(
  pace: Pace,
  seen: {
    readonly enteredMs: number;
    readonly atMs: number;
    readonly waited: boolean;
    readonly agents: number;
  },
): Pace {
  const { enteredMs, atMs, waited, agents } = seen;
  const latestMs = Math.max(pace.latestMs ?? atMs, atMs);
  // The line began with him if nobody was in it before: it had not waited for longer than he.
  const fromMs = Math.max(pace.latestMs ?? enteredMs, enteredMs);
  const added = waited && agents > 0 ? [{ atMs, agentMs: Math.max(0, atMs - fromMs) * agents }] : [];
  return { ...pace, latestMs, handOvers: recent([...pace.handOvers, ...added], atMs) };
}

export const recent = (handOvers: readonly HandOver[], nowMs: number): readonly HandOver[] =>
  handOvers.filter(({ atMs }) => atMs > nowMs - PACE_WINDOW_MS).slice(-PACE_AT_MOST);
