import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { currentVersion, type RuleDeps } from './rule-change.ts';

/** What calls were routed by before there were versions becomes the first; null without a municipality. */
export function foundRules(
  deps: Pick<RuleDeps, 'database' | 'rules' | 'now' | 'newId'>,
): Promise<RuleVersion | null> {
  return deps.database.transact(async (tx) => {
    await deps.rules.lock(tx);
    return (await deps.rules.tables(tx)) === null ? null : currentVersion(deps, tx);
  });
}
