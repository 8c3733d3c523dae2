import { exportLines } from '../../domain/hotlines/register/register-file.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';

/** The numbers of a version as CSV, as `import` takes them. */
export function exportRegister(deps: Pick<RuleDeps, 'rules'>) {
  return async (ref: string): Promise<{ readonly number: number; readonly csv: string }> => {
    const { number, rules } = await versionBy(deps, ref);
    return { number, csv: exportLines(rules.lines) };
  };
}
