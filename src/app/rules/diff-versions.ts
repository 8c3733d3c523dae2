import type { Change } from '../../domain/hotlines/versions/change.ts';
import { diff } from '../../domain/hotlines/versions/diff.ts';
import { fatesOf } from '../../domain/hotlines/versions/fates.ts';
import { effectDay, takingEffect } from '../../domain/hotlines/versions/taking-effect.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';

export interface Comparison {
  readonly from: RuleVersion;
  readonly to: RuleVersion;
  readonly changes: readonly Change[];
  /** Numbers whose totals of earlier days it changes, because somebody named an earlier first day. */
  readonly rewritten: readonly string[];
}

/**
 * What leads from one version to another; `from` null: from the one that `to` was begun from. Of what is not published
 * yet: as it would be, published now.
 */
export function diffVersions(deps: Pick<RuleDeps, 'rules' | 'now'>) {
  return async (from: string | null, to: string): Promise<Comparison> => {
    const target = await versionBy(deps, to);
    const base = from ?? target.baseId;
    const start = base === null ? target : await versionBy(deps, base);
    const at = target.publishedAt ?? deps.now();
    const rules = target.publishedAt === null ? takingEffect(target, start.rules, at) : target.rules;
    const { rewritten } = fatesOf(start.rules.lines, rules.lines, effectDay(target, start.rules, at));
    return { from: start, to: target, changes: diff(start.rules, rules), rewritten: [...rewritten].sort() };
  };
}
