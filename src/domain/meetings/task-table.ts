import { edgeFor, type RoleEdge } from '../tickets/role-edges.ts';
import type { Actor } from '../tickets/ticket.ts';

/**
 * 会议任务: what one unit took away from the table, with its time. Modes:
 *
 *   open       办理中: its unit works on it; past its time it is supervised
 *   reported   已报结: the unit says that it is done
 *   done       已办结: the hotline has seen that it is
 *   cancelled  已撤销
 */
export const TASK_STATES = ['open', 'reported', 'done', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

interface TaskEdge extends RoleEdge<TaskState> {
  readonly side: 'unit' | 'hotline';
}

const OVERSEERS = ['supervisor', 'lead'] as const;
const UNIT = ['unit'] as const;

/** A pair (move, from) occurs once; every move has its words. */
export const TASK_MOVES = [
  { move: 'report', from: 'open', to: 'reported', by: UNIT, side: 'unit' },
  { move: 'accept', from: 'reported', to: 'done', by: OVERSEERS, side: 'hotline' },
  // Its time runs on as it ran.
  { move: 'sendBack', from: 'reported', to: 'open', by: OVERSEERS, side: 'hotline' },
  { move: 'cancel', from: 'open', to: 'cancelled', by: OVERSEERS, side: 'hotline' },
  { move: 'cancel', from: 'reported', to: 'cancelled', by: OVERSEERS, side: 'hotline' },
] as const satisfies readonly TaskEdge[];
export type TaskMove = (typeof TASK_MOVES)[number]['move'];
export const TASK_STEPS = ['report', 'accept', 'sendBack', 'cancel'] as const satisfies readonly TaskMove[];

export type TaskRefusal =
  | 'meetingTask.moveImpossible'
  | 'meetingTask.moveForbidden'
  | 'meetingTask.ownUnit'
  | 'meetingTask.otherUnit'
  | 'meetingTask.wordsMissing';

/** Invariant 9 holds here as well: a unit reports what it did, and never says itself that it is enough. */
export function decideTask(input: {
  readonly move: TaskMove;
  readonly from: TaskState;
  readonly unitCode: string;
  readonly actor: Actor;
  readonly words: string;
}): { readonly to: TaskState } | { readonly refusal: TaskRefusal } {
  const { unitCode, actor } = input;
  const edge = edgeFor<TaskEdge>(TASK_MOVES, input);
  if (typeof edge === 'string') return { refusal: `meetingTask.${edge}` };
  // Nobody of any unit judges another's work for the hotline.
  if (edge.side === 'hotline' && actor.unitCode !== null) return { refusal: 'meetingTask.ownUnit' };
  if (edge.side === 'unit' && actor.unitCode !== unitCode) return { refusal: 'meetingTask.otherUnit' };
  return input.words.trim() === '' ? { refusal: 'meetingTask.wordsMissing' } : { to: edge.to };
}

export function taskDiagram(): string {
  const lines = TASK_MOVES.map(({ move, from, to }) => `  ${from} --> ${to}: ${move}`);
  return [
    'stateDiagram-v2',
    '  [*] --> open: confirm',
    ...lines,
    '  done --> [*]',
    '  cancelled --> [*]',
    '',
  ].join('\n');
}
