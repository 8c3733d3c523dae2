import { localDate } from '../local-date.ts';
import { type FirstDays, keepPast } from '../register/keep-past.ts';
import type { RuleSet } from './rule-set.ts';
import type { RuleVersion } from './version.ts';

/** Of each number the earliest first day that an edit of the version named. */
export function firstDaysOf({ edits }: Pick<RuleVersion, 'edits'>): FirstDays {
  const earliest: Record<string, string> = {};
  for (const { firstDays = {} } of edits) {
    for (const [number, day] of Object.entries(firstDays)) {
      const known = earliest[number];
      if (known === undefined || day < known) earliest[number] = day;
    }
  }
  return earliest;
}

/** The day on which the version takes effect after `base`, or would now: local by the rules that are in force until then. */
export function effectDay(
  { effectiveAt }: Pick<RuleVersion, 'effectiveAt'>,
  base: RuleSet,
  now: number,
): string {
  return localDate(Math.max(effectiveAt ?? now, now), base.municipality.timeZone);
}

/**
 * The version's rules as they are when it takes effect after `base`. A draft says "from today on" on the day on which it
 * is written; what is published days later begins then, and what was so until then stays so.
 */
export function takingEffect(
  version: Pick<RuleVersion, 'rules' | 'effectiveAt' | 'edits' | 'origin'>,
  base: RuleSet,
  now: number,
): RuleSet {
  const { rules, origin } = version;
  const day = effectDay(version, base, now);
  // Whoever goes back wants the ends that were approved, not three months from now.
  const ends = origin === 'draft' ? 'move' : 'stay';
  return { ...rules, lines: keepPast(base.lines, rules.lines, day, firstDaysOf(version), ends) };
}
