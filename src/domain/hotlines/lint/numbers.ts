import { addCalendarMonths } from '../local-date.ts';
import { normaliseNumber, readNumber } from '../number.ts';
import { hasEnded, isInForce, isLocalDate, overlap } from '../register/period.ts';
import { TRANSITION_MONTHS } from '../register/transition.ts';
import { lineKey } from '../versions/diff.ts';
import type { RuleLine, RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding } from './finding.ts';

/** E.164: digits of a number, country and area code included. */
const LONGEST = 15;

const at = (line: RuleLine, field: string | null = null): Finding['place'] => ({
  thing: 'line',
  key: lineKey(line),
  field,
});

/** What concerns one number with all its periods. `today` is the municipality's local day. */
export function lintNumbers(rules: RuleSet, today: string): readonly Finding[] {
  const { areaCode } = rules.municipality;
  const canonical = (number: string): string => normaliseNumber(number, areaCode) ?? number;
  const periods = new Map<string, RuleLine[]>();
  for (const line of rules.lines) {
    const number = canonical(line.number);
    const known = periods.get(number);
    if (known === undefined) periods.set(number, [line]);
    else known.push(line);
  }
  return [
    ...[...periods.values()].flatMap((lines) => [
      ...lines.flatMap((line) => [...lintSpelling(line, areaCode), ...lintDates(line, today)]),
      ...lintFollowing(lines, today),
    ]),
    ...lintMain(rules, periods.get(canonical(rules.municipality.mainNumber)) ?? [], today),
  ];
}

function lintSpelling(line: RuleLine, areaCode: string): readonly Finding[] {
  const { number } = line;
  const reading = readNumber(number, areaCode);
  if (reading.kind === 'invalid') {
    const zh = `号码“${number}”不可能被拨打`;
    return [finding('number.unmatchable', at(line, 'number'), zh, `nobody can dial “${number}”`)];
  }
  const digits = reading.number.replace(/^0{1,2}/, '');
  if (digits.length > LONGEST) {
    const zh = `号码“${number}”有 ${digits.length} 位，运营商不会送来`;
    return [finding('number.tooLong', at(line, 'number'), zh, `no carrier sends ${digits.length} digits`)];
  }
  if (reading.number === number) return [];
  const zh = `号码“${number}”的统一写法为 ${reading.number}`;
  return [
    finding('number.spelling', at(line, 'number'), zh, `${number} is ${reading.number} in one spelling`),
  ];
}

function lintDates(line: RuleLine, today: string): readonly Finding[] {
  const { number, mode, validFrom, validTo } = line;
  const findings: Finding[] = [];
  for (const [field, day] of [
    ['validFrom', validFrom],
    ['validTo', validTo],
  ] as const) {
    if (day === null || isLocalDate(day)) continue;
    const place = at(line, field);
    findings.push(
      finding('date.invalid', place, `号码 ${number} 的日期“${day}”不存在`, `there is no day “${day}”`),
    );
  }
  if (findings.length > 0) return findings;
  if (validTo !== null && validTo < validFrom) {
    const zh = `号码 ${number} 于 ${validTo} 终止，早于生效的 ${validFrom}`;
    return [finding('period.empty', at(line, 'validTo'), zh, `${number} ends before it begins`)];
  }
  if (mode !== 'TRANSITION' || hasEnded(line, today)) return [];
  if (validTo === null) {
    const zh = `短期过渡号码 ${number} 没有终止日期`;
    return [finding('transition.noEnd', at(line, 'validTo'), zh, `the transition of ${number} has no end`)];
  }
  const usual = addCalendarMonths(validFrom, TRANSITION_MONTHS);
  if (validTo === usual) return [];
  const zh = `号码 ${number} 过渡至 ${validTo}，三个日历月应至 ${usual}`;
  const en = `the transition of ${number} ends on ${validTo}, three calendar months on ${usual}`;
  return [finding('transition.term', at(line, 'validTo'), zh, en)];
}

/** Periods of one number: none shares a day with another, and somebody decided what comes after the last. */
function lintFollowing(lines: readonly RuleLine[], today: string): readonly Finding[] {
  const findings: Finding[] = [];
  const sorted = [...lines].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  // Each against the one before that reaches furthest: all pairs of a number entered a thousand times would take long.
  let furthest: RuleLine | null = null;
  for (const line of sorted) {
    if (furthest !== null && overlap(furthest, line) && furthest.number !== line.number) {
      const zh = `号码 ${line.number} 与 ${furthest.number} 是同一号码，只有其中一条规则起作用`;
      const en = `${line.number} and ${furthest.number} are one number: only one of the rules applies`;
      findings.push(finding('number.shadowed', at(line, 'number'), zh, en));
    } else if (furthest !== null && overlap(furthest, line)) {
      const zh = `号码 ${line.number} 自 ${line.validFrom} 起同时有两条规则`;
      findings.push(
        finding('line.overlap', at(line), zh, `${line.number} is in two rules from ${line.validFrom} on`),
      );
    }
    if (furthest === null || (furthest.validTo ?? '9999') < (line.validTo ?? '9999')) furthest = line;
  }
  // What was taken out on purpose is nobody's to mend.
  if (furthest !== null && furthest.afterEnd !== 'none' && sorted.every((line) => hasEnded(line, today))) {
    const { number, mode, validTo } = furthest;
    const code = mode === 'TRANSITION' ? 'transition.ended' : 'line.ended';
    const zh = `号码 ${number} 已于 ${validTo} 到期，没有后续规则`;
    findings.push(
      finding(code, at(furthest, 'validTo'), zh, `${number} ended on ${validTo} and nothing follows`),
    );
  }
  return findings;
}

function lintMain(rules: RuleSet, lines: readonly RuleLine[], today: string): readonly Finding[] {
  const { mainNumber } = rules.municipality;
  const findings = rules.lines
    .filter((line) => line.mode === 'MAIN' && !lines.includes(line) && !hasEnded(line, today))
    .map((line) => {
      const zh = `号码 ${line.number} 登记为主号码，而主号码是 ${mainNumber}`;
      return finding(
        'main.other',
        at(line, 'mode'),
        zh,
        `${line.number} is MAIN, but the main number is ${mainNumber}`,
      );
    });
  // From today on, without a gap: the periods in their order until one that has no end.
  const main = lines.filter(({ mode }) => mode === 'MAIN');
  const steady = main.some((line) => isInForce(line, today) && line.validTo === null);
  if (lines.length > 0 && main.length === lines.length && steady) return findings;
  const place = { thing: 'municipality', key: '', field: 'mainNumber' } as const;
  const zh = `主号码 ${mainNumber} 没有长期有效的“主号码”规则`;
  return [...findings, finding('main.missing', place, zh, `${mainNumber} has no lasting MAIN rule`)];
}
