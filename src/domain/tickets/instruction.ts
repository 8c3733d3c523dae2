import { edgeFor, type RoleEdge } from './role-edges.ts';
import type { Actor } from './ticket.ts';

/**
 * 批示 (H22): what a leader has written about a matter, with a time of its own. Modes:
 *
 *   given     已批示: the text stands, and is on its way to who must act
 *   underWay  办理中: somebody has taken it up
 *   reported  已反馈: what was done is written back to the leader
 *   closed    已办结: the leader, or who speaks for him, is satisfied
 */
export const INSTRUCTION_STATES = ['given', 'underWay', 'reported', 'closed'] as const;
export type InstructionState = (typeof INSTRUCTION_STATES)[number];

/** `upper`: from above this hotline's own government; it supervises the unit at once. */
export const INSTRUCTION_LEVELS = ['own', 'upper'] as const;
export type InstructionLevel = (typeof INSTRUCTION_LEVELS)[number];

type InstructionEdge = RoleEdge<InstructionState>;
const OVERSEERS = ['supervisor', 'lead'] as const;
/** The leader himself, or who speaks for him. */
const INSTRUCTORS = ['leader', ...OVERSEERS] as const;

export const INSTRUCTION_MOVES = [
  { move: 'give', from: null, to: 'given', by: INSTRUCTORS },
  { move: 'takeUp', from: 'given', to: 'underWay', by: OVERSEERS },
  { move: 'report', from: 'given', to: 'reported', by: OVERSEERS },
  { move: 'report', from: 'underWay', to: 'reported', by: OVERSEERS },
  { move: 'sendBack', from: 'reported', to: 'underWay', by: INSTRUCTORS },
  { move: 'close', from: 'reported', to: 'closed', by: INSTRUCTORS },
] as const satisfies readonly InstructionEdge[];
export type InstructionMove = (typeof INSTRUCTION_MOVES)[number]['move'];

export type InstructionRefusal =
  | 'instruction.moveImpossible'
  | 'instruction.moveForbidden'
  /** A unit speaks through its orders; an instruction is the hotline's. */
  | 'instruction.ownUnit'
  | 'instruction.wordsMissing';

export function decideInstruction(input: {
  readonly move: InstructionMove;
  readonly from: InstructionState | null;
  readonly actor: Actor;
  readonly words: string;
}): { readonly to: InstructionState } | { readonly refusal: InstructionRefusal } {
  const edge = edgeFor<InstructionEdge>(INSTRUCTION_MOVES, input);
  if (typeof edge === 'string') return { refusal: `instruction.${edge}` };
  const { actor } = input;
  if (actor.unitCode !== null) return { refusal: 'instruction.ownUnit' };
  if (input.words.trim() === '') return { refusal: 'instruction.wordsMissing' };
  return { to: edge.to };
}

export function instructionDiagram(): string {
  const lines = INSTRUCTION_MOVES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  return ['stateDiagram-v2', ...lines, '  closed --> [*]', ''].join('\n');
}
