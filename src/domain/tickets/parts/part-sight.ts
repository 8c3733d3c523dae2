import type { Actor } from '../ticket.ts';
import { aboveOf, type Part, type PartTree } from './part.ts';

/**
 * What somebody sees of a part (N30: above one sees that it goes on, and nothing personal that one does not need):
 *
 *   words      its task, its reply, what was said about it: whose it is, and who gave it
 *   progress   unit, state and time: those further up
 *   none       another unit's inner affairs
 */
export type PartSight = 'words' | 'progress' | 'none';

export function partSight(tree: PartTree, part: Part, actor: Pick<Actor, 'unitCode'>): PartSight {
  // The hotline gave an assisting unit its part; what goes on within a unit it sees from afar.
  if (actor.unitCode === null) return part.kind === 'assist' ? 'words' : 'progress';
  if (actor.unitCode === part.unitCode) return 'words';
  if (actor.unitCode === aboveOf(tree, part.parentId).unitCode) return 'words';
  return unitsAbove(tree, part).includes(actor.unitCode) ? 'progress' : 'none';
}

/** Up to the unit that the work lies within; the lead unit is not above what lies within an assisting one. */
function unitsAbove(tree: PartTree, part: Part): readonly (string | null)[] {
  if (part.kind === 'assist') return [];
  const parent = tree.parts.find(({ id }) => id === part.parentId);
  return parent === undefined ? [tree.leadUnit] : [parent.unitCode, ...unitsAbove(tree, parent)];
}
