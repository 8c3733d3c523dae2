import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type MeetingSummary = AnswerOf<paths['/v1/meetings']['get']>['meetings'][number];
export type Meeting = AnswerOf<paths['/v1/meetings/{id}']['get']>;
export type MinutesBody = BodyOf<paths['/v1/meetings']['post']>;
export type Task = AnswerOf<paths['/v1/meeting-tasks']['get']>['tasks'][number];
export type TaskMove = BodyOf<paths['/v1/meeting-tasks/{id}/moves']['post']>['move'];

export const MEETING_STATES = [
  'draft',
  'confirmed',
  'cancelled',
] as const satisfies readonly Meeting['state'][];
export const TASK_STATES = [
  'open',
  'reported',
  'done',
  'cancelled',
] as const satisfies readonly Task['state'][];
export const WRITERS = ['supervisor', 'adjudicator', 'lead', 'operator'] as const;
export const OVERSEERS = ['supervisor', 'lead'] as const;
/** Who is told of every task; a unit of its own. */
export const TASK_READERS = [...WRITERS, 'leader', 'unit'] as const;
