/**
 * The life of a version of the rules. Modes:
 *
 *   draft           草稿: being edited; nothing routes by it
 *   validated       已校验: the linter found no error; an edit makes it a draft again
 *   awaitingSecond  待复核: risky; waits for persons who had no hand in it
 *   scheduled       待发布: may be published from its moment on
 *   published       已发布: new calls go by it; exactly one version is
 *   superseded      已替代: another was published after it
 *   reverted        已撤回: undone by a rollback, or temporary and over
 *   rejected        已驳回: a second person refused it; may be edited again
 *   withdrawn       已撤销: given up before it was published
 */
export const VERSION_STATES = [
  'draft',
  'validated',
  'awaitingSecond',
  'scheduled',
  'published',
  'superseded',
  'reverted',
  'rejected',
  'withdrawn',
] as const;
export type VersionState = (typeof VERSION_STATES)[number];

export const VERSION_STATE_NAMES: Readonly<Record<VersionState, string>> = {
  draft: '草稿',
  validated: '已校验',
  awaitingSecond: '待复核',
  scheduled: '待发布',
  published: '已发布',
  superseded: '已替代',
  reverted: '已撤回',
  rejected: '已驳回',
  withdrawn: '已撤销',
};

export type VersionRole = 'operator' | 'system';

interface Edge {
  readonly move: string;
  /** null: the version does not exist yet. */
  readonly from: VersionState | null;
  readonly to: VersionState;
  readonly by: readonly VersionRole[];
  readonly reason: 'required' | 'optional';
  /** `other`: only by somebody who neither began nor edited the version. */
  readonly hand: 'any' | 'other';
}

const OPERATOR = ['operator'] as const;
const SYSTEM = ['system'] as const;
const BOTH = ['operator', 'system'] as const;

/** The only table of moves. A pair (move, from) occurs once. */
export const VERSION_TRANSITIONS = [
  // The rules in force before there were versions.
  { move: 'found', from: null, to: 'published', by: SYSTEM, reason: 'optional', hand: 'any' },
  { move: 'begin', from: null, to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'edit', from: 'draft', to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'edit', from: 'validated', to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'edit', from: 'rejected', to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  // Another version was published meanwhile: the same changes, made to that one. Approvals are void.
  { move: 'rebase', from: 'draft', to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'rebase', from: 'validated', to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'rebase', from: 'awaitingSecond', to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'rebase', from: 'scheduled', to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'rebase', from: 'rejected', to: 'draft', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'validate', from: 'draft', to: 'validated', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'schedule', from: 'validated', to: 'scheduled', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'submit', from: 'validated', to: 'awaitingSecond', by: OPERATOR, reason: 'optional', hand: 'any' },
  // The first of two approvals leaves it waiting, the last one (`confirm`) releases it.
  {
    move: 'approve',
    from: 'awaitingSecond',
    to: 'awaitingSecond',
    by: OPERATOR,
    reason: 'optional',
    hand: 'other',
  },
  {
    move: 'confirm',
    from: 'awaitingSecond',
    to: 'scheduled',
    by: OPERATOR,
    reason: 'optional',
    hand: 'other',
  },
  { move: 'reject', from: 'awaitingSecond', to: 'rejected', by: OPERATOR, reason: 'required', hand: 'other' },
  { move: 'withdraw', from: 'draft', to: 'withdrawn', by: OPERATOR, reason: 'optional', hand: 'any' },
  { move: 'withdraw', from: 'validated', to: 'withdrawn', by: OPERATOR, reason: 'optional', hand: 'any' },
  {
    move: 'withdraw',
    from: 'awaitingSecond',
    to: 'withdrawn',
    by: OPERATOR,
    reason: 'required',
    hand: 'any',
  },
  { move: 'withdraw', from: 'scheduled', to: 'withdrawn', by: OPERATOR, reason: 'required', hand: 'any' },
  { move: 'withdraw', from: 'rejected', to: 'withdrawn', by: OPERATOR, reason: 'optional', hand: 'any' },
  // What was published once needs no second look to be published again: a rollback cannot wait.
  { move: 'rollBack', from: null, to: 'scheduled', by: OPERATOR, reason: 'required', hand: 'any' },
  // The end of a temporary change was approved together with its beginning.
  { move: 'endTemporary', from: null, to: 'scheduled', by: SYSTEM, reason: 'optional', hand: 'any' },
  { move: 'publish', from: 'scheduled', to: 'published', by: BOTH, reason: 'optional', hand: 'any' },
  { move: 'supersede', from: 'published', to: 'superseded', by: BOTH, reason: 'optional', hand: 'any' },
  { move: 'revert', from: 'published', to: 'reverted', by: BOTH, reason: 'optional', hand: 'any' },
  { move: 'revert', from: 'superseded', to: 'reverted', by: BOTH, reason: 'optional', hand: 'any' },
] as const satisfies readonly Edge[];

export type VersionMove = (typeof VERSION_TRANSITIONS)[number]['move'];

export function versionEdge(move: VersionMove, from: VersionState | null): Edge | null {
  return VERSION_TRANSITIONS.find((edge) => edge.move === move && edge.from === from) ?? null;
}

/** Mermaid source of the table, for the docs: the drawing cannot differ from what runs. */
export function versionDiagram(): string {
  const lines = VERSION_TRANSITIONS.map((edge) => `  ${edge.from ?? '[*]'} --> ${edge.to}: ${edge.move}`);
  return [
    'stateDiagram-v2',
    ...lines,
    '  superseded --> [*]',
    '  reverted --> [*]',
    '  withdrawn --> [*]',
    '',
  ].join('\n');
}
