import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Incoming = AnswerOf<paths['/v1/incoming-messages']['get']>['messages'][number];
/** What a clerk makes of it. */
export type SettleAs = 'opened' | 'dismissed';
