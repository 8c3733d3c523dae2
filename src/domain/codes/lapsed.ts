import type { CodeListId } from './code-list.ts';
import type { EditionState } from './edition.ts';

interface StandingEdition {
  readonly list: CodeListId;
  readonly number: number;
  readonly state: EditionState;
  readonly title: string;
  readonly validTo: string | null;
}

/**
 * Editions that hold although their paper has named a last day and it is over: nothing has taken their place, and nothing that
 * waits for its day will.
 */
export function lapsedEditions<E extends StandingEdition>(standing: readonly E[], day: string): readonly E[] {
  const waits = new Set(standing.filter(({ state }) => state === 'published').map(({ list }) => list));
  return standing.filter(
    ({ state, list, validTo }) =>
      state === 'inForce' && validTo !== null && validTo < day && !waits.has(list),
  );
}
