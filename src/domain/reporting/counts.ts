/**
 * Calls of a period that came in, each counted once. arrived = answered + abandoned + refused + lost + informed +
 * messages + callbacks + underWay; answered = onSpot + tickets + invalid + open (RD-23: 41 084 = 32 340 + 8 744).
 */
export interface CallCounts {
  readonly arrived: number;
  readonly answered: number;
  readonly onSpot: number;
  readonly tickets: number;
  readonly invalid: number;
  readonly open: number;
  readonly abandoned: number;
  readonly refused: number;
  readonly lost: number;
  /** Ended after an announcement or a notice that the number is no more. */
  readonly informed: number;
  readonly messages: number;
  /** The citizen hung up on the promise to be called back. Whatever becomes of it, nobody answered this call. */
  readonly callbacks: number;
  /** Not ended yet, and not answered. */
  readonly underWay: number;
}
export const COUNT_NAMES = [
  'arrived',
  'answered',
  'onSpot',
  'tickets',
  'invalid',
  'open',
  'abandoned',
  'refused',
  'lost',
  'informed',
  'messages',
  'callbacks',
  'underWay',
] as const satisfies readonly (keyof CallCounts)[];

/** With what is measured of the wait for a person: from the queue (else from our answer) to the first word. */
export interface LineCounts extends CallCounts {
  readonly in15s: number;
  readonly waitedMs: number;
  /** Answered calls of which both ends of the wait are known. */
  readonly waits: number;
  /** Callers who said how the talk was; `satisfied`: of those, with one of the three better grades. */
  readonly rated: number;
  readonly satisfied: number;
}

/** Calls that the unit itself reported. Those of them that rang through us are ours and only mentioned. */
export interface ReportedCounts {
  readonly calls: number;
  readonly answered: number;
  readonly talkMs: number;
  readonly alreadyCounted: number;
}

const zeros = <K extends string>(names: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
const sums = <T extends Record<K, number>, K extends string>(
  rows: readonly T[],
  names: readonly K[],
): Record<K, number> => {
  const sum = zeros(names);
  for (const row of rows) for (const name of names) sum[name] += row[name];
  return sum;
};

const LINE_COUNT_NAMES = [...COUNT_NAMES, 'in15s', 'waitedMs', 'waits', 'rated', 'satisfied'] as const;
const REPORTED_NAMES = ['calls', 'answered', 'talkMs', 'alreadyCounted'] as const;
export const NO_CALLS: LineCounts = zeros(LINE_COUNT_NAMES);
export const NONE_REPORTED: ReportedCounts = zeros(REPORTED_NAMES);

export const sumOfCounts = (rows: readonly CallCounts[]): CallCounts =>
  sums(rows as readonly Record<keyof CallCounts, number>[], COUNT_NAMES);
export const sumOfLines = (rows: readonly LineCounts[]): LineCounts =>
  sums(rows as readonly Record<keyof LineCounts, number>[], LINE_COUNT_NAMES);
export const sumOfReported = (rows: readonly ReportedCounts[]): ReportedCounts =>
  sums(rows as readonly Record<keyof ReportedCounts, number>[], REPORTED_NAMES);

/** What the hotline as a whole took, parallel lines included (RD-08): ours and the reported ones, each once. */
export function withReported(
  counts: CallCounts,
  reported: ReportedCounts,
): { readonly arrived: number; readonly answered: number } {
  return {
    arrived: counts.arrived + reported.calls,
    answered: counts.answered + reported.answered,
  };
}
