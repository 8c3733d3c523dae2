import type { TicketState } from '../transitions.ts';
import { isOpen, type PartState } from './part-table.ts';

/** `assist`: another unit beside the lead (协办); `sub`: a level within the unit above (内部转办). */
export const PART_KINDS = ['assist', 'sub'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** Levels within a unit below it: more, and nobody at the top knows who works. */
export const LEVELS_AT_MOST = 4;

export interface Part {
  readonly id: string;
  readonly number: string;
  /** null: directly of the ticket. */
  readonly parentId: string | null;
  readonly kind: PartKind;
  /** 0 an assisting unit itself, 1 to 4 within a unit. */
  readonly level: number;
  readonly unitCode: string;
  /** The unit within which it was given; null: the hotline gave it to an assisting unit. */
  readonly givenBy: string | null;
  readonly state: PartState;
  readonly assignedAt: number;
  readonly dueAt: number;
  readonly returned: boolean;
  readonly version: number;
}

/** A ticket with all its parts, as a move of one of them needs it. */
export interface PartTree {
  readonly ticketNumber: string;
  readonly ticketState: TicketState;
  readonly leadUnit: string | null;
  /** When the lead unit's own time is over. */
  readonly unitDueAt: number | null;
  readonly parts: readonly Part[];
}

/** While a unit works on the ticket more units can be added, and work be given on within them. */
const WORKED: readonly TicketState[] = ['dispatched', 'signedFor', 'inContact', 'handling', 'longTerm'];
export const isWorkedOn = ({ ticketState }: PartTree): boolean => WORKED.includes(ticketState);

export const childrenOf = ({ parts }: PartTree, id: string | null): readonly Part[] =>
  parts.filter(({ parentId }) => parentId === id);

export const openChildren = (tree: PartTree, id: string): readonly Part[] =>
  childrenOf(tree, id).filter(({ state }) => isOpen(state));

/** This unit has a piece of the ticket in hand, or explains what it reported; what it gave back is not its own. */
export const hasPart = ({ parts }: PartTree, unitCode: string): boolean =>
  parts.some((part) => part.unitCode === unitCode && isOpen(part.state) && part.state !== 'returned');

/** All that lies under a part. */
export function descendantsOf(tree: PartTree, id: string): readonly Part[] {
  return childrenOf(tree, id).flatMap((child) => [child, ...descendantsOf(tree, child.id)]);
}

/** Whose reply it goes into. Another lead does not inherit what the one before gave to its own people. */
export function unitAbove(tree: PartTree, part: Pick<Part, 'kind' | 'givenBy'>): string | null {
  return part.kind === 'assist' ? tree.leadUnit : part.givenBy;
}

/** Whose work this part is a piece of: the part above, or the ticket. */
export function aboveOf(
  tree: PartTree,
  parentId: string | null,
): { readonly unitCode: string | null; readonly dueAt: number | null; readonly level: number } {
  const parent = tree.parts.find(({ id }) => id === parentId);
  return parent ?? { unitCode: tree.leadUnit, dueAt: tree.unitDueAt, level: 0 };
}
