import { movesOpen, type OpenMove } from '../../moves/open-moves.ts';

/** What another person says of entries that somebody has brought in to be told at once. */
export const IMPORT_DECISIONS = ['approve', 'reject'] as const;
export type ImportDecision = (typeof IMPORT_DECISIONS)[number];

type ImportRefusal = 'import.notWaiting' | 'import.ownWork';

/** null: he may. */
export function importDecisionRefusal(
  sent: { readonly state: string; readonly byId: string },
  actorId: string,
): ImportRefusal | null {
  if (sent.state !== 'waiting') return 'import.notWaiting';
  return sent.byId === actorId ? 'import.ownWork' : null;
}

export const openImportDecisions = (
  sent: { readonly state: string; readonly byId: string },
  actorId: string,
): readonly OpenMove<ImportDecision>[] =>
  movesOpen<ImportDecision, ImportRefusal>(
    IMPORT_DECISIONS,
    () => importDecisionRefusal(sent, actorId),
    'import.ownWork',
  );
