import { AppError } from '../errors.ts';
import type { OpeningFacts } from '../ports/tickets.ts';

/** By what an appeal is sorted. */
export interface Classification {
  readonly type: string | null;
  readonly categoryCode: string | null;
  readonly subtypeCode: string | null;
  readonly tags: readonly string[];
}

export const TAGS_MOST = 10;

/**
 * Today's lists must know it. Refuses with `ticket.categoryUnknown`, `ticket.categoryEnded` (with what it became),
 * `ticket.subtypeUnknown`, `ticket.tagUnknown`.
 */
export function refuseUnknownClass(
  facts: Pick<OpeningFacts, 'categoryKnown' | 'categoryNow' | 'subtypeKnown' | 'unknownTags'>,
  { type, categoryCode, subtypeCode }: Classification,
): void {
  if (!facts.categoryKnown) {
    const data = { category: categoryCode };
    if (facts.categoryNow.length === 0) throw new AppError('ticket.categoryUnknown', data);
    throw new AppError('ticket.categoryEnded', { ...data, now: facts.categoryNow });
  }
  if (!facts.subtypeKnown) throw new AppError('ticket.subtypeUnknown', { subtype: subtypeCode, type });
  if (facts.unknownTags.length > 0) throw new AppError('ticket.tagUnknown', { tags: facts.unknownTags });
}
