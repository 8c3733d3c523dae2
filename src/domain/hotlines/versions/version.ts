import type { FirstDays } from '../register/keep-past.ts';
import type { Protected } from '../register/protected.ts';
import type { Change } from './change.ts';
import { diff } from './diff.ts';
import { type VersionMove, type VersionRole, type VersionState, versionEdge } from './life.ts';
import type { ApprovalLevel } from './risks.ts';
import type { RuleSet } from './rule-set.ts';

export interface VersionActor {
  readonly id: string;
  readonly roles: readonly VersionRole[];
}

export interface RuleVersion {
  readonly id: string;
  /** 1, 2, 3 … as versions were begun; not the number of the configuration that calls carry. */
  readonly number: number;
  readonly title: string;
  readonly state: VersionState;
  /** Raised by each edit; an edit names the one it began with. */
  readonly revision: number;
  readonly origin: 'draft' | 'rollback' | 'temporaryEnd' | 'founding';
  /** The version published when this one was begun: what the changes are made to. */
  readonly baseId: string | null;
  /** The version that this one undoes. */
  readonly undoes: string | null;
  readonly rules: RuleSet;
  readonly authorId: string;
  readonly edits: readonly {
    readonly revision: number;
    readonly by: string;
    readonly at: number;
    /** Numbers of which the edit named a first day; absent where it named none. */
    readonly firstDays?: FirstDays;
  }[];
  /** null: as soon as it may. */
  readonly effectiveAt: number | null;
  /** Temporary: at this moment its changes are undone by themselves. */
  readonly revertAt: number | null;
  readonly approvals: readonly { readonly by: string; readonly at: number }[];
  readonly createdAt: number;
  readonly publishedAt: number | null;
}

/** What the books must say of each move: who, when, from where to where, why. */
export interface VersionEvent {
  readonly at: number;
  readonly actorId: string;
  readonly versionId: string;
  readonly move: VersionMove;
  readonly from: VersionState | null;
  readonly to: VersionState;
  readonly revision: number;
  readonly reason: string;
}

export interface VersionContext {
  readonly actor: VersionActor;
  readonly now: number;
  readonly reason?: string;
}

/** Everything that decides whether a version may go out, looked up by the caller. */
export interface PublishContext extends VersionContext {
  /** The version that new calls go by. */
  readonly current: Pick<RuleVersion, 'id' | 'rules'> | null;
  /** Codes of the linter's errors for this version's rules, now. */
  readonly lintErrors: readonly string[];
  readonly listed: readonly Protected[];
  /** Whether the units work at `effectiveAt`, or now. */
  readonly workingHours: boolean;
}

export type VersionRefusal =
  | {
      readonly code: 'version.moveImpossible';
      readonly move: VersionMove;
      readonly state: VersionState | null;
    }
  | { readonly code: 'version.moveForbidden' }
  | { readonly code: 'version.ownChange' }
  | { readonly code: 'version.reasonMissing' }
  | { readonly code: 'version.approvedAlready' }
  | {
      /** Nothing is overwritten: who edited since, and what. */
      readonly code: 'version.editedMeanwhile';
      readonly revision: number;
      readonly edits: RuleVersion['edits'];
      readonly changes: readonly Change[];
    }
  | { readonly code: 'version.lintErrors'; readonly errors: readonly string[] }
  | { readonly code: 'version.baseMoved'; readonly baseId: string | null; readonly currentId: string | null }
  | { readonly code: 'version.conflict'; readonly conflicts: readonly Change[] }
  | { readonly code: 'version.forbiddenChange'; readonly changes: readonly Change[] }
  | { readonly code: 'version.approvalsMissing'; readonly level: ApprovalLevel; readonly approvals: number }
  | { readonly code: 'version.tooEarly'; readonly effectiveAt: number }
  | { readonly code: 'version.revertBeforeEffect' }
  | { readonly code: 'version.noChange' }
  | { readonly code: 'version.neverPublished' }
  /** It was looked at for a time that is over: one person alone does not make it lasting. */
  | { readonly code: 'version.temporaryOver'; readonly revertAt: number };

export type VersionDecision =
  | { readonly kind: 'moved'; readonly version: RuleVersion; readonly event: VersionEvent }
  | { readonly kind: 'refused'; readonly refusal: VersionRefusal };

export const refused = (
  refusal: VersionRefusal,
): { readonly kind: 'refused'; readonly refusal: VersionRefusal } => ({
  kind: 'refused',
  refusal,
});

