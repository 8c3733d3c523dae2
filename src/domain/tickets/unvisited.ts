/** How often a citizen was tried since his ticket went to its visit, as `callbacks/visit-attempts.ts` counts it. */
export interface VisitTries {
  readonly tries: number;
  readonly days: number;
  readonly dayParts: number;
  /** Of what may be asked of the hotline before it gives up (G2). */
  readonly enough: boolean;
}

const NEVER: VisitTries = { tries: 0, days: 0, dayParts: 0, enough: false };

/**
 * Whether a ticket may be closed although nobody asked its citizen; by whichever way that is wanted. Who left no number
 * cannot be asked; everybody else is tried first.
 */
export function unvisitedRefusal(
  citizenNumber: string,
  tried: VisitTries = NEVER,
): { readonly code: 'visit.tooFewAttempts'; readonly data: Readonly<Record<string, unknown>> } | null {
  return citizenNumber === '' || tried.enough ? null : { code: 'visit.tooFewAttempts', data: { ...tried } };
}
