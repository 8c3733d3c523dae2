/**
 * The life of a restriction. Modes:
 *
 *   requested  待审批: asked for; nothing is restricted yet
 *   active     生效中: acts on each call of the number until its end
 *   rejected   未批准: another person said no
 *   withdrawn  已撤销: given up before it was decided
 *   lifted     已解除: ended early, by an appeal that was granted or because it is no longer needed
 *   ended      已到期: its end has come
 *
 * A note restricts nothing and is active at once. A limit and a block are for another person to approve.
 */
export const RESTRICTION_STATES = [
  'requested',
  'active',
  'rejected',
  'withdrawn',
  'lifted',
  'ended',
] as const;
export type RestrictionState = (typeof RESTRICTION_STATES)[number];

export const RESTRICTION_STATE_NAMES: Readonly<Record<RestrictionState, string>> = {
  requested: '待审批',
  active: '生效中',
  rejected: '未批准',
  withdrawn: '已撤销',
  lifted: '已解除',
  ended: '已到期',
};

export type RestrictionRole = 'agent' | 'lead' | 'operator' | 'system';

interface Edge {
  readonly move: string;
  /** null: the restriction does not exist yet. */
  readonly from: RestrictionState | null;
  readonly to: RestrictionState;
  readonly by: readonly RestrictionRole[];
  readonly reason: 'required' | 'optional';
  /** `other`: never by who asked for it. */
  readonly hand: 'any' | 'other';
}

const DESK = ['lead', 'operator'] as const;
const ANYBODY = ['agent', 'lead', 'operator'] as const;
const SYSTEM = ['system'] as const;

/** The only table of moves. A pair (move, from) occurs once. */
export const RESTRICTION_TRANSITIONS = [
  { move: 'note', from: null, to: 'active', by: ANYBODY, reason: 'required', hand: 'any' },
  { move: 'request', from: null, to: 'requested', by: DESK, reason: 'required', hand: 'any' },
  { move: 'approve', from: 'requested', to: 'active', by: DESK, reason: 'optional', hand: 'other' },
  { move: 'reject', from: 'requested', to: 'rejected', by: DESK, reason: 'required', hand: 'other' },
  { move: 'withdraw', from: 'requested', to: 'withdrawn', by: DESK, reason: 'required', hand: 'any' },
  { move: 'lift', from: 'active', to: 'lifted', by: DESK, reason: 'required', hand: 'any' },
  { move: 'end', from: 'active', to: 'ended', by: SYSTEM, reason: 'optional', hand: 'any' },
] as const satisfies readonly Edge[];

export type RestrictionMove = (typeof RESTRICTION_TRANSITIONS)[number]['move'];

export function restrictionEdge(move: RestrictionMove, from: RestrictionState | null): Edge | null {
  return RESTRICTION_TRANSITIONS.find((edge) => edge.move === move && edge.from === from) ?? null;
}

/** Mermaid source of the table, for the docs: the drawing cannot differ from what runs. */
export function restrictionDiagram(): string {
  return [
    'stateDiagram-v2',
    ...RESTRICTION_TRANSITIONS.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`),
    '  rejected --> [*]',
    '  withdrawn --> [*]',
    '  lifted --> [*]',
    '  ended --> [*]',
    '',
  ].join('\n');
}
