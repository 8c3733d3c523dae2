import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Overflow = AnswerOf<paths['/v1/rules/versions/{version}/overflows']['get']>['overflows'][number];
