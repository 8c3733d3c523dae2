import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type CallerCard = AnswerOf<paths['/v1/calls/{id}/caller']['get']>;
export type ListedNote = AnswerOf<paths['/v1/caller-notes']['get']>['notes'][number];
export type CallerNote = NonNullable<CallerCard['note']>;
