import { localDate } from '../local-date.ts';
import { hasEnded, isLocalDate } from '../register/period.ts';
import { lineKey } from '../versions/diff.ts';
import type { RuleLine, RuleSet } from '../versions/rule-set.ts';
import { lintCentres } from './centres.ts';
import { type Finding, finding, type LintContext } from './finding.ts';
import { lintHours } from './hours.ts';
import { lintLines } from './lines.ts';
import { lintMenus } from './menus.ts';
import { lintNumbers } from './numbers.ts';
import { lintPrompts } from './prompts.ts';
import { lintQueues } from './queues.ts';
import { SEVERITIES } from './severity.ts';
import { lintSkills } from './skills.ts';
import { lintTrunks } from './trunks.ts';
import { lintUnits } from './units.ts';

/**
 * Whatever could lose, misdirect or surprise a citizen's call, worst first (O10). Rules without an error route every
 * dialled string at every moment to a person's queue or to a unit's telephone; `test/…/properties` holds it to that.
 */
export function lint(rules: RuleSet, context: LintContext): readonly Finding[] {
  const { timeZone, areaCode } = rules.municipality;
  const place = (field: string) => ({ thing: 'municipality', key: '', field }) as const;
  const living = isTimeZone(timeZone) ? livingRules(rules, localDate(context.nowMs, timeZone)) : rules;
  const findings: Finding[] = [
    ...lintQueues(living, context),
    ...lintSkills(living, context),
    ...lintLines(living, context),
    ...lintTrunks(living, context),
    ...lintCentres(living, context),
    ...lintUnits(rules, context),
  ];
  if (!/^0\d{2,3}$/.test(areaCode)) {
    findings.push(
      finding('area.invalid', place('areaCode'), `区号“${areaCode}”无效`, `no area code: “${areaCode}”`),
    );
  }
  if (isTimeZone(timeZone)) {
    const today = localDate(context.nowMs, timeZone);
    findings.push(
      ...lintNumbers(rules, today),
      ...lintMenus(living, context, today),
      ...lintPrompts(living, context),
      ...lintHours(rules, context, today),
      ...lintCalendar(rules, context, today),
    );
  } else {
    // Without it no day begins or ends: what depends on days cannot be asked.
    findings.push(
      finding('zone.invalid', place('timeZone'), `时区“${timeZone}”无效`, `no time zone: “${timeZone}”`),
    );
  }
  const rank = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);
  return findings.sort((a, b) => rank(a) - rank(b));
}

/** Without what is history: a period that is over leads no call anywhere, and may name a desk that is no more. */
function livingRules(rules: RuleSet, today: string): RuleSet {
  const speaks = (line: RuleLine): boolean => !hasEnded(line, today) || line.mode === 'TRANSITION';
  return { ...rules, lines: rules.lines.filter(speaks) };
}

/** Codes of the errors, for the version's life: none may go out with one. */
export function errorCodes(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    // Intl says "no such zone" by throwing, and only so.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The first year that a rule reaches into and whose working days nobody has entered. */
function lintCalendar(
  rules: RuleSet,
  { calendarYears, calendarDue = [] }: LintContext,
  today: string,
): readonly Finding[] {
  if (calendarYears === undefined) return [];
  const entered = new Set(calendarYears);
  const year = Number(today.slice(0, 4));
  const missing = new Map<number, Finding['place']>();
  if (!entered.has(year)) missing.set(year, { thing: 'municipality', key: '', field: null });
  for (const line of rules.lines) {
    const { validTo } = line;
    if (validTo === null || !isLocalDate(validTo) || hasEnded(line, today)) continue;
    for (let next = year; next <= Number(validTo.slice(0, 4)); next += 1) {
      if (entered.has(next)) continue;
      if (!missing.has(next)) missing.set(next, { thing: 'line', key: lineKey(line), field: 'validTo' });
      // The next to be entered is enough: an end in 9999 is not to be told eight thousand times.
      break;
    }
  }
  for (const due of calendarDue) {
    if (!missing.has(due)) missing.set(due, { thing: 'municipality', key: '', field: null });
  }
  return [...missing].map(([lacking, place]) =>
    finding(
      'calendar.ends',
      place,
      `规则延续到 ${lacking} 年，但该年的放假调休安排尚未录入`,
      `rules reach into ${lacking}, whose working days are not entered`,
    ),
  );
}
