import { rollBack } from '../../domain/hotlines/versions/going-back.ts';
import { OWN_VERSION_WORDS } from '../../domain/hotlines/versions/own-words.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import {
  contextOf,
  currentVersion,
  publishReleased,
  type RuleActor,
  type RuleDeps,
  refusalOf,
  versionBy,
} from './rule-change.ts';

/**
 * Back to an earlier version in one step: a new one with its content, published at once. `to` null: what was in force
 * before the present one. `id` is the new version's and the same for the same request: asked again by who never heard the
 * answer it would go back one version more.
 */
export function rollBackRules(deps: RuleDeps) {
  return ({
    id,
    to,
    reason,
    actor,
  }: {
    readonly id: string;
    readonly to: string | null;
    readonly reason: string;
    readonly actor: RuleActor;
  }): Promise<RuleVersion> =>
    deps.database.transact(async (tx) => {
      await deps.rules.lock(tx);
      const done = await deps.rules.byId(id, tx);
      if (done !== null) return done;
      const current = await currentVersion(deps, tx);
      const before = to ?? current.baseId;
      if (before === null) throw await refusalOf(deps, { code: 'version.noChange' }, tx);
      const target = await versionBy(deps, before, tx);
      const context = contextOf(deps, actor, reason);
      const as = {
        id,
        number: await deps.rules.nextNumber(tx),
        title: OWN_VERSION_WORDS.backTo.zh({ n: target.number }),
      };
      const temporaries = await deps.rules.temporaries(target, tx);
      const decision = rollBack(as, target, current, context, temporaries);
      if (decision.kind === 'refused') throw await refusalOf(deps, decision.refusal, tx);
      await deps.rules.save(decision.version, [decision.event], actor.trace, tx);
      return publishReleased(deps, decision.version, current, context, actor.trace, tx);
    });
}
