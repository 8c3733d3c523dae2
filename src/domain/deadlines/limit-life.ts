import { movesOpen, type OpenMove } from '../moves/open-moves.ts';

/**
 * A set of limits. Modes:
 *
 *   proposed     待批准: somebody else has to agree, since citizens are promised something else
 *   approved     已批准: in force from its instant until another begins
 *   withdrawing  撤回待同意: what two agreed to is taken back by two; until then it holds, and begins at its instant
 *   rejected     未批准
 *   withdrawn    撤回: before it was in force
 */
export const LIMIT_STATES = ['proposed', 'approved', 'withdrawing', 'rejected', 'withdrawn'] as const;
export type LimitState = (typeof LIMIT_STATES)[number];

interface LimitEdge {
  readonly move: string;
  readonly from: LimitState | null;
  readonly to: LimitState;
  /**
   * `second`: not by who proposed it. `early`: only while it is not in force yet. `secondEarly`: so, and not by who asked
   * for it to be withdrawn.
   */
  readonly rule: 'second' | 'early' | 'secondEarly' | 'any';
}

/** A pair (move, from) occurs once. */
export const LIMIT_EDGES = [
  { move: 'propose', from: null, to: 'proposed', rule: 'any' },
  // What changes nothing for citizens needs no second person.
  { move: 'enact', from: null, to: 'approved', rule: 'any' },
  { move: 'approve', from: 'proposed', to: 'approved', rule: 'second' },
  { move: 'reject', from: 'proposed', to: 'rejected', rule: 'second' },
  { move: 'withdraw', from: 'proposed', to: 'withdrawn', rule: 'any' },
  { move: 'withdraw', from: 'approved', to: 'withdrawing', rule: 'early' },
  { move: 'withdraw', from: 'withdrawing', to: 'withdrawn', rule: 'secondEarly' },
  { move: 'keep', from: 'withdrawing', to: 'approved', rule: 'any' },
  // What one person enacted, since it changes nothing for citizens, the same may take back.
  { move: 'undo', from: 'approved', to: 'withdrawn', rule: 'early' },
] as const satisfies readonly LimitEdge[];
export type LimitMove = (typeof LIMIT_EDGES)[number]['move'];
/** What is decided of a set that is there. */
export const LIMIT_DECISIONS = [
  'approve',
  'reject',
  'withdraw',
  'keep',
] as const satisfies readonly LimitMove[];
export type LimitDecision = (typeof LIMIT_DECISIONS)[number];

export type LimitRefusal = 'limits.moveImpossible' | 'limits.ownWork' | 'limits.inForce';

export function decideLimitMove(
  move: LimitDecision,
  set: {
    readonly state: LimitState;
    readonly validFrom: number;
    readonly proposedBy: string | null;
    /** Who made its last move; while it is `withdrawing`, who asked for that. */
    readonly decidedBy: string | null;
  },
  actorId: string,
  now: number,
): { readonly to: LimitState } | { readonly refusal: LimitRefusal } {
  const { state, validFrom, proposedBy, decidedBy } = set;
  const enacted = state === 'approved' && decidedBy === proposedBy;
  const taken: LimitMove = move === 'withdraw' && enacted ? 'undo' : move;
  const edge: LimitEdge | undefined = LIMIT_EDGES.find((one) => one.move === taken && one.from === state);
  if (edge === undefined) return { refusal: 'limits.moveImpossible' };
  // Tickets were accepted under it: what they were promised is kept, whoever asks.
  const early = edge.rule === 'early' || edge.rule === 'secondEarly';
  if (early && validFrom <= now) return { refusal: 'limits.inForce' };
  if (edge.rule === 'second' && actorId === proposedBy) return { refusal: 'limits.ownWork' };
  if (edge.rule === 'secondEarly' && actorId === decidedBy) return { refusal: 'limits.ownWork' };
  return { to: edge.to };
}

/** What somebody who decides of limits may decide of a set as it is. */
export function openLimitDecisions(
  set: Parameters<typeof decideLimitMove>[1],
  actorId: string,
  now: number,
): readonly OpenMove<LimitDecision>[] {
  return movesOpen<LimitDecision, LimitRefusal>(
    LIMIT_DECISIONS,
    (move) => {
      const decided = decideLimitMove(move, set, actorId, now);
      return 'refusal' in decided ? decided.refusal : null;
    },
    'limits.ownWork',
  );
}

export function limitDiagram(): string {
  const lines = LIMIT_EDGES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  return ['stateDiagram-v2', ...lines, '  rejected --> [*]', '  withdrawn --> [*]', ''].join('\n');
}
