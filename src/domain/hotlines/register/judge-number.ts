import { exitsOf } from '../../ivr/ways.ts';
import { normaliseNumber, readNumber } from '../number.ts';
import type { RuleSet } from '../versions/rule-set.ts';
import { byNumber, periodAt } from './period.ts';
import { type Protected, protectionOf } from './protected.ts';

/** May this be entered as a number of its own? */
export type NumberVerdict =
  | { readonly kind: 'free'; readonly number: string }
  /** It is in the register, or was: what is known is changed, not entered a second time. */
  | { readonly kind: 'known'; readonly number: string; readonly name: string }
  /** An excluded number, which two persons have to approve (RD-03). */
  | { readonly kind: 'excluded'; readonly number: string; readonly name: string }
  /** An emergency number, which is never merged (invariant 11). */
  | { readonly kind: 'emergency'; readonly number: string; readonly name: string }
  /** Trunks already hand it over as a direct number of another. */
  | { readonly kind: 'direct'; readonly number: string; readonly line: string; readonly trunk: string }
  | { readonly kind: 'invalid'; readonly why: 'empty' | 'characters' | 'length' };

export const NUMBER_VERDICTS = ['free', 'known', 'excluded', 'emergency', 'direct', 'invalid'] as const;

/** `today`: the local day. */
export function judgeNumber(
  raw: string,
  rules: RuleSet,
  { listed, today }: { readonly listed: readonly Protected[]; readonly today: string },
): NumberVerdict {
  const { areaCode } = rules.municipality;
  const reading = readNumber(raw, areaCode);
  if (reading.kind === 'invalid') return reading;
  const { number } = reading;
  const protection = protectionOf(listed, areaCode)(number);
  if (protection?.rule === 'never') return { kind: 'emergency', number, name: protection.name };
  const canonical = (other: string): string => normaliseNumber(other, areaCode) ?? other;
  const periods = byNumber(rules.lines.map((line) => ({ ...line, number: canonical(line.number) }))).get(
    number,
  );
  const speaks = periodAt(periods ?? [], today);
  if (speaks !== null) return { kind: 'known', number, name: speaks.name };
  for (const { code, dids } of rules.trunks) {
    const direct = dids.find(({ did }) => canonical(did) === number);
    if (direct !== undefined) return { kind: 'direct', number, line: direct.line, trunk: code };
  }
  return protection === null ? { kind: 'free', number } : { kind: 'excluded', number, name: protection.name };
}

/** What in the rules leads to the number, and would lead to nothing without it. */
export function referrersOf(
  number: string,
  rules: RuleSet,
): readonly { readonly thing: 'trunk' | 'menu'; readonly key: string; readonly name: string }[] {
  const canonical = (other: string): string => normaliseNumber(other, rules.municipality.areaCode) ?? other;
  const isIt = (other: string | null): boolean => other !== null && canonical(other) === canonical(number);
  return [
    ...rules.trunks
      .filter(({ line, dids }) => isIt(line) || dids.some((did) => isIt(did.line)))
      .map(({ code, name }) => ({ thing: 'trunk', key: code, name }) as const),
    ...rules.menus
      .filter((menu) => exitsOf(menu).some((exit) => exit.kind === 'line' && isIt(exit.number)))
      .map(({ code, name }) => ({ thing: 'menu', key: code, name }) as const),
  ];
}
