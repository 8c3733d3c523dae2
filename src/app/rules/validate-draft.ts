import type { Finding } from '../../domain/hotlines/lint/finding.ts';
import { errorCodes, lint } from '../../domain/hotlines/lint/lint.ts';
import { validate } from '../../domain/hotlines/versions/publishing.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import {
  contextOf,
  lintContext,
  moveVersion,
  type RuleActor,
  type RuleDeps,
  refusalOf,
  versionBy,
} from './rule-change.ts';

/** What the linter says of any version, now. */
export function lintVersion(deps: RuleDeps) {
  return async (ref: string): Promise<readonly Finding[]> => {
    const version = await versionBy(deps, ref);
    return lint(version.rules, await lintContext(deps));
  };
}

/** A draft without errors becomes `validated`; with errors it is refused, naming their codes. */
export function validateDraft(deps: RuleDeps) {
  return (input: { readonly ref: string; readonly actor: RuleActor }): Promise<RuleVersion> =>
    moveVersion(deps, { ref: input.ref, trace: input.actor.trace }, async (version, tx) => {
      const findings = lint(version.rules, await lintContext(deps, tx));
      const lintErrors = errorCodes(findings);
      const decision = validate(version, { ...contextOf(deps, input.actor), lintErrors });
      if (decision.kind === 'refused') throw await refusalOf(deps, decision.refusal, tx, findings);
      return decision;
    });
}
