import type { Actor } from '../tickets/ticket.ts';
import {
  ASKED_MOVES,
  type AskedMove,
  type VersionMove,
  type VersionState,
  versionEdgeOf,
} from './version-table.ts';

/** Who had a part in a version: its words, its submission, its publication. null: the program, or nobody yet. */
export interface Hands {
  readonly authorId: string | null;
  readonly submittedBy: string | null;
  readonly publishedBy: string | null;
}

export type VersionRefusal =
  | 'knowledge.moveImpossible'
  | 'knowledge.moveForbidden'
  | 'knowledge.otherUnit'
  | 'knowledge.ownWords'
  | 'knowledge.reasonMissing';

/**
 * Whether somebody may move a version. Nobody judges what he had a part in (J2), and a unit neither approves nor
 * publishes (invariant 9), whatever roles its people have beside.
 */
export function decideVersionMove(input: {
  readonly move: VersionMove;
  readonly from: VersionState | null;
  readonly ownerUnit: string;
  readonly hands: Hands;
  readonly actor: Actor;
  readonly reason: string;
}): { readonly to: VersionState } | { readonly refusal: VersionRefusal } {
  const { move, from, ownerUnit, hands, actor } = input;
  const edge = versionEdgeOf(move, from);
  if (edge === null) return { refusal: 'knowledge.moveImpossible' };
  // Whoever belongs to a unit acts for the unit and by no other role; who belongs to none cannot act for one.
  const roles = actor.roles.filter((role) => (role === 'unit') === (actor.unitCode !== null));
  if (!roles.some((role) => edge.by.includes(role))) return { refusal: 'knowledge.moveForbidden' };
  if (actor.unitCode !== null && actor.unitCode !== ownerUnit) return { refusal: 'knowledge.otherUnit' };
  if (edge.who === 'another' && hasHand(hands, actor.accountId)) return { refusal: 'knowledge.ownWords' };
  if (edge.reason === 'required' && input.reason.trim() === '') return { refusal: 'knowledge.reasonMissing' };
  return { to: edge.to };
}

export interface OpenVersionMove {
  readonly move: AskedMove;
  readonly to: VersionState;
  readonly reason: 'required' | 'optional';
  /** Open to his role, and for another person to do: he had a part in it. */
  readonly byAnother: boolean;
}

/** What an account may do with a version as it is, in the order of the table of moves. */
export function openVersionMoves(version: {
  readonly from: VersionState;
  readonly ownerUnit: string;
  readonly hands: Hands;
  readonly actor: Actor;
}): readonly OpenVersionMove[] {
  return ASKED_MOVES.flatMap((move) => {
    const edge = versionEdgeOf(move, version.from);
    if (edge === null) return [];
    // What he would say is asked for with the move itself.
    const decided = decideVersionMove({ ...version, move, reason: 'said' });
    const byAnother = 'refusal' in decided && decided.refusal === 'knowledge.ownWords';
    if ('refusal' in decided && !byAnother) return [];
    return [{ move, to: edge.to, reason: edge.reason, byAnother }];
  });
}

const hasHand = ({ authorId, submittedBy, publishedBy }: Hands, accountId: string | null): boolean =>
  accountId !== null && [authorId, submittedBy, publishedBy].includes(accountId);

const NOBODY: Hands = { authorId: null, submittedBy: null, publishedBy: null };

/** Why somebody may write nothing for this unit, neither its entries nor its experts; null: he may. */
export function refusedToWrite(ownerUnit: string, actor: Actor): VersionRefusal | null {
  const decided = decideVersionMove({
    move: 'write',
    from: null,
    ownerUnit,
    hands: NOBODY,
    actor,
    reason: '',
  });
  return 'refusal' in decided ? decided.refusal : null;
}
