import { submit, validate } from '../../domain/hotlines/versions/publishing.ts';
import type { RuleVersion, VersionContext, VersionDecision } from '../../domain/hotlines/versions/version.ts';
import {
  contextOf,
  currentVersion,
  publishContext,
  publishReleased,
  type RuleActor,
  type RuleDeps,
  refusalOf,
  versionBy,
} from './rule-change.ts';

export interface PublishInput {
  readonly ref: string;
  readonly reason: string;
  readonly actor: RuleActor;
  /** Epoch milliseconds; null: at once. */
  readonly effectiveAt?: number | null;
  /** When a temporary change undoes itself; null: never. */
  readonly revertAt?: number | null;
}

/**
 * All the steps that the version still lacks: validated, submitted and, unless it waits for a second person
 * (`awaitingSecond`) or for its moment (`scheduled`), published. One transaction: a refusal leaves it as it was.
 */
export function publishRules(deps: RuleDeps) {
  return ({ ref, reason, actor, effectiveAt = null, revertAt = null }: PublishInput): Promise<RuleVersion> =>
    deps.database.transact(async (tx) => {
      await deps.rules.lock(tx);
      const context = contextOf(deps, actor, reason);
      const current = await currentVersion(deps, tx);
      let version = await versionBy(deps, ref, tx);
      const looked = await publishContext(deps, { ...version, effectiveAt }, context, current, tx);
      const step = async (decision: VersionDecision): Promise<RuleVersion> => {
        if (decision.kind === 'refused') {
          throw await refusalOf(deps, decision.refusal, tx, looked.findings);
        }
        await deps.rules.save(decision.version, [decision.event], actor.trace, tx);
        return decision.version;
      };
      if (version.state === 'draft') version = await step(validate(version, looked));
      if (version.state === 'validated') {
        version = await step(submit(version, { effectiveAt, revertAt }, looked));
      }
      return isWaiting(version, context)
        ? version
        : publishReleased(deps, version, current, context, actor.trace, tx);
    });
}

const isWaiting = ({ state, effectiveAt }: RuleVersion, { now }: VersionContext): boolean =>
  state === 'awaitingSecond' || (state === 'scheduled' && effectiveAt !== null && effectiveAt > now);
