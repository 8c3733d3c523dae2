import type { Actor } from '../ticket.ts';
import { type Part, type PartTree, unitAbove } from './part.ts';

/**
 * What somebody sees of a part (N30: above one sees that it goes on, and nothing personal that one does not need):
 *
 *   words      its task, its reply, what was said about it: whose it is, and who gave it
 *   progress   unit, state and time: those further up
 *   none       what lies beside: another unit's part
 */
export type PartSight = 'words' | 'progress' | 'none';

export function partSight(tree: PartTree, part: Part, actor: Pick<Actor, 'unitCode'>): PartSight {
  // The hotline gave an assisting unit its part; what goes on within a unit it sees from afar.
  if (actor.unitCode === null) return part.kind === 'assist' ? 'words' : 'progress';
  if (actor.unitCode === part.unitCode) return 'words';
  if (actor.unitCode === unitAbove(tree, part)) return 'words';
  return unitsAbove(tree, part).includes(actor.unitCode) ? 'progress' : 'none';
}

/** Up to the lead unit, which answers for the whole ticket. */
function unitsAbove(tree: PartTree, part: Part): readonly (string | null)[] {
  const parent = tree.parts.find(({ id }) => id === part.parentId);
  return parent === undefined ? [tree.leadUnit] : [parent.unitCode, ...unitsAbove(tree, parent)];
}
