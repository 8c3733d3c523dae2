import type { BodyOf } from '../api/answer-of.ts';
import type { paths } from '../api/contract.ts';

export type AppealType = BodyOf<paths['/v1/tickets']['post']>['type'];

/** 诉求类型, in the order in which they are offered. */
export const APPEAL_TYPES = [
  'ENQUIRY',
  'HELP',
  'COMPLAINT',
  'REPORT',
  'SUGGESTION',
  'PRAISE',
  'OTHER',
] as const satisfies readonly AppealType[];
