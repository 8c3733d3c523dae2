import type { TicketState } from './transitions.ts';

// 一事一评 (G5, L3): the citizen's own rating of his matter, on the visit's scale, once for each time that it was reported done.

/** Once the hotline has let the reply go to him, and while it looks at what he said; what is in the archive is over. */
const RATEABLE: readonly TicketState[] = ['returnVisit', 'disputed', 'closed'];
export const isRateable = (state: TicketState): boolean => RATEABLE.includes(state);

/** Who pressed the wrong star says so within a week, and not again and again. */
export const CORRECTABLE_MS = 7 * 86_400_000;
export const CORRECTIONS_AT_MOST = 3;

/** As `callbacks/visit-answers.ts` has them: the visit's three questions. */
export interface RatedAnswers {
  readonly resolved: boolean;
  readonly result: number;
  readonly process: number;
  readonly words: string;
}

export interface GivenRating {
  readonly id: string;
  /** Epoch milliseconds; of the first word. */
  readonly at: number;
  readonly corrections: number;
  readonly answers: RatedAnswers;
}

/** Until when it can be corrected, epoch milliseconds; null: no more. */
export function correctableUntil({ at, corrections }: GivenRating, now: number): number | null {
  const until = at + CORRECTABLE_MS;
  return corrections < CORRECTIONS_AT_MOST && now <= until ? until : null;
}

export type OwnRatingRefusal = 'ticketRating.notYet' | 'ticketRating.over' | 'ticketRating.correctedEnough';

export type OwnRating =
  | { readonly kind: 'first' }
  | { readonly kind: 'correction'; readonly id: string; readonly nth: number }
  /** Sent twice: it stands there already. */
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly refusal: OwnRatingRefusal };

export function decideOwnRating(
  { state, given }: { readonly state: TicketState; readonly given: GivenRating | null },
  answers: RatedAnswers,
  now: number,
): OwnRating {
  if (!isRateable(state)) {
    return { kind: 'refused', refusal: state === 'archived' ? 'ticketRating.over' : 'ticketRating.notYet' };
  }
  if (given === null) return { kind: 'first' };
  if (isSame(given.answers, answers)) return { kind: 'same' };
  if (correctableUntil(given, now) === null) {
    return { kind: 'refused', refusal: 'ticketRating.correctedEnough' };
  }
  return { kind: 'correction', id: given.id, nth: given.corrections + 1 };
}

const isSame = (one: RatedAnswers, other: RatedAnswers): boolean =>
  one.resolved === other.resolved &&
  one.result === other.result &&
  one.process === other.process &&
  one.words === other.words;
