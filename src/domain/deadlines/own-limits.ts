import type { Limit } from './presets.ts';

/**
 * Limits of what the hotline itself asks of a unit, where no county says otherwise: no citizen waits for it, so that the
 * limits of appeals do not fit. A doubt is answered within a working day (J10), and so is what was published at once.
 */
export const OWN_LIMITS: readonly { readonly category: string; readonly limit: Limit }[] = [
  { category: 'knowledge.doubt', limit: { unit: 'workingDays', amount: 1 } },
  { category: 'knowledge.review', limit: { unit: 'workingDays', amount: 1 } },
  { category: 'knowledge.remind', limit: { unit: 'workingDays', amount: 5 } },
  { category: 'knowledge.expired', limit: { unit: 'workingDays', amount: 3 } },
  { category: 'knowledge.weekly', limit: { unit: 'workingDays', amount: 5 } },
  { category: 'knowledge.places', limit: { unit: 'workingDays', amount: 10 } },
];
