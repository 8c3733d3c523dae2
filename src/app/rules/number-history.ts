import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { describeInEnglish } from '../../domain/hotlines/versions/change-english.ts';
import { diff } from '../../domain/hotlines/versions/diff.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import { AppError } from '../errors.ts';
import type { NumberVersion } from '../ports/rules.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';

export interface NumberChange extends Omit<NumberVersion, 'lines'> {
  /** What the version changed about the number, in words. */
  readonly changes: readonly { readonly zh: string; readonly en: string }[];
  /** The number's periods from then on. */
  readonly lines: readonly RuleLine[];
}

/** What became of a number, version by version as they were published. Code: rules.lineUnknown, when it never stood in one. */
export function numberHistory(deps: Pick<RuleDeps, 'rules'>) {
  return async (raw: string): Promise<readonly NumberChange[]> => {
    const { rules } = await versionBy(deps, 'published');
    const number = normaliseNumber(raw, rules.municipality.areaCode) ?? raw;
    const versions = await deps.rules.numberVersions(number);
    const only = (lines: readonly RuleLine[]): RuleSet => ({ ...rules, lines });
    let before: readonly RuleLine[] = [];
    const told = versions.flatMap(({ lines, ...version }): readonly NumberChange[] => {
      const changes = diff(only(before), only(lines)).map((change) => ({
        zh: change.words,
        en: describeInEnglish(change),
      }));
      before = lines;
      return changes.length === 0 ? [] : [{ ...version, changes, lines }];
    });
    if (told.length === 0) throw new AppError('rules.lineUnknown', { number });
    return told;
  };
}
