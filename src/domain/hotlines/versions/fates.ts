import { hasSamePast } from '../register/keep-past.ts';
import { byNumber, hasEnded } from '../register/period.ts';
import type { RuleLine } from './rule-set.ts';

/** What becomes of numbers as a whole: no single change of a period says it. */
export interface Fates {
  /** Their totals of earlier days change: somebody named an earlier first day. */
  readonly rewritten: ReadonlySet<string>;
  /** No rule speaks for them any more from the day on. */
  readonly ended: ReadonlySet<string>;
}
export const NO_FATES: Fates = { rewritten: new Set(), ended: new Set() };

/** `day`: the local day on which `after` takes the place of `before`. */
export function fatesOf(before: readonly RuleLine[], after: readonly RuleLine[], day: string): Fates {
  const [held, next] = [byNumber(before), byNumber(after)];
  const [rewritten, ended] = [new Set<string>(), new Set<string>()];
  const goesOn = (periods: readonly RuleLine[]): boolean => periods.some((one) => !hasEnded(one, day));
  for (const number of new Set([...held.keys(), ...next.keys()])) {
    const [old, periods] = [held.get(number) ?? [], next.get(number) ?? []];
    if (!hasSamePast(old, periods, day)) rewritten.add(number);
    if (goesOn(old) && !goesOn(periods)) ended.add(number);
  }
  return { rewritten, ended };
}
