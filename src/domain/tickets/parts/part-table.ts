/**
 * A part of a ticket: what another unit does of it (协办), or a level within a unit (内部转办). Modes:
 *
 *   assigned    已交办: with the unit; its time runs from here, signed for or not
 *   signedFor   已签收
 *   handling    办理中
 *   returned    已退回上级: the unit says it is not theirs; who gave it decides
 *   reported    已上报: the unit says it is done; who asked for it looks at it
 *   accepted    已认可: it goes into the reply of the level above
 *   withdrawn   已撤回: taken back, or its ticket ended
 */
export const PART_STATES = [
  'assigned',
  'signedFor',
  'handling',
  'returned',
  'reported',
  'accepted',
  'withdrawn',
] as const;
export type PartState = (typeof PART_STATES)[number];

/** It is in the hands of its unit. */
export const WORKED_ON = ['assigned', 'signedFor', 'handling'] as const satisfies readonly PartState[];

export const PART_STATE_NAMES: Readonly<Record<PartState, string>> = {
  assigned: '已交办',
  signedFor: '已签收',
  handling: '办理中',
  returned: '已退回上级',
  reported: '已上报',
  accepted: '已认可',
  withdrawn: '已撤回',
};

/**
 * `holder`: the part's own unit. `giver`: who gave it, of an assisting unit the hotline, within a unit the level above.
 * `assembler`: whose reply it goes into, of an assisting unit the lead unit (or the hotline in its place).
 */
export type PartSide = 'holder' | 'giver' | 'assembler';

/** A pair (move, from) occurs once. `words`: the move means nothing without them. */
const ROWS = [
  ['add', null, 'assigned', 'giver', 'required'],
  ['signFor', 'assigned', 'signedFor', 'holder', 'optional'],
  ['handle', 'signedFor', 'handling', 'holder', 'optional'],
  ['returnUp', 'assigned', 'returned', 'holder', 'required'],
  ['returnUp', 'signedFor', 'returned', 'holder', 'required'],
  ['grantReturn', 'returned', 'withdrawn', 'giver', 'required'],
  ['refuseReturn', 'returned', 'signedFor', 'giver', 'required'],
  ['report', 'signedFor', 'reported', 'holder', 'required'],
  ['report', 'handling', 'reported', 'holder', 'required'],
  ['accept', 'reported', 'accepted', 'assembler', 'optional'],
  ['sendBack', 'reported', 'handling', 'assembler', 'required'],
  // The ticket came back from its citizen or its reviewer, and with it what this unit did.
  ['reopen', 'accepted', 'handling', 'assembler', 'required'],
  ['withdraw', 'assigned', 'withdrawn', 'giver', 'required'],
  ['withdraw', 'signedFor', 'withdrawn', 'giver', 'required'],
  ['withdraw', 'handling', 'withdrawn', 'giver', 'required'],
  ['withdraw', 'reported', 'withdrawn', 'giver', 'required'],
] as const satisfies readonly (readonly [
  string,
  PartState | null,
  PartState,
  PartSide,
  'required' | 'optional',
])[];

export type PartMove = (typeof ROWS)[number][0];

export interface PartEdge {
  readonly move: PartMove;
  readonly from: PartState | null;
  readonly to: PartState;
  readonly side: PartSide;
  readonly words: 'required' | 'optional';
}

export const PART_EDGES: readonly PartEdge[] = ROWS.map(([move, from, to, side, words]) => ({
  move,
  from,
  to,
  side,
  words,
}));
export const PART_MOVES = [...new Set(ROWS.map(([move]) => move))].filter(
  (move): move is Exclude<PartMove, 'add'> => move !== 'add',
);

export const partEdge = (move: PartMove, from: PartState | null): PartEdge | null =>
  PART_EDGES.find((edge) => edge.move === move && edge.from === from) ?? null;

/** Somebody still owes something: to the part, or to the one above it. */
const OPEN: readonly PartState[] = ['assigned', 'signedFor', 'handling', 'returned', 'reported'];
export const isOpen = (state: PartState): boolean => OPEN.includes(state);

/** The unit itself owes its work: its time runs. */
const RUNS: readonly PartState[] = ['assigned', 'signedFor', 'handling', 'returned'];
export const timeRuns = (state: PartState): boolean => RUNS.includes(state);

/** The unit has it and says neither that it is done nor that it is not theirs. */
const WORKED: readonly PartState[] = ['assigned', 'signedFor', 'handling'];
export const isWorked = (state: PartState): boolean => WORKED.includes(state);

export function partDiagram(): string {
  const lines = PART_EDGES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  return ['stateDiagram-v2', ...lines, '  accepted --> [*]', '  withdrawn --> [*]', ''].join('\n');
}
