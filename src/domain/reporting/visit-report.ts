import { percentOf } from './figures.ts';

/** Answers of return visits, of all or of those that stay after exclusions. */
export interface VisitTally {
  readonly answered: number;
  /** The unit was in contact with the citizen within a day of the dispatch, by the time line. */
  readonly responded: number;
  readonly resolved: number;
  readonly satisfiedResult: number;
  readonly satisfiedProcess: number;
}

/** 三率 (G9), the satisfaction apart for result and process (JY-13). */
const RATES = {
  responseRate: {
    zh: '响应率',
    of: 'responded',
    formula: '派单后 24 小时内联系市民的工单数 ÷ 已接听的回访数',
    source: 'ticket_events（contact；citizenCalled 须通话满 5 秒）',
  },
  resolutionRate: {
    zh: '解决率',
    of: 'resolved',
    formula: '市民答“已解决”的回访数 ÷ 已接听的回访数',
    source: 'visit_attempts.resolved',
  },
  satisfactionRate: {
    zh: '结果满意率',
    of: 'satisfiedResult',
    formula: '对结果基本满意及以上的回访数 ÷ 已接听的回访数',
    source: 'visit_attempts.result ≥ 3',
  },
  processRate: {
    zh: '过程满意率',
    of: 'satisfiedProcess',
    formula: '对过程基本满意及以上的回访数 ÷ 已接听的回访数',
    source: 'visit_attempts.process ≥ 3',
  },
} as const satisfies Record<
  string,
  { readonly zh: string; readonly of: keyof VisitTally; readonly formula: string; readonly source: string }
>;
export type VisitRateName = keyof typeof RATES;
export const VISIT_RATE_NAMES = Object.keys(RATES) as readonly VisitRateName[];

interface Quotient {
  readonly numerator: number;
  readonly denominator: number;
  /** Percent with two places, rounded half up; null: nothing to divide by. */
  readonly value: number | null;
}
export interface VisitRate extends Quotient {
  readonly name: VisitRateName;
  readonly zh: string;
  readonly formula: string;
  readonly source: string;
  /** The same without the tickets that two people have excluded. */
  readonly afterExclusions: Quotient;
}

const quotient = (tally: VisitTally, of: keyof VisitTally): Quotient => ({
  numerator: tally[of],
  denominator: tally.answered,
  value: percentOf(tally[of], tally.answered),
});

export function visitRates(all: VisitTally, excluded: VisitTally): readonly VisitRate[] {
  const kept: VisitTally = {
    answered: all.answered - excluded.answered,
    responded: all.responded - excluded.responded,
    resolved: all.resolved - excluded.resolved,
    satisfiedResult: all.satisfiedResult - excluded.satisfiedResult,
    satisfiedProcess: all.satisfiedProcess - excluded.satisfiedProcess,
  };
  return VISIT_RATE_NAMES.map((name) => {
    const { zh, of, formula, source } = RATES[name];
    return { name, zh, formula, source, ...quotient(all, of), afterExclusions: quotient(kept, of) };
  });
}

/** 差异指数: of the visits that were made once more, in how many the second word took back the first. */
export const discrepancyIndex = ({
  compared,
  falseContent,
}: {
  readonly compared: number;
  readonly falseContent: number;
}): number | null => percentOf(falseContent, compared);
