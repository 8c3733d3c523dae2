/** GB/T 33358: a person answers within this. The fifteenth second counts. */
export const ANSWER_WITHIN_MS = 15_000;
export const MINUTE_MS = 60_000;

/** What is known of one call's wait for a person, so far. */
export interface CallWait {
  readonly callId: string;
  /** First asked for a person: entered a queue, or rang at the unit's or another centre's telephone. null: never did. */
  readonly requestedMs: number | null;
  /** First word with a person, an agent's or a unit's; what comes later (a transfer, a second talk) changes nothing. */
  readonly connectedMs: number | null;
  readonly endedMs: number | null;
}

/**
 * Which calls count, and how:
 * - `notRequested`: hung up in greeting, menu or announcement, refused, informed, left a message without ever waiting.
 *   They asked for no person and stand in no rate.
 * - `waiting`: not answered, but the fifteenth second is yet to come: not decided, in no rate.
 * - `within`: numerator and denominator.
 * - `late`: answered later, or waiting for longer than that; denominator.
 * - `abandonedEarly`: over within 15 s, without an answer. The standard makes no exception for them: denominator. They
 *   are told apart, so that who must report without them can.
 * - `unanswered`: over later, without an answer, whoever's doing it was; denominator.
 */
export const STANDINGS = [
  'within',
  'late',
  'abandonedEarly',
  'unanswered',
  'waiting',
  'notRequested',
] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf(wait: CallWait, nowMs: number): Standing {
  const { connectedMs, endedMs } = wait;
  // A talk without a wait on record: the fact of the wait is late or was never told, and nobody waited as we know.
  const requestedMs = wait.requestedMs ?? connectedMs;
  if (requestedMs === null) return 'notRequested';
  const inTime = (atMs: number): boolean => atMs - requestedMs <= ANSWER_WITHIN_MS;
  if (connectedMs !== null) return inTime(connectedMs) ? 'within' : 'late';
  if (endedMs !== null) return inTime(endedMs) ? 'abandonedEarly' : 'unanswered';
  return inTime(nowMs) ? 'waiting' : 'late';
}

export type MinuteCounts = Readonly<Record<Standing, number>>;
export const NO_WAITS: MinuteCounts = {
  within: 0,
  late: 0,
  abandonedEarly: 0,
  unanswered: 0,
  waiting: 0,
  notRequested: 0,
};

/** Calls decided that asked for a person: what a rate divides by. */
export const requestedOf = ({ within, late, abandonedEarly, unanswered }: MinuteCounts): number =>
  within + late + abandonedEarly + unanswered;

export const addCounts = (one: MinuteCounts, other: MinuteCounts, sign: 1 | -1 = 1): MinuteCounts => ({
  within: one.within + sign * other.within,
  late: one.late + sign * other.late,
  abandonedEarly: one.abandonedEarly + sign * other.abandonedEarly,
  unanswered: one.unanswered + sign * other.unanswered,
  waiting: one.waiting + sign * other.waiting,
  notRequested: one.notRequested + sign * other.notRequested,
});

/**
 * Calls by the minute in which they asked for a person. Event-driven: each word about a call replaces what was known of
 * it, in constant time, so late, repeated and reordered facts lead to the same counts.
 */
export class ConnectionCounters {
  readonly #calls = new Map<string, { readonly minute: number; readonly standing: Standing }>();
  readonly #minutes = new Map<number, Record<Standing, number>>();

  put(wait: CallWait, nowMs: number): void {
    const before = this.#calls.get(wait.callId);
    if (before !== undefined) this.#count(before.minute, before.standing, -1);
    const atMs = wait.requestedMs ?? wait.connectedMs ?? wait.endedMs;
    if (atMs === null) {
      this.#calls.delete(wait.callId);
      return;
    }
    const now = { minute: Math.floor(atMs / MINUTE_MS), standing: standingOf(wait, nowMs) };
    this.#calls.set(wait.callId, now);
    this.#count(now.minute, now.standing, 1);
  }

  /** `minute`: since the epoch. */
  of(minute: number): MinuteCounts {
    return this.#minutes.get(minute) ?? NO_WAITS;
  }

  #count(minute: number, standing: Standing, by: 1 | -1): void {
    let counts = this.#minutes.get(minute);
    if (counts === undefined) {
      counts = { ...NO_WAITS };
      this.#minutes.set(minute, counts);
    }
    counts[standing] += by;
  }
}
