import type { RuleLine } from '../versions/rule-set.ts';
import { byNumber, hasBegun, hasEnded, periodAt } from './period.ts';

/** Before any call there ever was. */
const EVER = '0001-01-01';
const NEVER_AFTER = '0001-01-02';

/**
 * The register as if it had always been what it is on `day`: for asking what yesterday's calls would meet under rules
 * that begin today. A number that has ended by then has always ended; one whose first day is yet to come has none.
 */
export function asOf(lines: readonly RuleLine[], day: string): readonly RuleLine[] {
  return [...byNumber(lines).values()].flatMap((periods) => {
    const speaks = periodAt(periods, day);
    if (speaks === null) return [];
    if (!hasBegun(speaks, day)) return periods;
    const { validTo } = speaks;
    return [{ ...speaks, validFrom: EVER, validTo: hasEnded(speaks, day) ? NEVER_AFTER : validTo }];
  });
}
