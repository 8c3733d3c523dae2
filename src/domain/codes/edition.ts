import { movesOpen, type OpenMove } from '../moves/open-moves.ts';

/**
 * One edition of a code list. Modes:
 *
 *   draft      草稿: being edited, in as many sittings as it takes
 *   published  已发布: begins at the first instant of its day
 *   inForce    现行: what is written from now on bears its codes
 *   ended      已被取代: what was written under it keeps its codes
 *   withdrawn  撤回: before its day
 *   discarded  作废: a draft that came to nothing
 */
export const EDITION_STATES = ['draft', 'published', 'inForce', 'ended', 'withdrawn', 'discarded'] as const;
export type EditionState = (typeof EDITION_STATES)[number];

interface EditionEdge {
  readonly move: string;
  readonly from: EditionState | null;
  readonly to: EditionState;
  /** `second`: by nobody who had a hand in it. `system`: as its day comes. */
  readonly by: 'any' | 'second' | 'system';
}

/** A pair (move, from) occurs once. */
export const EDITION_EDGES = [
  { move: 'draft', from: null, to: 'draft', by: 'any' },
  { move: 'edit', from: 'draft', to: 'draft', by: 'any' },
  { move: 'discard', from: 'draft', to: 'discarded', by: 'any' },
  // Every figure and every dispatch hangs on it: two people have seen it.
  { move: 'publish', from: 'draft', to: 'published', by: 'second' },
  // What was in force before was seen by two people already; a list that does harm is not left standing for want of one.
  { move: 'restore', from: null, to: 'published', by: 'any' },
  { move: 'withdraw', from: 'published', to: 'withdrawn', by: 'any' },
  { move: 'begin', from: 'published', to: 'inForce', by: 'system' },
  { move: 'giveWay', from: 'inForce', to: 'ended', by: 'system' },
] as const satisfies readonly EditionEdge[];
export type EditionMove = (typeof EDITION_EDGES)[number]['move'];

export type EditionRefusal = 'codes.moveImpossible' | 'codes.ownWork';

export function decideEditionMove(
  move: EditionMove,
  edition: { readonly state: EditionState; readonly editors: readonly string[] } | null,
  /** null: the program itself. */
  actorId: string | null,
): { readonly to: EditionState } | { readonly refusal: EditionRefusal } {
  const from = edition?.state ?? null;
  const edge: EditionEdge | undefined = EDITION_EDGES.find((one) => one.move === move && one.from === from);
  if (edge === undefined || (edge.by === 'system' && actorId !== null)) {
    return { refusal: 'codes.moveImpossible' };
  }
  const ownWork = edge.by === 'second' && actorId !== null && (edition?.editors.includes(actorId) ?? false);
  return ownWork ? { refusal: 'codes.ownWork' } : { to: edge.to };
}

/** What is decided of a draft, or of what waits for its day. */
export const EDITION_DECISIONS = ['publish', 'discard', 'withdraw'] as const satisfies readonly EditionMove[];
export type EditionDecision = (typeof EDITION_DECISIONS)[number];

/** What somebody may decide of an edition as it is, if his role may: publishing his own work is another's. */
export function openEditionDecisions(
  edition: { readonly state: EditionState; readonly editors: readonly string[] },
  actorId: string,
): readonly OpenMove<EditionDecision>[] {
  return movesOpen<EditionDecision, EditionRefusal>(
    EDITION_DECISIONS,
    (move) => {
      const decided = decideEditionMove(move, edition, actorId);
      return 'refusal' in decided ? decided.refusal : null;
    },
    'codes.ownWork',
  );
}

export function editionDiagram(): string {
  const lines = EDITION_EDGES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  const ends = ['ended', 'withdrawn', 'discarded'].map((state) => `  ${state} --> [*]`);
  return ['stateDiagram-v2', ...lines, ...ends, ''].join('\n');
}
