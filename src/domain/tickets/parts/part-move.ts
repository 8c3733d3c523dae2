import type { WorkingCalendar } from '../../deadlines/calendar.ts';
import { dueAfterWorkingMinutes, workingMsBetween } from '../../deadlines/due.ts';
import { returnRefusal } from '../returning.ts';
import type { Actor, Role } from '../ticket.ts';
import {
  aboveOf,
  descendantsOf,
  isWorkedOn,
  openChildren,
  type Part,
  type PartTree,
  unitAbove,
} from './part.ts';
import {
  isOpen,
  PART_EDGES,
  type PartEdge,
  type PartMove,
  type PartSide,
  type PartState,
  partEdge,
} from './part-table.ts';

export type PartRefusalCode =
  | 'part.moveImpossible'
  | 'part.moveForbidden'
  /** Invariant 9: who did the work does not judge it. */
  | 'part.ownUnit'
  | 'part.otherUnit'
  | 'part.wordsMissing'
  | 'part.childrenOpen'
  | 'part.returnedBefore'
  | 'part.returnTooLate'
  | 'part.ticketAtRest'
  | 'part.tooDeep'
  | 'part.beyondParent'
  | 'part.sameUnit'
  | 'part.unitAlready'
  | 'part.parentEnded'
  | 'part.notWithin'
  | 'part.assistUnder'
  | 'part.noUnit';

export interface PartRefusal {
  readonly refusal: PartRefusalCode;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Who gives work to other units and takes it back. */
const HOTLINE: readonly Role[] = ['dispatcher', 'adjudicator', 'operator', 'lead'];

export const refusedPart = (
  refusal: PartRefusalCode,
  data: Readonly<Record<string, unknown>> = {},
): PartRefusal => ({ refusal, data });

/** Why this actor may not stand on that side of a part, or null. */
export function partBarrier(
  side: PartSide,
  part: Pick<Part, 'kind' | 'unitCode'>,
  above: string | null,
  actor: Actor,
): PartRefusalCode | null {
  const isUnit = actor.roles.includes('unit') && actor.unitCode !== null;
  const isHotline = actor.unitCode === null && actor.roles.some((role) => HOTLINE.includes(role));
  const own = actor.unitCode === part.unitCode;
  if (side === 'holder') return isUnit && own ? null : isUnit ? 'part.otherUnit' : 'part.moveForbidden';
  if (actor.unitCode !== null && own) return 'part.ownUnit';
  const byHotline = part.kind === 'assist' && isHotline;
  const byUnit = isUnit && actor.unitCode === above && (part.kind === 'sub' || side === 'assembler');
  if (byHotline || byUnit) return null;
  return isUnit ? 'part.otherUnit' : 'part.moveForbidden';
}

/** The moves of a part that stand open to this actor now, for a screen that offers no others. */
export function openPartMoves(tree: PartTree, part: Part, actor: Actor): readonly OpenPartMove[] {
  return PART_EDGES.flatMap(({ move, from, side, words }) =>
    move !== 'add' && from === part.state && partBarrier(side, part, unitAbove(tree, part), actor) === null
      ? [{ move, words }]
      : [],
  );
}
export interface OpenPartMove {
  readonly move: Exclude<PartMove, 'add'>;
  readonly words: PartEdge['words'];
}

export interface MovedPart {
  readonly part: Part;
  readonly from: PartState;
  /** Under a part that is taken back nothing goes on. */
  readonly withdrawn: readonly Part[];
  readonly reply: string | null;
}

/** One move of one part. `words`: of a report what was done, else why. Pure; `now` in epoch milliseconds. */
export function decidePartMove(input: {
  readonly tree: PartTree;
  readonly part: Part;
  readonly move: Exclude<PartMove, 'add'>;
  readonly actor: Actor;
  readonly words: string;
  readonly now: number;
  readonly calendar: WorkingCalendar;
}): MovedPart | PartRefusal {
  const { tree, part, move, actor } = input;
  const edge = partEdge(move, part.state);
  if (edge === null) return refusedPart('part.moveImpossible', { move, state: part.state });
  const barrier = partBarrier(edge.side, part, unitAbove(tree, part), actor);
  if (barrier !== null) return refusedPart(barrier, { move });
  const words = input.words.trim();
  if (edge.words === 'required' && words === '') return refusedPart('part.wordsMissing', { move });
  const fault = faultOf(edge, input);
  if (fault !== null) return fault;
  const taken =
    edge.to === 'withdrawn' ? descendantsOf(tree, part.id).filter(({ state }) => isOpen(state)) : [];
  return {
    part: {
      ...part,
      state: edge.to,
      returned: part.returned || move === 'returnUp',
      // Opened again it has the time that the level above has now.
      dueAt: move === 'reopen' ? (aboveOf(tree, part.parentId).dueAt ?? part.dueAt) : part.dueAt,
      version: part.version + 1,
    },
    from: part.state,
    withdrawn: taken.map((one) => ({ ...one, state: 'withdrawn', version: one.version + 1 })),
    reply: move === 'report' ? words : null,
  };
}

function faultOf(
  edge: PartEdge,
  {
    tree,
    part,
    now,
    calendar,
  }: Pick<Parameters<typeof decidePartMove>[0], 'tree' | 'part' | 'now' | 'calendar'>,
): PartRefusal | null {
  switch (edge.move) {
    case 'report': {
      const open = openChildren(tree, part.id).map(({ number }) => number);
      return open.length === 0 ? null : refusedPart('part.childrenOpen', { open });
    }
    case 'returnUp': {
      const refusal = returnRefusal(
        { dispatchedAt: part.assignedAt, returnedBefore: part.returned },
        now,
        calendar,
      );
      if (refusal === null) return null;
      return refusal.code === 'ticket.returnedBefore'
        ? refusedPart('part.returnedBefore')
        : refusedPart('part.returnTooLate', refusal.data);
    }
    case 'reopen': {
      if (!isWorkedOn(tree)) return refusedPart('part.ticketAtRest', { state: tree.ticketState });
      // The ticket is another unit's by now: nobody there gave this.
      if (aboveOf(tree, part.parentId).unitCode !== unitAbove(tree, part)) {
        return refusedPart('part.parentEnded', { parent: tree.ticketNumber });
      }
      const parent = tree.parts.find(({ id }) => id === part.parentId);
      return parent === undefined || isOpen(parent.state)
        ? null
        : refusedPart('part.parentEnded', { parent: parent.number, state: parent.state });
    }
    default:
      return null;
  }
}

const WARN_AT_PERCENT = 80;

/** When somebody is told that the time runs out: at four fifths of the working time. */
export function warnAt(from: number, dueAt: number, calendar: WorkingCalendar): number {
  const workingMs = workingMsBetween(from, dueAt, calendar);
  if (workingMs === 0) return dueAt;
  return Math.min(
    dueAt,
    Math.round(dueAfterWorkingMinutes(from, (workingMs * WARN_AT_PERCENT) / 100 / 60_000, calendar)),
  );
}
