import { normaliseNumber } from '../number.ts';

/** RD-03: emergency numbers are never merged; other excluded ones only when two different persons approve. */
export const PROTECTION_RULES = ['never', 'two-approvers'] as const;
export type ProtectionRule = (typeof PROTECTION_RULES)[number];

export interface Protected {
  readonly number: string;
  readonly name: string;
  readonly rule: ProtectionRule;
}

/** Part of the program, whatever a table of protected numbers says or lacks (invariant 11). */
export const EMERGENCY_NUMBERS: readonly Protected[] = [
  { number: '110', name: '公安报警', rule: 'never' },
  { number: '119', name: '消防救援', rule: 'never' },
  { number: '120', name: '医疗急救', rule: 'never' },
  { number: '122', name: '交通事故报警', rule: 'never' },
];

/** Looks a number up in any spelling. */
export function protectionOf(
  listed: readonly Protected[],
  areaCode: string,
): (number: string) => Protected | null {
  const canonical = (number: string): string => normaliseNumber(number, areaCode) ?? number;
  // The emergency numbers last: an entry of the same number cannot weaken them.
  const known = new Map([...listed, ...EMERGENCY_NUMBERS].map((one) => [canonical(one.number), one]));
  return (number) => known.get(canonical(number)) ?? null;
}