/** Walks one edge of the table, or says why not. */
export function walk(
  version: RuleVersion,
  from: VersionState | null,
  move: VersionMove,
  change: Partial<RuleVersion>,
  { actor, now, reason = '' }: VersionContext,
): VersionDecision {
  const edge = versionEdge(move, from);
  if (edge === null) return refused({ code: 'version.moveImpossible', move, state: from });
  if (!actor.roles.some((role) => edge.by.includes(role))) return refused({ code: 'version.moveForbidden' });
  if (edge.hand === 'other' && hadAHand(version, actor)) return refused({ code: 'version.ownChange' });
  const why = reason.trim();
  if (edge.reason === 'required' && why === '') return refused({ code: 'version.reasonMissing' });
  const next: RuleVersion = { ...version, ...change, state: edge.to };
  return {
    kind: 'moved',
    version: next,
    event: {
      at: now,
      actorId: actor.id,
      versionId: next.id,
      move,
      from,
      to: edge.to,
      revision: next.revision,
      reason: why,
    },
  };
}

const hadAHand = (version: RuleVersion, actor: VersionActor): boolean =>
  version.authorId === actor.id || version.edits.some(({ by }) => by === actor.id);

export interface NewVersion {
  readonly id: string;
  readonly number: number;
  readonly title: string;
}

export function newVersion(
  { id, number, title }: NewVersion,
  more: Pick<RuleVersion, 'origin' | 'baseId' | 'undoes' | 'rules'>,
  { actor, now }: VersionContext,
  firstDays: FirstDays = {},
): RuleVersion {
  return {
    id,
    number,
    title,
    ...more,
    state: 'draft',
    revision: 1,
    authorId: actor.id,
    edits: [{ revision: 1, by: actor.id, at: now, ...namedIn(firstDays) }],
    effectiveAt: null,
    revertAt: null,
    approvals: [],
    createdAt: now,
    publishedAt: null,
  };
}

const namedIn = (firstDays: FirstDays): { readonly firstDays?: FirstDays } =>
  Object.keys(firstDays).length === 0 ? {} : { firstDays };

/** A draft of what is published now. */
export function beginDraft(
  as: NewVersion,
  current: Pick<RuleVersion, 'id' | 'rules'>,
  context: VersionContext,
): VersionDecision {
  const { id: baseId, rules } = current;
  return walk(
    newVersion(as, { origin: 'draft', baseId, undoes: null, rules }, context),
    null,
    'begin',
    {},
    context,
  );
}

/** The rules that routed before there were versions become the first one. */
export function foundVersion(as: NewVersion, rules: RuleSet, context: VersionContext): VersionDecision {
  const version = newVersion(as, { origin: 'founding', baseId: null, undoes: null, rules }, context);
  return walk(version, null, 'found', { publishedAt: context.now }, context);
}

/**
 * New rules for a draft. `begun` is what the operator had before the eyes: when somebody else was faster, the answer
 * says who and what, and nothing changes.
 */
export function editDraft(
  version: RuleVersion,
  edit: {
    readonly begun: Pick<RuleVersion, 'revision' | 'rules'>;
    readonly rules: RuleSet;
    readonly title?: string;
    readonly firstDays?: FirstDays;
  },
  context: VersionContext,
): VersionDecision {
  const { begun, firstDays } = edit;
  if (begun.revision !== version.revision) {
    return refused({
      code: 'version.editedMeanwhile',
      revision: version.revision,
      edits: version.edits.filter(({ revision }) => revision > begun.revision),
      changes: diff(begun.rules, version.rules),
    });
  }
  const change = { rules: edit.rules, title: edit.title ?? version.title };
  return rewritten(version, 'edit', change, context, firstDays);
}

/** An edited version starts over: nobody has seen it yet, and when it applies is asked anew. */
export function rewritten(
  version: RuleVersion,
  move: 'edit' | 'rebase',
  change: Partial<RuleVersion>,
  context: VersionContext,
  firstDays: FirstDays = {},
): VersionDecision {
  const revision = version.revision + 1;
  const edits = [
    ...version.edits,
    { revision, by: context.actor.id, at: context.now, ...namedIn(firstDays) },
  ];
  const afresh = { approvals: [], effectiveAt: null, revertAt: null };
  return walk(version, version.state, move, { ...change, ...afresh, revision, edits }, context);
}
