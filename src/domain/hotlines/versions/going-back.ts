import { localDate } from '../local-date.ts';
import { type FirstDays, hasSamePast } from '../register/keep-past.ts';
import { byNumber } from '../register/period.ts';
import type { Change } from './change.ts';
import { diff } from './diff.ts';
import type { RuleSet } from './rule-set.ts';
import { firstDaysOf, takingEffect } from './taking-effect.ts';
import { undoChanges } from './undo-changes.ts';
import {
  type NewVersion,
  newVersion,
  type RuleVersion,
  refused,
  type VersionContext,
  type VersionDecision,
  type VersionEvent,
  type VersionRefusal,
  walk,
} from './version.ts';

/** A change that was made for a time, with the rules that it was made to. */
export interface Temporary {
  readonly version: RuleVersion;
  readonly before: RuleSet;
}

/** Whether the version may hold a temporary change that is over since: published before it, ended or undone after it. */
export function isOverSince(
  target: Pick<RuleVersion, 'id' | 'publishedAt'>,
  { id, state, publishedAt, revertAt }: RuleVersion,
  now: number,
): boolean {
  if (id === target.id || revertAt === null || publishedAt === null || target.publishedAt === null)
    return false;
  const held = publishedAt <= target.publishedAt && revertAt > target.publishedAt;
  return held && (revertAt <= now || state === 'reverted');
}

/**
 * Back to an earlier version: a new one with its content, due at once. History is never rewritten. What was approved
 * for a time does not become lasting by it: one that is over is refused, one undone early ends when it was to, and of a
 * temporary change that the version was built upon and that is over since (`temporaries`) nothing comes back.
 */
export function rollBack(
  as: NewVersion,
  target: RuleVersion,
  current: RuleVersion,
  context: VersionContext,
  temporaries: readonly Temporary[] = [],
): VersionDecision {
  if (target.publishedAt === null) return refused({ code: 'version.neverPublished' });
  const { revertAt } = target;
  if (revertAt !== null && revertAt <= context.now)
    return refused({ code: 'version.temporaryOver', revertAt });
  const over = temporaries.filter(({ version }) => isOverSince(target, version, context.now));
  // The latest first: each is undone in what it was made to.
  over.sort((a, b) => (b.version.publishedAt ?? 0) - (a.version.publishedAt ?? 0));
  const rules = over.reduce(
    (held, { version, before }) => undoChanges(held, diff(version.rules, before)).rules,
    target.rules,
  );
  const { id: baseId } = current;
  const more = { origin: 'rollback', baseId, undoes: baseId, rules } as const;
  const version = newVersion(as, more, context, rewrittenSince(target, current));
  const effect = takingEffect(version, current.rules, context.now);
  if (diff(current.rules, effect).length === 0) return refused({ code: 'version.noChange' });
  const ends = target.state === 'reverted' ? { revertAt } : {};
  return walk(version, null, 'rollBack', { effectiveAt: context.now, ...ends }, context);
}

/** Who named an earlier first day since then rewrote the past, and going back undoes that too. */
function rewrittenSince(target: RuleVersion, current: RuleVersion): FirstDays {
  const [then, now] = [byNumber(target.rules.lines), byNumber(current.rules.lines)];
  const day = localDate(target.publishedAt ?? 0, current.rules.municipality.timeZone);
  const rewritten: Record<string, string> = { ...firstDaysOf(current) };
  for (const number of new Set([...then.keys(), ...now.keys()])) {
    const [old, present] = [then.get(number) ?? [], now.get(number) ?? []];
    if (hasSamePast(old, present, day)) continue;
    const [first = day] = [...old, ...present].map(({ validFrom }) => validFrom).sort();
    rewritten[number] = first;
  }
  return rewritten;
}

export type TemporaryEnd =
  | {
      readonly kind: 'version';
      readonly version: RuleVersion;
      readonly event: VersionEvent;
      /** Places changed by others since: left as they are, somebody must look. */
      readonly conflicts: readonly Change[];
    }
  /** Nothing is left to undo. */
  | {
      readonly kind: 'retired';
      readonly version: RuleVersion;
      readonly event: VersionEvent;
      readonly conflicts: readonly Change[];
    }
  | { readonly kind: 'refused'; readonly refusal: VersionRefusal };

/**
 * A temporary change is over: undoes its own changes and nothing that was published after it. `before` are the rules it
 * was made to.
 */
export function endTemporary(
  as: NewVersion,
  temporary: RuleVersion,
  before: RuleSet,
  current: Pick<RuleVersion, 'id' | 'rules'>,
  context: VersionContext,
): TemporaryEnd {
  const { revertAt } = temporary;
  if (revertAt === null) return refused({ code: 'version.noChange' });
  if (context.now < revertAt) return refused({ code: 'version.tooEarly', effectiveAt: revertAt });
  const { rules, conflicts } = undoChanges(current.rules, diff(temporary.rules, before));
  if (diff(current.rules, rules).length === 0 && temporary.id !== current.id) {
    const end = walk(temporary, temporary.state, 'revert', {}, context);
    return end.kind === 'refused' ? end : { ...end, kind: 'retired', conflicts };
  }
  const more = { origin: 'temporaryEnd', baseId: current.id, undoes: temporary.id, rules } as const;
  const version = newVersion(as, more, context, firstDaysOf(temporary));
  const end = walk(version, null, 'endTemporary', { effectiveAt: context.now }, context);
  return end.kind === 'refused' ? end : { ...end, kind: 'version', conflicts };
}
