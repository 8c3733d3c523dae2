import { normaliseNumber } from './number.ts';

/** A caller's number as it is kept, and the other ways (digits only) in which a clerk may have written it down. */
export interface CallerNumber {
  readonly number: string;
  /** `number` among them. */
  readonly spellings: readonly string[];
}

/** null when the number was withheld, or is none. */
export function callerNumberOf(raw: string, areaCode: string): CallerNumber | null {
  const number = normaliseNumber(raw, areaCode);
  if (number === null) return null;
  const national = number.startsWith('0') ? number.slice(1) : number;
  const candidates = [
    number,
    number.startsWith(areaCode) ? number.slice(areaCode.length) : number,
    `86${national}`,
    `0086${national}`,
  ];
  // Only what would be read as this very number: a foreign number has no 86 before it.
  const spellings = candidates.filter((one) => normaliseNumber(one, areaCode) === number);
  return { number, spellings: [...new Set([number, ...spellings])] };
}
