import { localDate } from '../../domain/hotlines/local-date.ts';
import { judgeNumber, type NumberVerdict, referrersOf } from '../../domain/hotlines/register/judge-number.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';

export interface LookedAtNumber {
  readonly verdict: NumberVerdict;
  /** What leads to it. */
  readonly referrers: ReturnType<typeof referrersOf>;
}

/** Before a number is entered into a version, or taken out of it. Code: version.unknown. */
export function lookAtNumber(deps: Pick<RuleDeps, 'rules' | 'lines' | 'now'>) {
  return async (ref: string, raw: string): Promise<LookedAtNumber> => {
    const { rules } = await versionBy(deps, ref);
    const today = localDate(deps.now(), rules.municipality.timeZone);
    const verdict = judgeNumber(raw, rules, { listed: await deps.lines.protectedNumbers(), today });
    return { verdict, referrers: verdict.kind === 'invalid' ? [] : referrersOf(verdict.number, rules) };
  };
}
