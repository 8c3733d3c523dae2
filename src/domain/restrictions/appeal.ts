import { movesOpen, type OpenMove } from '../moves/open-moves.ts';
import type { RestrictionRole } from './life.ts';
import type { Measure } from './measure.ts';

/**
 * A citizen's appeal against a limit or a block. Modes: open 待处理 -> granted 成立 (the restriction is lifted with it)
 * or dismissed 不成立. Decided by somebody who had no hand in the restriction, nor took the appeal down.
 */
export const APPEAL_STATES = ['open', 'granted', 'dismissed'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];
export const APPEAL_STATE_NAMES: Readonly<Record<AppealState, string>> = {
  open: '待处理',
  granted: '成立',
  dismissed: '不成立',
};

export const APPEAL_TRANSITIONS = [
  { move: 'lodge', from: null, to: 'open' },
  { move: 'grant', from: 'open', to: 'granted' },
  { move: 'dismiss', from: 'open', to: 'dismissed' },
] as const satisfies readonly {
  readonly move: string;
  readonly from: AppealState | null;
  readonly to: AppealState;
}[];

export const VERDICTS = ['grant', 'dismiss'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Appeal {
  readonly id: string;
  readonly measureId: string;
  readonly state: AppealState;
  /** What the citizen says. */
  readonly text: string;
  /** null: the citizen himself, through the open way. */
  readonly recordedBy: string | null;
  readonly recordedMs: number;
  readonly decidedBy: string | null;
  readonly decidedMs: number | null;
  readonly answer: string | null;
}

export type AppealRefusal =
  | { readonly code: 'appeal.notRestricted' }
  | { readonly code: 'appeal.exists'; readonly id: string }
  | { readonly code: 'appeal.decided'; readonly state: AppealState }
  | { readonly code: 'appeal.ownHand' }
  | { readonly code: 'appeal.forbidden' }
  | { readonly code: 'appeal.textMissing' };

export type AppealDecision =
  | { readonly kind: 'moved'; readonly appeal: Appeal }
  | { readonly kind: 'refused'; readonly refusal: AppealRefusal };

/** Who asked for the restriction and who agreed to it. */
type Hands = Pick<Measure, 'requestedBy' | 'approvedBy'>;

const refused = (refusal: AppealRefusal): AppealDecision => ({ kind: 'refused', refusal });

export function lodgeAppeal(
  measure: Measure,
  earlier: readonly Appeal[],
  given: {
    readonly id: string;
    readonly text: string;
    readonly recordedBy: string | null;
    readonly nowMs: number;
  },
): AppealDecision {
  const { id, recordedBy, nowMs } = given;
  const text = given.text.trim();
  if (measure.step === 'note' || measure.state !== 'active') return refused({ code: 'appeal.notRestricted' });
  if (text === '') return refused({ code: 'appeal.textMissing' });
  const open = earlier.find(({ state }) => state === 'open');
  if (open !== undefined) return refused({ code: 'appeal.exists', id: open.id });
  const undecided = { decidedBy: null, decidedMs: null, answer: null };
  const appeal: Appeal = {
    id,
    measureId: measure.id,
    state: 'open',
    text,
    recordedBy,
    recordedMs: nowMs,
    ...undecided,
  };
  return { kind: 'moved', appeal };
}

export function decideAppeal(
  appeal: Appeal,
  measure: Hands,
  verdict: Verdict,
  context: {
    readonly actor: { readonly id: string; readonly roles: readonly RestrictionRole[] };
    readonly nowMs: number;
    readonly answer: string;
  },
): AppealDecision {
  const { actor, nowMs } = context;
  const answer = context.answer.trim();
  const edge = APPEAL_TRANSITIONS.find(({ move, from }) => move === verdict && from === appeal.state);
  if (edge === undefined) return refused({ code: 'appeal.decided', state: appeal.state });
  if (!actor.roles.some((role) => role === 'lead' || role === 'operator')) {
    return refused({ code: 'appeal.forbidden' });
  }
  if ([measure.requestedBy, measure.approvedBy, appeal.recordedBy].includes(actor.id)) {
    return refused({ code: 'appeal.ownHand' });
  }
  if (answer === '') return refused({ code: 'appeal.textMissing' });
  const decided = { state: edge.to, decidedBy: actor.id, decidedMs: nowMs, answer };
  return { kind: 'moved', appeal: { ...appeal, ...decided } };
}

/** What an account may decide of an appeal as it is. */
export function openVerdicts(
  appeal: Appeal,
  measure: Hands,
  actor: { readonly id: string; readonly roles: readonly RestrictionRole[] },
): readonly OpenMove<Verdict>[] {
  return movesOpen<Verdict, AppealRefusal['code']>(
    VERDICTS,
    (verdict) => {
      const decided = decideAppeal(appeal, measure, verdict, { actor, nowMs: 0, answer: 'said' });
      return decided.kind === 'refused' ? decided.refusal.code : null;
    },
    'appeal.ownHand',
  );
}
