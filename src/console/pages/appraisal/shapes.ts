import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Found = AnswerOf<paths['/v1/tickets/{id}/truth']['get']>['truths'][number];
export type Truth = Found['truth'];
export type EvidenceRef = Found['refs'][number];
export type Exclusion = AnswerOf<paths['/v1/exclusions']['get']>['exclusions'][number];
export type Ground = Exclusion['ground'];
export type ExclusionMove = BodyOf<paths['/v1/exclusions/{id}/moves']['post']>['move'];
export type ExclusionCount = AnswerOf<paths['/v1/reports/exclusions']['get']>['counts'][number];

/** Who is told of requests to leave a ticket out. */
export const EXCLUSION_READERS = ['unit', 'adjudicator', 'supervisor', 'lead'] as const;
export const TRUTHS = ['true', 'partly', 'untrue'] as const satisfies readonly Truth[];
export const GROUNDS = [
  'untrue',
  'unlawful',
  'unreasonable',
  'repeated',
  'policyBound',
] as const satisfies readonly Ground[];
export const EXCLUSION_STATES = [
  'requested',
  'seconded',
  'excluded',
  'refused',
  'withdrawn',
] as const satisfies readonly Exclusion['state'][];
