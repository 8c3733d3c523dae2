/**
 * Where a caller is, by his number. A fixed line tells its area code; a mobile, a foreign, a withheld number tells
 * nothing, and nothing is guessed: whether such callers hear it is for the operator to say.
 */
export interface CallerArea {
  /** Of fixed lines, with their 0: `0513`. */
  readonly areaCodes: readonly string[];
  /** Beginnings of numbers in the one spelling: `05138411`, an exchange; also of mobiles, if somebody knows them. */
  readonly prefixes: readonly string[];
  /** Whole numbers in the one spelling. */
  readonly numbers: readonly string[];
  /** Callers of whom no area can be known hear it as well. */
  readonly unknownHear: boolean;
}

export type Whereabouts = 'inside' | 'elsewhere' | 'unknown';

const FIXED = /^0[1-9]\d{7,}$/;

/** Area code of a fixed line in the one spelling; null when the number has none. */
export function areaCodeOf(number: string): string | null {
  if (!FIXED.test(number)) return null;
  // 010 and 02x have three digits, all others four.
  return /^0(10|2)/.test(number) ? number.slice(0, 3) : number.slice(0, 4);
}

/** `caller`: the number in the one spelling, null when withheld or unreadable. */
export function whereabouts(area: CallerArea, caller: string | null): Whereabouts {
  if (caller === null) return 'unknown';
  if (area.numbers.includes(caller) || area.prefixes.some((prefix) => caller.startsWith(prefix)))
    return 'inside';
  const code = areaCodeOf(caller);
  if (code === null) return 'unknown';
  return area.areaCodes.includes(code) ? 'inside' : 'elsewhere';
}
