import { edgeFor, type RoleEdge } from './role-edges.ts';
import type { Actor } from './ticket.ts';

/**
 * 剔除: a ticket's answers are left out of the appraisal, by two people and with evidence (G9). Modes:
 *
 *   requested  待审: asked for, with its evidence
 *   seconded   待复核: one person agrees
 *   excluded   已剔除: a second one does too; the rates are shown with and without it
 *   refused    未同意 · withdrawn 已撤回
 */
export const EXCLUSION_STATES = ['requested', 'seconded', 'excluded', 'refused', 'withdrawn'] as const;
export type ExclusionState = (typeof EXCLUSION_STATES)[number];

export const EXCLUSION_GROUNDS = ['untrue', 'unlawful', 'unreasonable', 'repeated', 'policyBound'] as const;
export type ExclusionGround = (typeof EXCLUSION_GROUNDS)[number];
export const EXCLUSION_GROUND_NAMES: Readonly<Record<ExclusionGround, string>> = {
  untrue: '诉求不属实',
  unlawful: '诉求违反法律法规',
  unreasonable: '诉求超出合理范围',
  repeated: '同一事项重复诉求',
  policyBound: '受政策限制，已充分解释',
};

type ExclusionEdge = RoleEdge<ExclusionState>;
const ASKERS = ['unit', 'supervisor', 'lead'] as const;
const DECIDERS = ['adjudicator', 'supervisor', 'lead'] as const;

export const EXCLUSION_MOVES = [
  { move: 'request', from: null, to: 'requested', by: ASKERS },
  { move: 'agree', from: 'requested', to: 'seconded', by: DECIDERS },
  { move: 'agree', from: 'seconded', to: 'excluded', by: DECIDERS },
  { move: 'refuse', from: 'requested', to: 'refused', by: DECIDERS },
  { move: 'refuse', from: 'seconded', to: 'refused', by: DECIDERS },
  { move: 'withdraw', from: 'requested', to: 'withdrawn', by: ASKERS },
  { move: 'withdraw', from: 'seconded', to: 'withdrawn', by: ASKERS },
] as const satisfies readonly ExclusionEdge[];
export type ExclusionMove = (typeof EXCLUSION_MOVES)[number]['move'];
export const EXCLUSION_MOVE_NAMES: Readonly<Record<Exclude<ExclusionMove, 'request'>, string>> = {
  agree: '同意剔除',
  refuse: '不同意剔除',
  withdraw: '撤回剔除申请',
};

export type ExclusionRefusal =
  | 'exclusion.moveImpossible'
  | 'exclusion.moveForbidden'
  /** Invariant 9: a unit never decides about its own figures, nor asks for another's. */
  | 'exclusion.ownUnit'
  | 'exclusion.otherUnit'
  /** Who asked for it, or agreed to it, is not the second person. */
  | 'exclusion.samePerson'
  | 'exclusion.notYours'
  | 'exclusion.reasonMissing';

export function decideExclusion(input: {
  readonly move: ExclusionMove;
  readonly from: ExclusionState | null;
  readonly unitCode: string;
  readonly actor: Actor;
  readonly askedBy: string | null;
  readonly secondedBy: string | null;
  readonly reason: string;
}): { readonly to: ExclusionState } | { readonly refusal: ExclusionRefusal } {
  const { move, unitCode, actor, askedBy, secondedBy } = input;
  const edge = edgeFor<ExclusionEdge>(EXCLUSION_MOVES, input);
  if (typeof edge === 'string') return { refusal: `exclusion.${edge}` };
  const decides = move === 'agree' || move === 'refuse';
  if (decides && actor.unitCode === unitCode) return { refusal: 'exclusion.ownUnit' };
  if (actor.unitCode !== null && actor.unitCode !== unitCode) return { refusal: 'exclusion.otherUnit' };
  if (move === 'agree' && (actor.accountId === askedBy || actor.accountId === secondedBy)) {
    return { refusal: 'exclusion.samePerson' };
  }
  if (move === 'withdraw' && actor.accountId !== askedBy) return { refusal: 'exclusion.notYours' };
  if (input.reason.trim() === '') return { refusal: 'exclusion.reasonMissing' };
  return { to: edge.to };
}

export function exclusionDiagram(): string {
  const lines = EXCLUSION_MOVES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  const ends = ['excluded', 'refused', 'withdrawn'].map((one) => `  ${one} --> [*]`);
  return ['stateDiagram-v2', ...lines, ...ends, ''].join('\n');
}

/** 诉求属实 (H25, JY-22): said with evidence, unless it is simply so. The hotline's word stands before the unit's. */
export const TRUTHS = ['true', 'partly', 'untrue'] as const;
export type Truth = (typeof TRUTHS)[number];
export const TRUTH_NAMES: Readonly<Record<Truth, string>> = {
  true: '属实',
  partly: '部分属实',
  untrue: '不属实',
};
