import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { weekBounds } from '../../domain/knowledge/weekly.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { KnowledgeCare, NamedEntry, OpenTask, UnitWeek } from '../ports/knowledge-care.ts';

export interface Care extends UnitWeek {
  readonly over: readonly NamedEntry[];
  readonly tasks: readonly OpenTask[];
}

/** What the weekly list says, as it is now, and what is asked of the unit beside it; `unitCode` null: of all units. */
export function readCare(deps: {
  readonly care: Pick<KnowledgeCare, 'week' | 'over' | 'openTasks'>;
  readonly calendar: CalendarSource;
  readonly now: () => number;
}) {
  return async (unitCode: string | null, limit: number): Promise<Care> => {
    const { calendar } = await deps.calendar.load();
    const now = deps.now();
    const day = localDateOf(now, calendar.zone);
    const [week, over, tasks] = await Promise.all([
      deps.care.week(unitCode, { ...weekBounds(day, now), limit }),
      deps.care.over(unitCode, day, limit),
      deps.care.openTasks(unitCode, limit),
    ]);
    return { ...week, over, tasks };
  };
}
