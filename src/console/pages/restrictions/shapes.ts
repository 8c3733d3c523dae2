import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Measure = AnswerOf<paths['/v1/restrictions']['get']>['restrictions'][number];
export type MeasureDetail = AnswerOf<paths['/v1/restrictions/{id}']['get']>;
export type Appeal = AnswerOf<paths['/v1/appeals']['get']>['appeals'][number];
export type Step = Measure['step'];
export type MeasureMove = 'approve' | 'reject' | 'withdraw' | 'lift';
export type Verdict = BodyOf<paths['/v1/appeals/{id}/decision']['post']>['verdict'];

export const STEPS = ['note', 'limit', 'block'] as const satisfies readonly Step[];
export const STATES = [
  'requested',
  'active',
  'rejected',
  'withdrawn',
  'lifted',
  'ended',
] as const satisfies readonly Measure['state'][];
/** Nights have a lead and no operator. */
export const DESK = ['lead', 'operator'] as const;
