import { approve, reject } from '../../domain/hotlines/versions/publishing.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import {
  contextOf,
  currentVersion,
  moveVersion,
  publishContext,
  publishReleased,
  type RuleActor,
  type RuleDeps,
  refusalOf,
  versionBy,
} from './rule-change.ts';

interface Judgement {
  readonly ref: string;
  readonly reason: string;
  readonly actor: RuleActor;
}

/** A second person's yes. The last one that is needed publishes what has no later moment of its own. */
export function approveRules(deps: RuleDeps) {
  return ({ ref, reason, actor }: Judgement): Promise<RuleVersion> =>
    deps.database.transact(async (tx) => {
      await deps.rules.lock(tx);
      const version = await versionBy(deps, ref, tx);
      const current = await currentVersion(deps, tx);
      const context = contextOf(deps, actor, reason);
      const decision = approve(version, await publishContext(deps, version, context, current, tx));
      if (decision.kind === 'refused') throw await refusalOf(deps, decision.refusal, tx);
      await deps.rules.save(decision.version, [decision.event], actor.trace, tx);
      const { state, effectiveAt } = decision.version;
      if (state !== 'scheduled' || (effectiveAt !== null && effectiveAt > context.now))
        return decision.version;
      return publishReleased(deps, decision.version, current, context, actor.trace, tx);
    });
}

/** A second person's no; the author may edit it again. */
export function rejectRules(deps: RuleDeps) {
  return ({ ref, reason, actor }: Judgement): Promise<RuleVersion> =>
    moveVersion(deps, { ref, trace: actor.trace }, async (version) =>
      reject(version, contextOf(deps, actor, reason)),
    );
}
