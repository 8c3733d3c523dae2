import type { Gap, Stretch } from './judge.ts';

/**
 * A piece of a recording for a handling unit, which never hears a whole one. Modes:
 *
 *   asked     待审批: by somebody of the unit, for a purpose
 *   approved  已批准: cut by another person, until a time; after that nobody of the unit hears it any more
 *   refused   未批准
 *   ended     已收回: before its time
 */
export const CLIP_TABLE = {
  asked: { approve: 'approved', refuse: 'refused' },
  approved: { end: 'ended' },
  refused: {},
  ended: {},
} as const;
export type ClipState = keyof typeof CLIP_TABLE;
export const CLIP_STATES = Object.keys(CLIP_TABLE) as readonly ClipState[];
export type ClipMove = 'approve' | 'refuse' | 'end';
export const CLIP_STATE_NAMES: Readonly<Record<ClipState, string>> = {
  asked: '待审批',
  approved: '已批准',
  refused: '未批准',
  ended: '已收回',
};

/** Where a move leads; null: not from here. */
export function clipLeads(from: ClipState, move: ClipMove): ClipState | null {
  const leads: Readonly<Partial<Record<ClipMove, ClipState>>> = CLIP_TABLE[from];
  return leads[move] ?? null;
}

/** Offsets in the recording, ms. `muted`: silence in the piece, for names and numbers that are not the unit's business. */
export interface ClipCut extends Stretch {
  readonly muted: readonly Stretch[];
}

export const CLIP_AT_LEAST_MS = 1_000;
export const CLIP_AT_MOST_MS = 300_000;
/** Of the recording, at most: what is not for the unit must have been left out. */
export const CLIP_SHARE = 0.8;

export type CutFault = 'backwards' | 'outside' | 'tooShort' | 'tooLong' | 'nearlyAll' | 'mutedOutside';

/** What is wrong with a cut of a recording of this length; null: nothing. */
export function cutFault({ fromMs, toMs, muted }: ClipCut, durationMs: number): CutFault | null {
  if (fromMs >= toMs) return 'backwards';
  if (fromMs < 0 || toMs > durationMs) return 'outside';
  const lengthMs = toMs - fromMs;
  if (lengthMs < CLIP_AT_LEAST_MS) return 'tooShort';
  if (lengthMs > CLIP_AT_MOST_MS) return 'tooLong';
  if (lengthMs > durationMs * CLIP_SHARE) return 'nearlyAll';
  const inside = (one: Stretch): boolean => one.fromMs >= fromMs && one.toMs <= toMs && one.fromMs < one.toMs;
  return muted.every(inside) ? null : 'mutedOutside';
}

/** Stretches of the piece that are silence, offsets in the piece: what was muted, and sensitive data once more. */
export function silences({ fromMs, toMs, muted }: ClipCut, gaps: readonly Gap[]): readonly Stretch[] {
  const paused = gaps.filter(({ why }) => why === 'paused');
  return [...muted, ...paused]
    .map((one) => ({
      fromMs: Math.max(one.fromMs, fromMs) - fromMs,
      toMs: Math.min(one.toMs, toMs) - fromMs,
    }))
    .filter((one) => one.fromMs < one.toMs);
}
