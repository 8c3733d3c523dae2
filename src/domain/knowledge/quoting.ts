import { type Dated, standingOf } from './standing.ts';

export type QuoteRefusal =
  | 'knowledge.expired'
  | 'knowledge.withdrawn'
  | 'knowledge.replaced'
  | 'knowledge.notYetValid'
  | 'knowledge.unpublished';

/**
 * Why a version may not be told to a citizen; null: it may. One that was replaced while the agent had it before him was
 * told as it stood, and that is on record; what is over or withdrawn is refused in any case.
 */
export function quoteRefusal(
  version: Dated & { readonly number: number; readonly since: number; readonly currentNumber: number | null },
  { day, since }: { readonly day: string; readonly since: number },
): QuoteRefusal | null {
  const standing = standingOf(version, day);
  switch (standing) {
    case 'stands': {
      const { currentNumber, number } = version;
      return currentNumber !== null && currentNumber > number ? 'knowledge.replaced' : null;
    }
    case 'replaced':
      return version.since >= since && (version.validTo === null || version.validTo >= day)
        ? null
        : 'knowledge.replaced';
    case 'notYet':
      return 'knowledge.notYetValid';
    case 'expired':
    case 'withdrawn':
    case 'unpublished':
      return `knowledge.${standing}`;
    default:
      return standing satisfies never;
  }
}

/** Why words are written to nobody any more. */
export type Unwritable = 'expired' | 'withdrawn';

/**
 * Asked when a message is about to leave, of the words that it was made of on the telephone. What was replaced since is written
 * as it was told, unless its own days are over; what is over or withdrawn is not.
 */
export function unwritable({ state, validTo }: Dated, day: string): Unwritable | null {
  if (state === 'withdrawn') return 'withdrawn';
  return state === 'expired' || (validTo !== null && validTo < day) ? 'expired' : null;
}
