import type { Change } from '../../domain/hotlines/versions/change.ts';
import { diff } from '../../domain/hotlines/versions/diff.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';

export interface Comparison {
  readonly from: RuleVersion;
  readonly to: RuleVersion;
  readonly changes: readonly Change[];
}

/** What leads from one version to another; `from` null: from the one that `to` was begun from. */
export function diffVersions(deps: Pick<RuleDeps, 'rules'>) {
  return async (from: string | null, to: string): Promise<Comparison> => {
    const target = await versionBy(deps, to);
    const base = from ?? target.baseId;
    const start = base === null ? target : await versionBy(deps, base);
    return { from: start, to: target, changes: diff(start.rules, target.rules) };
  };
}
