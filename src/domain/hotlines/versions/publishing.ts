import { applyChanges } from './apply-changes.ts';
import { diff } from './diff.ts';
import { fatesOf } from './fates.ts';
import { approvalLevel, type RatedChange, rate } from './risk.ts';
import { APPROVALS_NEEDED } from './risks.ts';
import type { RuleSet } from './rule-set.ts';
import { effectDay, takingEffect } from './taking-effect.ts';
import {
  type PublishContext,
  type RuleVersion,
  refused,
  rewritten,
  type VersionContext,
  type VersionDecision,
  type VersionEvent,
  type VersionRefusal,
  walk,
} from './version.ts';

/** What a version would change, each change with its risk. Everything is new where nothing is published. */
export function ratedChanges(
  version: Pick<RuleVersion, 'rules' | 'effectiveAt' | 'edits' | 'origin'>,
  { current, listed, workingHours, now }: Pick<PublishContext, 'current' | 'listed' | 'workingHours' | 'now'>,
): readonly RatedChange[] {
  const context = { listed, workingHours, now };
  if (current === null) {
    const nothing: RuleSet = { ...version.rules, lines: [], queues: [], menus: [], trunks: [] };
    return rate(nothing, diff(nothing, version.rules), context);
  }
  const { rules } = current;
  const after = takingEffect(version, rules, now);
  const fates = fatesOf(rules.lines, after.lines, effectDay(version, rules, now));
  return rate(rules, diff(rules, after), { ...context, fates });
}

export function validate(
  version: RuleVersion,
  context: VersionContext & Pick<PublishContext, 'lintErrors'>,
): VersionDecision {
  const { lintErrors } = context;
  if (version.state === 'draft' && lintErrors.length > 0) {
    return refused({ code: 'version.lintErrors', errors: lintErrors });
  }
  return walk(version, version.state, 'validate', {}, context);
}

/** Asks for publication at a moment, or at once; goes to a second person when a change is risky. */
export function submit(
  version: RuleVersion,
  when: { readonly effectiveAt: number | null; readonly revertAt: number | null },
  context: PublishContext,
): VersionDecision {
  const { effectiveAt, revertAt } = when;
  if (version.state !== 'validated') return walk(version, version.state, 'submit', {}, context);
  if (revertAt !== null && revertAt <= Math.max(effectiveAt ?? context.now, context.now)) {
    return refused({ code: 'version.revertBeforeEffect' });
  }
  const fault = baseFault(version, context);
  if (fault !== null) return refused(fault);
  const rated = ratedChanges({ ...version, effectiveAt }, context);
  if (rated.length === 0) return refused({ code: 'version.noChange' });
  const level = approvalLevel(rated);
  if (level === 'forbidden') return refused(forbidden(rated));
  const move = APPROVALS_NEEDED[level] === 0 ? 'schedule' : 'submit';
  return walk(version, version.state, move, { effectiveAt, revertAt, approvals: [] }, context);
}

/** One person's yes. The last one that is needed releases the version. */
export function approve(version: RuleVersion, context: PublishContext): VersionDecision {
  const { actor, now } = context;
  if (version.state !== 'awaitingSecond') return walk(version, version.state, 'approve', {}, context);
  if (version.approvals.some(({ by }) => by === actor.id))
    return refused({ code: 'version.approvedAlready' });
  const fault = baseFault(version, context);
  if (fault !== null) return refused(fault);
  const approvals = [...version.approvals, { by: actor.id, at: now }];
  const needed = APPROVALS_NEEDED[approvalLevel(ratedChanges(version, context))];
  const move = approvals.length >= needed ? 'confirm' : 'approve';
  return walk(version, version.state, move, { approvals }, context);
}

export const reject = (version: RuleVersion, context: VersionContext): VersionDecision =>
  walk(version, version.state, 'reject', {}, context);

export const withdraw = (version: RuleVersion, context: VersionContext): VersionDecision =>
  walk(version, version.state, 'withdraw', {}, context);

export type Publication =
  | {
      readonly kind: 'published';
      readonly version: RuleVersion;
      /** Versions that are over by this: the one published until now, and the one that was undone. */
      readonly retired: readonly RuleVersion[];
      readonly events: readonly VersionEvent[];
    }
  | { readonly kind: 'refused'; readonly refusal: VersionRefusal };

