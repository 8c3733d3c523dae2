import { type DeadlineMark, type MarkClock, type MarkKind, OVERDUE_LEVEL } from '../deadlines/clocks.ts';
import type { PendingMark } from './count-again.ts';

/** A due time that is another by a calendar that was edited. */
export interface DueMove {
  readonly clock: MarkClock;
  readonly kind: MarkKind;
  readonly before: number;
  readonly after: number;
  /** It is not certain even then: a year of its count is not entered. */
  readonly provisional: boolean;
}

/**
 * What is told of a ticket that was counted again: the ends of its clocks and stages. Where only warnings move, those. What
 * merely became certain moves nothing and is not told.
 */
export function dueMoves(
  pending: readonly PendingMark[],
  recounted: readonly DeadlineMark[],
): readonly DueMove[] {
  const moved = recounted.flatMap(({ clock, kind, level, dueAt, provisional }) => {
    const was = pending.find((one) => one.clock === clock && one.kind === kind && one.level === level);
    if (was === undefined || was.dueAt === dueAt) return [];
    return [{ level, move: { clock, kind, before: was.dueAt, after: dueAt, provisional } }];
  });
  const ends = moved.filter(({ level }) => level === OVERDUE_LEVEL);
  return (ends.length > 0 ? ends : moved).map(({ move }) => move);
}
