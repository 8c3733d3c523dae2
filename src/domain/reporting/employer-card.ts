/**
 * What an employer's agents did in a period (C13), counted so that it adds up: over agents to the employer, and over all
 * employers to what `/v1/reports/queues` says was answered. An offer belongs to the employer of the agent on its day.
 */
export interface CardCounts {
  /** The agent's telephone was rung for somebody who waited in a queue: the sum of the next four. */
  readonly offered: number;
  /** And he took him: the same that the queue counts as answered. */
  readonly answered: number;
  /** It rang and was not answered, or refused. */
  readonly missed: number;
  /** It never rang, or the talk could not be joined: nothing that the agent did. */
  readonly notDelivered: number;
  /** The citizen was gone first, or the ring is not over. */
  readonly withdrawn: number;
  /** Of the answered: within 15 s of entering that queue. */
  readonly in15s: number;
  /** Talks of every kind, those that the agent was called into or made himself among them. */
  readonly talks: number;
  readonly talkMs: number;
  readonly calledOut: number;
  readonly wrapUps: number;
  readonly wrapUpMs: number;
  readonly signedInMs: number;
  /** Calls that came in and that an agent of this employer talked in last. */
  readonly served: number;
  readonly onSpot: number;
  readonly tickets: number;
  /** Given away by the agent, to a colleague, outside or to another queue. */
  readonly transferred: number;
  readonly rated: number;
  readonly satisfied: number;
}
export const CARD_COUNTS = [
  'offered',
  'answered',
  'missed',
  'notDelivered',
  'withdrawn',
  'in15s',
  'talks',
  'talkMs',
  'calledOut',
  'wrapUps',
  'wrapUpMs',
  'signedInMs',
  'served',
  'onSpot',
  'tickets',
  'transferred',
  'rated',
  'satisfied',
] as const satisfies readonly (keyof CardCounts)[];

/** Not ready, by reason. */
export interface NotReady {
  readonly reason: string;
  readonly times: number;
  readonly ms: number;
}

export const NO_CARD = Object.fromEntries(CARD_COUNTS.map((name) => [name, 0])) as unknown as CardCounts;

export const sumOfCards = (cards: readonly CardCounts[]): CardCounts =>
  Object.fromEntries(
    CARD_COUNTS.map((name) => [name, cards.reduce((sum, one) => sum + one[name], 0)]),
  ) as unknown as CardCounts;

export function sumOfNotReady(all: readonly (readonly NotReady[])[]): readonly NotReady[] {
  const byReason = new Map<string, NotReady>();
  for (const { reason, times, ms } of all.flat()) {
    const known = byReason.get(reason) ?? { reason, times: 0, ms: 0 };
    byReason.set(reason, { reason, times: known.times + times, ms: known.ms + ms });
  }
  return [...byReason.values()].sort((one, other) => (one.reason < other.reason ? -1 : 1));
}

/** Every offer came to one end. */
export const cardReconciles = ({ offered, answered, missed, notDelivered, withdrawn }: CardCounts): boolean =>
  offered === answered + missed + notDelivered + withdrawn;

interface FigureRule {
  readonly zh: string;
  readonly en: string;
  readonly unit: '%' | 's';
  readonly formula: { readonly zh: string; readonly en: string };
  readonly of: (counts: CardCounts) => readonly [numerator: number, denominator: number];
}

export const CARD_FIGURES = {
  acceptRate: {
    zh: '应答率',
    en: 'Answered of what rang',
    unit: '%',
    formula: {
      zh: '接听数 ÷（接听数 + 未接数）；未送达、市民先挂断的不计',
      en: 'answered / (answered + missed); what was not delivered or withdrawn counts on neither side',
    },
    of: ({ answered, missed }) => [answered, answered + missed],
  },
  connectedIn15Rate: {
    zh: '15秒接通率',
    en: 'Within 15 s',
    unit: '%',
    formula: {
      zh: '自进入该队列起 15 秒内接听数 ÷ 接听数',
      en: 'answered within 15 s of entering the queue / answered',
    },
    of: ({ in15s, answered }) => [in15s, answered],
  },
  averageTalk: {
    zh: '平均通话时长',
    en: 'Average talk',
    unit: 's',
    formula: { zh: '通话时长合计 ÷ 通话数', en: 'talk time / talks' },
    of: ({ talkMs, talks }) => [talkMs / 1000, talks],
  },
  averageWrapUp: {
    zh: '平均整理时长',
    en: 'Average wrap-up',
    unit: 's',
    formula: { zh: '整理时长合计 ÷ 整理次数', en: 'wrap-up time / wrap-ups' },
    of: ({ wrapUpMs, wrapUps }) => [wrapUpMs / 1000, wrapUps],
  },
  onSpotRate: {
    zh: '当场解答率',
    en: 'Answered on the spot',
    unit: '%',
    formula: {
      zh: '当场解答数 ÷（当场解答数 + 转工单数）；无效来电不计',
      en: 'answered on the spot / (answered on the spot + tickets); invalid calls aside',
    },
    of: ({ onSpot, tickets }) => [onSpot, onSpot + tickets],
  },
  satisfactionRate: {
    zh: '满意率',
    en: 'Satisfied',
    unit: '%',
    formula: { zh: '基本满意及以上 ÷ 已评价数', en: 'fairly satisfied and better / rated' },
    of: ({ satisfied, rated }) => [satisfied, rated],
  },
  transferRate: {
    zh: '转接率',
    en: 'Transferred',
    unit: '%',
    formula: { zh: '转出次数 ÷ 通话数', en: 'transfers by the agent / talks' },
    of: ({ transferred, talks }) => [transferred, talks],
  },
} as const satisfies Record<string, FigureRule>;
export type CardFigure = keyof typeof CARD_FIGURES;
export const CARD_FIGURE_NAMES = Object.keys(CARD_FIGURES) as readonly CardFigure[];

/** Percent with two places, seconds with one, half up; null: nothing to divide by. */
export function figuresOf(counts: CardCounts): Readonly<Record<CardFigure, number | null>> {
  return Object.fromEntries(
    CARD_FIGURE_NAMES.map((name) => {
      const { of, unit }: FigureRule = CARD_FIGURES[name];
      const [numerator, denominator] = of(counts);
      const scale = unit === '%' ? 100 : 10;
      const whole = (numerator * (unit === '%' ? 100 : 1)) / denominator;
      return [name, denominator === 0 ? null : Math.round(whole * scale + 1e-9) / scale];
    }),
  ) as Record<CardFigure, number | null>;
}
