import { CLOCKS, type Clock, dueOf, OVERDUE_LEVEL } from '../../domain/deadlines/clocks.ts';
import type { Explanation } from '../../domain/deadlines/due.ts';
import { limitWords } from '../../domain/deadlines/limit-examples.ts';
import { type LimitedTicket, limitsAt, sourceOf, ticketLimit } from '../../domain/deadlines/limit-set.ts';
import type { Limit } from '../../domain/deadlines/presets.ts';
import { STAGES, type Stage, type StageLimit } from '../../domain/deadlines/stages.ts';
import { marksOfStage } from '../../domain/tickets/stage-marks.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import { acceptedDaySeconds, type CompressedSwitch, calendarsFor } from './counting.ts';

export interface ExplainedDue {
  /** The set of limits that holds then. */
  readonly number: number;
  readonly source: string;
  readonly limit: Limit;
  readonly words: string;
  readonly clocks: readonly {
    readonly clock: Clock;
    readonly dueAt: number;
    readonly provisional: boolean;
    readonly explanation: Explanation;
  }[];
  /** Each as if it began at that instant; those without a limit of their own are not among them. */
  readonly stages: readonly {
    readonly stage: Stage;
    readonly limit: StageLimit;
    readonly dueAt: number;
    readonly provisional: boolean;
    readonly rule: string;
  }[];
}

/**
 * Until when a ticket would have to be answered that is accepted, and dispatched, at an instant: by which limits, and which
 * day counts as which. The citizen's clock goes by the centre's calendar, the unit's by the unit's.
 */
export function explainDue(deps: CompressedSwitch & { readonly calendar: CalendarSource }) {
  return async (
    asked: LimitedTicket & { readonly unitCode: string | null; readonly at: number },
  ): Promise<ExplainedDue> => {
    const settings = await deps.calendar.load();
    const at = Math.max(0, asked.at);
    const set = limitsAt(settings.limits, at);
    const limit = ticketLimit(set, asked);
    const daySeconds = acceptedDaySeconds(deps, set, { ...asked, acceptedAt: at });
    const calendars = calendarsFor(settings, asked.unitCode, { daySeconds });
    return {
      number: set.number,
      source: sourceOf(set, asked.extendedBy),
      limit,
      words: limitWords(limit),
      clocks: CLOCKS.map((clock) => {
        const due = dueOf(at, limit, clock === 'unit' ? calendars.unit : calendars.centre);
        const { dueAt, explanation } = due;
        return { clock, dueAt, explanation, provisional: due.kind === 'provisional' };
      }),
      stages: STAGES.flatMap((stage) => {
        const own = set.stages[stage][asked.urgency];
        const end = marksOfStage(stage, at, asked.urgency, set.stages, calendars).find(
          ({ level }) => level === OVERDUE_LEVEL,
        );
        if (own === null || end === undefined) return [];
        const { dueAt, provisional, explanation } = end;
        return [{ stage, limit: own, dueAt, provisional, rule: explanation.rule }];
      }),
    };
  };
}
