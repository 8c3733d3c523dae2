import {
  type CardCounts,
  cardReconciles,
  type NotReady,
  sumOfCards,
  sumOfNotReady,
} from '../../domain/reporting/employer-card.ts';
import type { ReportPeriod } from '../../domain/reporting/period.ts';
import { totalOf } from '../../domain/reporting/queue-visits.ts';
import type { AgentCardRow, EmployerFigures } from '../ports/employer-figures.ts';
import type { QueueFigures } from '../ports/queue-figures.ts';
import { daysWithin } from './report-lines.ts';

export interface EmployerReport {
  readonly employers: readonly {
    readonly employer: string;
    readonly name: string;
    readonly counts: CardCounts;
    readonly notReady: readonly NotReady[];
    readonly agents: readonly AgentCardRow[];
  }[];
  /** Null in a report of one employer alone: the others' figures could be read from it. */
  readonly queues: {
    readonly answered: number;
    readonly unattributed: number;
    /** All employers together, and what nobody is known for, are what the queues answered; each offer came to one end. */
    readonly reconciles: boolean;
  } | null;
}

/** What each employer's agents did (C13). Code: period.tooLong. */
export function reportEmployers(deps: {
  readonly employerFigures: EmployerFigures;
  readonly queueFigures: QueueFigures;
}) {
  return async (period: ReportPeriod, employer: string | null): Promise<EmployerReport> => {
    daysWithin(period);
    const rows = await deps.employerFigures.cards(period, employer);
    const codes = [...new Set(rows.map((one) => one.employer))];
    const employers = codes.map((code) => {
      const agents = rows.filter((one) => one.employer === code);
      return {
        employer: code,
        name: agents[0]?.employerName ?? code,
        counts: sumOfCards(agents.map(({ counts }) => counts)),
        notReady: sumOfNotReady(agents.map(({ notReady }) => notReady)),
        agents,
      };
    });
    if (employer !== null) return { employers, queues: null };
    const { answered } = totalOf(await deps.queueFigures.visits(period));
    const unattributed = await deps.employerFigures.unattributed(period);
    const all = sumOfCards(employers.map(({ counts }) => counts));
    const reconciles =
      all.answered + unattributed === answered && rows.every(({ counts }) => cardReconciles(counts));
    return { employers, queues: { answered, unattributed, reconciles } };
  };
}
