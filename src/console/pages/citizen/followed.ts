import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Followed = AnswerOf<paths['/v1/public/tickets/progress']['post']>;

/** What opens it: both must belong together. */
export interface Whose {
  number: string;
  telephone: string;
}
