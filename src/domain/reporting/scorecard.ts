import { type Interval, wilson } from './confidence.ts';
import { percentOf } from './figures.ts';

/**
 * 考评 of a unit (I6): every figure a share of things that can be looked at one by one. What a unit says of itself is in none of
 * them but as something that somebody else has confirmed, or is counted apart (invariant 9).
 */
interface ScoreDefinition {
  readonly zh: string;
  readonly en: string;
  readonly better: 'high' | 'low';
  readonly formula: { readonly zh: string; readonly en: string };
  readonly source: string;
}

export const SCORES = {
  onTime: {
    zh: '按时办结率',
    en: 'on-time completion rate',
    better: 'high',
    formula: {
      zh: '期间内到期（承办时限，含批准的延期）且到期前上报办结、期间未超期的工单数 ÷ 期间内到期的工单数；已撤回的不计，转走前已超期的计入原单位',
      en: 'tickets due in the period (unit clock, extensions included) reported done before and never overdue / tickets due in it',
    },
    source: 'deadlines（clock=unit，kind=overdue）；ticket_events（deadlineOverdue、reportDone）',
  },
  resolved: {
    zh: '解决率',
    en: 'resolution rate',
    better: 'high',
    formula: {
      zh: '市民答“已解决”的回访数 ÷ 已接听的回访数；本单位人员所作的回访不计',
      en: 'visits answered "resolved" / visits answered; none that the unit’s own people made',
    },
    source: 'visit_attempts、visit_samples',
  },
  satisfied: {
    zh: '结果满意率',
    en: 'satisfaction rate',
    better: 'high',
    formula: {
      zh: '对结果基本满意及以上的回访数 ÷ 已接听的回访数；本单位人员所作的回访不计',
      en: 'visits at least fairly satisfied with the result / visits answered; none that the unit’s own people made',
    },
    source: 'visit_attempts、visit_samples',
  },
  returned: {
    zh: '退单率',
    en: 'return rate',
    better: 'low',
    formula: {
      zh: '期间内派给该单位而被其退单的次数 ÷ 期间内派给该单位的次数；退单是否成立见 /v1/reports/returns',
      en: 'dispatches of the period that the unit returned / dispatches to the unit in the period',
    },
    source: 'ticket_events（dispatch、acceptReturn、handOver、coordinateAnyway；returnTicket）',
  },
  reworked: {
    zh: '返工率',
    en: 'rework rate',
    better: 'low',
    formula: {
      zh: '期间内首次上报办结、其后被审核退回、重办或重新办理的工单数 ÷ 期间内首次上报办结的工单数',
      en: 'tickets first reported done in the period and sent back since / tickets first reported done in it',
    },
    source: 'ticket_events（reportDone；refuseReply、rework、reopen）',
  },
  firstContact: {
    zh: '24小时首次联系率',
    en: 'first contact within 24 h',
    better: 'high',
    formula: {
      zh: '派单后 24 小时内联系市民的次数 ÷ 期间内派单满 24 小时（或已联系）的次数；无电话或匿名的不计，24 小时内转走的不计；proven 为其中经平台通话证实的',
      en: 'dispatches with the citizen contacted within 24 h / dispatches of the period held so long; proven: by a call through the platform',
    },
    source: 'ticket_events（contact；citizenCalled 须通话满 5 秒）',
  },
  upkeep: {
    zh: '知识维护及时率',
    en: 'knowledge upkeep on time',
    better: 'high',
    formula: {
      zh: '期间内到期且按时办结的知识维护任务（纠错、补审、过期、每周清单）÷ 期间内到期的知识维护任务；不计入按时办结率',
      en: 'tasks about the unit’s knowledge entries due in the period and done in time / such tasks due in it',
    },
    source: 'knowledge_tasks；deadlines（clock=unit）',
  },
} as const satisfies Record<string, ScoreDefinition>;
export type ScoreName = keyof typeof SCORES;
export const SCORE_NAMES = Object.keys(SCORES) as readonly ScoreName[];

export interface ScoreCounts {
  readonly denominator: number;
  readonly numerator: number;
  /** Of these, what two people have left out of the appraisal. */
  readonly excluded: { readonly denominator: number; readonly numerator: number };
  /** Of the numerator: what stands on more than the unit's own word; null: that question is not asked. */
  readonly proven: number | null;
}

export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  /** Percent with two places; null: nothing to divide by. */
  readonly value: number | null;
}

/** 第 2 至 5 名 of seven: as far as the numbers can tell units apart, and no further. */
export interface RankRange {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

export interface Score extends Share {
  readonly name: ScoreName;
  /** Without what two people have excluded: what is compared. */
  readonly afterExclusions: Share;
  readonly interval: Interval | null;
  readonly proven: number | null;
  /** Among its peers; null: of this unit nothing was counted. */
  readonly rank: RankRange | null;
}

const share = (numerator: number, denominator: number): Share => ({
  numerator,
  denominator,
  value: percentOf(numerator, denominator),
});

export const NO_COUNTS: ScoreCounts = {
  ...{ denominator: 0, numerator: 0, proven: null },
  excluded: { denominator: 0, numerator: 0 },
};

/**
 * The card of each unit of one group of peers. A unit stands before another only where their intervals do not touch: what chance
 * may have done is no rank.
 */
export function scorecards<Unit extends string>(
  units: readonly Unit[],
  countsOf: (unit: Unit, name: ScoreName) => ScoreCounts,
): ReadonlyMap<Unit, readonly Score[]> {
  const cards = new Map<Unit, Score[]>(units.map((unit) => [unit, []]));
  for (const name of SCORE_NAMES) {
    const scored = units.map((unit) => {
      const { numerator, denominator, excluded, proven } = countsOf(unit, name);
      const kept = share(numerator - excluded.numerator, denominator - excluded.denominator);
      const interval = wilson(kept.numerator, kept.denominator);
      return { unit, all: share(numerator, denominator), kept, interval, proven };
    });
    const intervals = scored.flatMap(({ interval }) => (interval === null ? [] : [interval]));
    for (const { unit, all, kept, interval, proven } of scored) {
      const rank = interval === null ? null : rankOf(interval, intervals, SCORES[name].better);
      cards.get(unit)?.push({ name, ...all, afterExclusions: kept, interval, proven, rank });
    }
  }
  return cards;
}

export function rankOf(own: Interval, all: readonly Interval[], better: 'high' | 'low'): RankRange {
  const above = all.filter(({ from }) => from > own.to).length;
  const below = all.filter(({ to }) => to < own.from).length;
  const [ahead, behind] = better === 'high' ? [above, below] : [below, above];
  return { from: ahead + 1, to: all.length - behind, of: all.length };
}
