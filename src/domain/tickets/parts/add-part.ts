import type { WorkingCalendar } from '../../deadlines/calendar.ts';
import { dueAfterWorkingDays } from '../../deadlines/due.ts';
import type { Actor } from '../ticket.ts';
import {
  aboveOf,
  childrenOf,
  isWorkedOn,
  LEVELS_AT_MOST,
  type Part,
  type PartKind,
  type PartTree,
} from './part.ts';
import { type PartRefusal, partBarrier, refusedPart } from './part-move.ts';
import { isOpen, isWorked } from './part-table.ts';

/**
 * Gives a piece of a ticket to another unit (加派), or to a level within a unit. It has the time of the level above
 * when none is named, and never more: who is above must have what comes from below before its own time is over.
 */
export function decideAddPart(input: {
  readonly tree: PartTree;
  readonly kind: PartKind;
  readonly parentId: string | null;
  readonly unitCode: string;
  /** The unit that this one belongs to; null for one of its own. */
  readonly within: string | null;
  readonly task: string;
  /** null: as long as the level above has. */
  readonly workingDays: number | null;
  readonly actor: Actor;
  readonly now: number;
  readonly id: string;
  readonly calendar: WorkingCalendar;
}): { readonly part: Part } | PartRefusal {
  const { tree, kind, parentId, unitCode, actor, now } = input;
  const above = aboveOf(tree, parentId);
  const barrier = partBarrier('giver', { kind, unitCode }, above.unitCode, actor);
  // That a unit gives itself a piece of its own work is no matter of judging: it is told below what is wrong.
  if (barrier !== null && barrier !== 'part.ownUnit') return refusedPart(barrier, { move: 'add' });
  if (input.task.trim() === '') return refusedPart('part.wordsMissing', { move: 'add' });
  if (above.unitCode === null || above.dueAt === null)
    return refusedPart('part.noUnit', { state: tree.ticketState });
  const place = placeFault(input);
  if (place !== null) return place;
  const level = kind === 'assist' ? 0 : above.level + 1;
  if (level > LEVELS_AT_MOST) return refusedPart('part.tooDeep', { levels: LEVELS_AT_MOST });
  const wanted =
    input.workingDays === null
      ? above.dueAt
      : dueAfterWorkingDays(now, input.workingDays, input.calendar).dueAt;
  if (wanted > above.dueAt) {
    return refusedPart('part.beyondParent', { parentDueAt: new Date(above.dueAt).toISOString() });
  }
  const parent = tree.parts.find(({ id }) => id === parentId);
  const index = String(childrenOf(tree, parentId).length + 1).padStart(2, '0');
  return {
    part: {
      id: input.id,
      number: `${parent?.number ?? tree.ticketNumber}-${index}`,
      parentId,
      kind,
      level,
      unitCode,
      givenBy: kind === 'assist' ? null : above.unitCode,
      state: 'assigned',
      assignedAt: now,
      dueAt: wanted,
      returned: false,
      version: 1,
    },
  };
}

function placeFault({
  tree,
  kind,
  parentId,
  unitCode,
  within,
}: Pick<
  Parameters<typeof decideAddPart>[0],
  'tree' | 'kind' | 'parentId' | 'unitCode' | 'within'
>): PartRefusal | null {
  if (!isWorkedOn(tree)) return refusedPart('part.ticketAtRest', { state: tree.ticketState });
  if (kind === 'assist' && parentId !== null) return refusedPart('part.assistUnder', { parentId });
  const parent = tree.parts.find(({ id }) => id === parentId);
  if (parent !== undefined && !isWorked(parent.state)) {
    return refusedPart('part.parentEnded', { parent: parent.number, state: parent.state });
  }
  const above = aboveOf(tree, parentId).unitCode;
  if (unitCode === above || unitCode === tree.leadUnit) return refusedPart('part.sameUnit', { unitCode });
  if (kind === 'sub' && within !== above) return refusedPart('part.notWithin', { unitCode, within, above });
  // One part to a unit at a time: two of them would each wait for the other to answer.
  const standing = tree.parts.find((one) => one.unitCode === unitCode && isOpen(one.state));
  return standing === undefined ? null : refusedPart('part.unitAlready', { part: standing.number });
}
