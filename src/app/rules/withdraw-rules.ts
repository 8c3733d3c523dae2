import { withdraw } from '../../domain/hotlines/versions/publishing.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { contextOf, moveVersion, type RuleActor, type RuleDeps } from './rule-change.ts';

/** Gives a version up before it was published. */
export function withdrawRules(deps: RuleDeps) {
  return (input: {
    readonly ref: string;
    readonly reason: string;
    readonly actor: RuleActor;
  }): Promise<RuleVersion> =>
    moveVersion(deps, { ref: input.ref, trace: input.actor.trace }, async (version) =>
      withdraw(version, contextOf(deps, input.actor, input.reason)),
    );
}
