import { lineKey } from '../versions/diff.ts';
import type { RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding, type LintContext } from './finding.ts';

/**
 * A unit has one code. Two drafts may each bring the same new unit under a code of their own; the one that is published
 * later then names a unit that is registered under another.
 */
export function lintUnits(rules: RuleSet, { unitNames = [] }: LintContext): readonly Finding[] {
  const codes = new Map(unitNames.map(({ code, name }) => [name, code]));
  const registered = new Set(unitNames.map(({ code }) => code));
  const told = new Set<string>();
  return rules.lines.flatMap((line) => {
    const { unitCode, unitName } = line;
    const other = codes.get(unitName);
    if (other === undefined) codes.set(unitName, unitCode);
    // A registered unit is called what the register calls it, whatever an old version says.
    if (other === undefined || other === unitCode || registered.has(unitCode) || told.has(unitCode))
      return [];
    told.add(unitCode);
    const place = { thing: 'line', key: lineKey(line), field: 'unitCode' } as const;
    const zh = `单位“${unitName}”的代码是 ${other}，号码 ${line.number} 写作 ${unitCode}`;
    const en = `the unit “${unitName}” has the code ${other}; ${line.number} gives it ${unitCode}`;
    return [finding('unit.twoCodes', place, zh, en)];
  });
}
