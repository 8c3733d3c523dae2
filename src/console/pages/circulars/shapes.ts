import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type CircularSummary = AnswerOf<paths['/v1/circulars']['get']>['circulars'][number];
export type Circular = AnswerOf<paths['/v1/circulars/{id}']['get']>;
export type Figure = Circular['figures'][number];
export type FigureRow = AnswerOf<paths['/v1/circulars/{id}/rows']['get']>['rows'][number];
export type FactKind = Figure['kind'];
export type CircularStep = BodyOf<paths['/v1/circulars/{id}/moves']['post']>['move'];
export type Signatory = AnswerOf<paths['/v1/circulars/signatories']['get']>['signatories'][number];

export const FACT_KINDS = [
  'overdue',
  'supervised',
  'unanswered',
  'reworked',
  'refusedReturns',
  'falseResults',
  'lateTasks',
] as const satisfies readonly FactKind[];
export const CIRCULAR_STATES = [
  'draft',
  'submitted',
  'sent',
  'corrected',
  'withdrawn',
  'discarded',
] as const satisfies readonly Circular['state'][];
export const WRITERS = ['supervisor', 'lead', 'operator'] as const;

/** Where other words of a draft are kept on this machine while they are typed. */
export const editedWords = (id: string): string => `circular.edit.${id}`;
