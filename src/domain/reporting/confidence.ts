/** Percent with two places. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

const Z = 1.959964;
const percent = (share: number): number => Math.round(share * 10_000) / 100;

/**
 * Within which the true share lies with 95 % (Wilson): two of two say little, two hundred of two hundred much. Null: of nothing
 * there is no share.
 */
export function wilson(numerator: number, denominator: number): Interval | null {
  if (denominator === 0) return null;
  const share = numerator / denominator;
  const square = Z * Z;
  const centre = share + square / (2 * denominator);
  const spread =
    Z * Math.sqrt((share * (1 - share)) / denominator + square / (4 * denominator * denominator));
  const scale = 1 + square / denominator;
  return {
    from: percent(Math.max(0, (centre - spread) / scale)),
    to: percent(Math.min(1, (centre + spread) / scale)),
  };
}
