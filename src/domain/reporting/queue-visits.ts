/**
 * What became of the calls in one queue (C16). Each visit is counted once, in the period in which it began; a call
 * counts in every queue that it came through, and twice in one to which it came back.
 */
export interface QueueVisits {
  readonly queue: string;
  /** All that follow, together. */
  readonly offered: number;
  readonly answered: number;
  /** Answered by an agent of a queue further on, or given up there. */
  readonly overflowed: number;
  readonly abandoned: number;
  /** Overflowed into this queue, and answered by one before it. */
  readonly answeredElsewhere: number;
  /** Led out: the queue was no more, the citizen left a message instead. */
  readonly moved: number;
  /** Gave his place to a callback. */
  readonly callback: number;
  readonly waiting: number;
  /** The call is over and nobody told what became of it here: of an earlier release, or of a crash. */
  readonly untold: number;
  /** Of the answered, from the entry into this queue, in milliseconds. */
  readonly waitedMs: number;
}
export type VisitCount = Exclude<keyof QueueVisits, 'queue' | 'waitedMs'>;

export const VISIT_ENDS = [
  'answered',
  'overflowed',
  'abandoned',
  'answeredElsewhere',
  'moved',
  'callback',
  'waiting',
  'untold',
] as const satisfies readonly VisitCount[];

export function totalOf(queues: readonly QueueVisits[]): Omit<QueueVisits, 'queue'> {
  const sum = (of: (one: QueueVisits) => number): number => queues.reduce((all, one) => all + of(one), 0);
  return {
    offered: sum(({ offered }) => offered),
    answered: sum(({ answered }) => answered),
    overflowed: sum(({ overflowed }) => overflowed),
    abandoned: sum(({ abandoned }) => abandoned),
    answeredElsewhere: sum(({ answeredElsewhere }) => answeredElsewhere),
    moved: sum(({ moved }) => moved),
    callback: sum(({ callback }) => callback),
    waiting: sum(({ waiting }) => waiting),
    untold: sum(({ untold }) => untold),
    waitedMs: sum(({ waitedMs }) => waitedMs),
  };
}

/** What was offered is what became of it: in each queue, and so in all. */
export const reconciles = (one: Pick<QueueVisits, VisitCount>): boolean =>
  VISIT_ENDS.reduce((sum, end) => sum + one[end], 0) === one.offered;
