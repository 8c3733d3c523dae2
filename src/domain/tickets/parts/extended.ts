import type { WorkingCalendar } from '../../deadlines/calendar.ts';
import type { PartTree } from './part.ts';
import { warnAt } from './part-move.ts';
import { timeRuns } from './part-table.ts';

export interface ExtendedPart {
  readonly id: string;
  readonly number: string;
  readonly unitCode: string;
  readonly dueAt: number;
  readonly warnAt: number;
}

/**
 * Parts that follow when the ticket's unit gets more time: those that were given as long as the level above has. Who named a
 * shorter time for a part meant it, and may give it anew. `tree` as it was before; times in epoch milliseconds.
 */
export function extendedParts(
  tree: PartTree,
  dueAt: number,
  calendar: WorkingCalendar,
): readonly ExtendedPart[] {
  const { unitDueAt, parts } = tree;
  if (unitDueAt === null || dueAt <= unitDueAt) return [];
  return parts
    .filter((part) => timeRuns(part.state) && part.dueAt === unitDueAt)
    .map(({ id, number, unitCode, assignedAt }) => ({
      ...{ id, number, unitCode, dueAt },
      warnAt: warnAt(assignedAt, dueAt, calendar),
    }));
}