/**
 * Makes a scheduled version the one that new calls go by. Everything is looked at once more, now: the version may have
 * waited for weeks. `undone`: the version named by `undoes`, where that is not the current one.
 */
export function publish(
  version: RuleVersion,
  context: PublishContext & { readonly current: RuleVersion | null; readonly undone: RuleVersion | null },
): Publication {
  const { current, undone, now } = context;
  const rules = current === null ? version.rules : takingEffect(version, current.rules, now);
  const decision = walk(version, version.state, 'publish', { rules, publishedAt: now }, context);
  if (decision.kind === 'refused') return decision;
  const fault = publishFault(version, context);
  if (fault !== null) return refused(fault);
  const retired: RuleVersion[] = [];
  const events: VersionEvent[] = [decision.event];
  for (const old of [current, undone?.id === current?.id ? null : undone]) {
    if (old === null) continue;
    const move = old.id === version.undoes ? 'revert' : 'supersede';
    const end = walk(old, old.state, move, {}, context);
    if (end.kind === 'refused') return end;
    retired.push(end.version);
    events.push(end.event);
  }
  return { kind: 'published', version: decision.version, retired, events };
}

function publishFault(version: RuleVersion, context: PublishContext): VersionRefusal | null {
  const { effectiveAt, origin, approvals } = version;
  if (effectiveAt !== null && context.now < effectiveAt) return { code: 'version.tooEarly', effectiveAt };
  const fault = baseFault(version, context);
  if (fault !== null) return fault;
  const rated = ratedChanges(version, context);
  const level = approvalLevel(rated);
  if (level === 'forbidden') return forbidden(rated);
  // What routed calls once may do so again at once, whatever the linter has learnt since.
  if (origin !== 'draft') return null;
  if (context.lintErrors.length > 0) return { code: 'version.lintErrors', errors: context.lintErrors };
  if (approvals.length < APPROVALS_NEEDED[level]) {
    return { code: 'version.approvalsMissing', level, approvals: approvals.length };
  }
  return null;
}

/** Changes are looked at and approved against what is published; another publication makes that look worthless. */
function baseFault({ baseId }: RuleVersion, { current }: PublishContext): VersionRefusal | null {
  const currentId = current?.id ?? null;
  return baseId === currentId ? null : { code: 'version.baseMoved', baseId, currentId };
}

const forbidden = (rated: readonly RatedChange[]): VersionRefusal => ({
  code: 'version.forbiddenChange',
  changes: rated.filter(({ level }) => level === 'forbidden').map(({ change }) => change),
});

/**
 * The same changes, made to what is published now. Where both changed the same place the answer lists the conflicts;
 * `resolved` then says what the operator makes of it.
 */
export function rebase(
  version: RuleVersion,
  base: RuleSet,
  current: Pick<RuleVersion, 'id' | 'rules'>,
  context: VersionContext & { readonly resolved?: RuleSet },
): VersionDecision {
  const { rules, conflicts } = applyChanges(current.rules, diff(base, version.rules));
  if (context.resolved === undefined && conflicts.length > 0) {
    return refused({ code: 'version.conflict', conflicts });
  }
  return rewritten(version, 'rebase', { rules: context.resolved ?? rules, baseId: current.id }, context);
}

/** What the clock asks for: versions to publish, temporary ones to end; the earliest first. */
export function dueVersions(
  versions: readonly RuleVersion[],
  now: number,
): { readonly publish: readonly RuleVersion[]; readonly end: readonly RuleVersion[] } {
  const by = (at: (version: RuleVersion) => number) => (a: RuleVersion, b: RuleVersion) =>
    at(a) - at(b) || a.number - b.number;
  const effect = ({ effectiveAt }: RuleVersion): number => effectiveAt ?? -Infinity;
  const over = ({ revertAt }: RuleVersion): number => revertAt ?? Infinity;
  return {
    publish: versions.filter((one) => one.state === 'scheduled' && effect(one) <= now).sort(by(effect)),
    end: versions
      .filter((one) => (one.state === 'published' || one.state === 'superseded') && over(one) <= now)
      .sort(by(over)),
  };
}
