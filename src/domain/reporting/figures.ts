import type { LineCounts } from './counts.ts';

export const FIGURE_NAMES = [
  'connectionRate',
  'answeredIn15Rate',
  'averageWait',
  'onSpotRate',
  'ticketShare',
  'abandonRate',
  'satisfactionRate',
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

/** A figure with what it was made of, so that whoever reads it can count again. */
export interface Figure {
  readonly name: FigureName;
  readonly zh: string;
  readonly numerator: number;
  readonly denominator: number;
  /** Percent with two places, seconds with one; rounded half up. null: nothing to divide by. */
  readonly value: number | null;
  readonly unit: '%' | 's';
  readonly formula: { readonly zh: string; readonly en: string };
}

interface Definition {
  readonly zh: string;
  readonly unit: '%' | 's';
  readonly formula: { readonly zh: string; readonly en: string };
  readonly of: (counts: LineCounts) => readonly [numerator: number, denominator: number];
}

/**
 * Those who wanted a person: whom a rule sent away, told something or let leave a message did not wait for one. Who is
 * called back did, and was not answered: a rate that promises made better would be worth nothing.
 */
const requested = ({ answered, abandoned, lost, callbacks }: LineCounts): number =>
  answered + abandoned + lost + callbacks;
/** Answered calls of which it is decided what became of them, without invalid ones. */
const decided = ({ onSpot, tickets }: LineCounts): number => onSpot + tickets;

const REQUESTED_ZH = '人工请求数（接通 + 放弃 + 呼损 + 改为回呼）';
const REQUESTED_EN = 'calls for a person (answered + abandoned + lost + to be called back)';

/** Names after GB/T 33358 and the operators' usage; the formula is printed beside each figure. */
const DEFINITIONS: Readonly<Record<FigureName, Definition>> = {
  connectionRate: {
    zh: '接通率',
    unit: '%',
    formula: { zh: `接通数 ÷ ${REQUESTED_ZH}`, en: `answered / ${REQUESTED_EN}` },
    of: (counts) => [counts.answered, requested(counts)],
  },
  answeredIn15Rate: {
    zh: '15秒接通率',
    unit: '%',
    formula: {
      zh: `进入排队后 15 秒内接通数 ÷ ${REQUESTED_ZH}`,
      en: `answered within 15 s of the queue / ${REQUESTED_EN}`,
    },
    of: (counts) => [counts.in15s, requested(counts)],
  },
  averageWait: {
    zh: '平均等待时长',
    unit: 's',
    formula: {
      zh: '接通前等待时长之和（毫秒）÷ 接通数（等待可知者）÷ 1000',
      en: 'sum of waits before the answer (ms) / answered calls of which it is known / 1000',
    },
    of: (counts) => [counts.waitedMs, counts.waits],
  },
  onSpotRate: {
    zh: '当场解答率',
    unit: '%',
    formula: { zh: '当场解答数 ÷（当场解答数 + 工单数）', en: 'on the spot / (on the spot + tickets)' },
    of: (counts) => [counts.onSpot, decided(counts)],
  },
  ticketShare: {
    zh: '转工单率',
    unit: '%',
    formula: { zh: '工单数 ÷（当场解答数 + 工单数）', en: 'tickets / (on the spot + tickets)' },
    of: (counts) => [counts.tickets, decided(counts)],
  },
  abandonRate: {
    zh: '放弃率',
    unit: '%',
    formula: { zh: `放弃数 ÷ ${REQUESTED_ZH}`, en: `abandoned / ${REQUESTED_EN}` },
    of: (counts) => [counts.abandoned, requested(counts)],
  },
  satisfactionRate: {
    zh: '通话满意率',
    unit: '%',
    formula: {
      zh: '评价为非常满意、满意、基本满意的通话数 ÷ 已评价通话数',
      en: 'calls graded very, plainly or fairly satisfied / calls graded',
    },
    of: (counts) => [counts.satisfied, counts.rated],
  },
};

export function figuresOf(counts: LineCounts): readonly Figure[] {
  return FIGURE_NAMES.map((name) => {
    const { zh, unit, formula, of } = DEFINITIONS[name];
    const [numerator, denominator] = of(counts);
    return { name, zh, numerator, denominator, value: quotient(unit, numerator, denominator), unit, formula };
  });
}

export const percentOf = (numerator: number, denominator: number): number | null =>
  quotient('%', numerator, denominator);

/** In steps of 1 / `steps`, rounded half up; of whole numbers. null: nothing to divide by. */
export const fractionOf = (numerator: number, denominator: number, steps: number): number | null =>
  denominator === 0 ? null : halfUp(numerator, denominator, steps);

function quotient(unit: Figure['unit'], numerator: number, denominator: number): number | null {
  if (denominator === 0) return null;
  return unit === '%' ? halfUp(numerator * 100, denominator, 100) : halfUp(numerator, denominator * 1000, 10);
}

/** numerator / denominator in steps of 1 / `steps`, exactly half a step upward; of whole numbers, without a float's guess. */
function halfUp(numerator: number, denominator: number, steps: number): number {
  const [n, d] = [BigInt(numerator) * BigInt(steps), BigInt(denominator)];
  return Number((2n * n + d) / (2n * d)) / steps;
}

/** What a figure gained or lost, in its own unit; null where one side has none. */
export function changeOf(before: Figure, after: Figure): number | null {
  if (before.value === null || after.value === null) return null;
  return Math.round((after.value - before.value) * 100) / 100;
}
