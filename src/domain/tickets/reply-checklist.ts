import type { TicketMove, TicketState } from './transitions.ts';

/** 答复审核 (H18): what a reply is held against before it reaches the citizen. Kept with the review, on the time line. */
export const REVIEW_POINTS = ['answersEach', 'contactMade', 'evidence', 'tone'] as const;
export type ReviewPoint = (typeof REVIEW_POINTS)[number];
export const REVIEW_POINT_NAMES: Readonly<Record<ReviewPoint, string>> = {
  answersEach: '逐项答复诉求',
  contactMade: '已联系诉求人',
  evidence: '办理依据充分',
  tone: '用语得当',
};

/** `notApplicable`: nobody can be contacted who left no number; a word of thanks needs no evidence. */
export const REVIEW_FINDINGS = ['met', 'unmet', 'notApplicable'] as const;
export type ReviewFinding = (typeof REVIEW_FINDINGS)[number];

export type ReplyChecklist = Readonly<
  Record<ReviewPoint, { readonly finding: ReviewFinding; readonly mark?: string }>
>;

/** What each reply can be held against, whoever it is for. */
const ALWAYS: readonly ReviewPoint[] = ['answersEach', 'tone'];

/** The ways out of the review: on to the citizen, or back to the unit. */
const ON: readonly TicketMove[] = ['visit', 'closeUnvisited'];
const BACK: readonly TicketMove[] = ['refuseReply'];

export const takesChecklist = (move: TicketMove): boolean => [...ON, ...BACK].includes(move);
/** Where a reply lies that nobody has let go yet: it leaves with the list filled in, whether a review was begun before or not. */
const UNRELEASED: readonly TicketState[] = ['reportedDone', 'replyReview'];
export const needsChecklist = (move: TicketMove, from: TicketState): boolean =>
  UNRELEASED.includes(from) && takesChecklist(move);

export type ChecklistFault =
  | { readonly code: 'reply.checklistMissing'; readonly points: readonly ReviewPoint[] }
  /** On its way to the citizen with something unmet, or a point passed over that holds for every reply. */
  | { readonly code: 'reply.pointsUnmet'; readonly points: readonly ReviewPoint[] }
  /** Sent back: what is unmet is marked, so that the unit knows what to mend. */
  | { readonly code: 'reply.marksMissing'; readonly points: readonly ReviewPoint[] };

/** Why a reply does not leave its review so, or null. */
export function checklistFault(
  move: TicketMove,
  from: TicketState,
  list: ReplyChecklist | undefined,
): ChecklistFault | null {
  if (list === undefined) {
    return needsChecklist(move, from) ? { code: 'reply.checklistMissing', points: REVIEW_POINTS } : null;
  }
  const passedOver = ALWAYS.filter((point) => list[point].finding === 'notApplicable');
  const unmet = REVIEW_POINTS.filter((point) => list[point].finding === 'unmet');
  if (ON.includes(move)) {
    const points = [...unmet, ...passedOver];
    return points.length === 0 ? null : { code: 'reply.pointsUnmet', points };
  }
  const unmarked = unmet.filter((point) => (list[point].mark ?? '').trim() === '');
  if (unmet.length === 0) return { code: 'reply.marksMissing', points: REVIEW_POINTS };
  return unmarked.length === 0 ? null : { code: 'reply.marksMissing', points: unmarked };
}
