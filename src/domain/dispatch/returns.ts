import { type Interval, wilson } from '../reporting/confidence.ts';

/** What became of a unit's returns in a period: granted, it was right; refused, the ticket was its own. */
export interface ReturnCounts {
  readonly granted: number;
  readonly refused: number;
}

export interface ShirkingIndex {
  /** Percent with two decimals; null: no return was judged. */
  readonly value: number | null;
  /** Within which the true share lies with 95 %: two returns say little of a unit. */
  readonly interval: Interval | null;
}

export const SHIRKING_FORMULA = {
  zh: '推诿指数 = 退单未成立次数 ÷ 已裁定的退单次数；区间为 95% 置信（Wilson）',
  en: 'shirking index = returns refused / returns adjudicated; the interval is Wilson’s at 95 %',
} as const;

const percent = (share: number): number => Math.round(share * 10_000) / 100;

/** I11. A return that waits for its adjudication counts neither way. */
export function shirkingIndex({ granted, refused }: ReturnCounts): ShirkingIndex {
  const judged = granted + refused;
  if (judged === 0) return { value: null, interval: null };
  return { value: percent(refused / judged), interval: wilson(refused, judged) };
}
