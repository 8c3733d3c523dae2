import type { IntakeBook } from '../ports/intake.ts';

/** Longer than a channel takes any for new: it is refused as stale by then. */
const KEPT_MS = 3_600_000;

/** Proofs that are good for nothing any more need not be known as spent. Returns how many went. */
export function forgetProofs(deps: {
  readonly intake: Pick<IntakeBook, 'forgetProofs'>;
  readonly now: () => number;
}) {
  return (): Promise<number> => deps.intake.forgetProofs(deps.now() - KEPT_MS);
}
