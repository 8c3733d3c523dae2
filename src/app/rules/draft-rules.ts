import { beginDraft, type RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { contextOf, currentVersion, type RuleActor, type RuleDeps, refusalOf } from './rule-change.ts';

/** Begins a version with the rules in force. `id` makes a repeated request the same one. */
export function draftRules(deps: RuleDeps) {
  return (input: {
    readonly id: string;
    readonly title: string;
    readonly actor: RuleActor;
    readonly reason?: string;
  }): Promise<RuleVersion> =>
    deps.database.transact(async (tx) => {
      await deps.rules.lock(tx);
      const earlier = await deps.rules.byId(input.id, tx);
      if (earlier !== null) return earlier;
      const current = await currentVersion(deps, tx);
      const as = { id: input.id, number: await deps.rules.nextNumber(tx), title: input.title };
      const decision = beginDraft(as, current, contextOf(deps, input.actor, input.reason));
      if (decision.kind === 'refused') throw await refusalOf(deps, decision.refusal, tx);
      await deps.rules.save(decision.version, [decision.event], input.actor.trace, tx);
      return decision.version;
    });
}
