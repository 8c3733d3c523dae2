import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Entry = AnswerOf<paths['/v1/dispatch/catalogue']['get']>['entries'][number];
export type Finding = AnswerOf<paths['/v1/dispatch/catalogue/findings']['get']>['findings'][number];
export type Draft = AnswerOf<paths['/v1/dispatch/drafts/{id}']['get']>;
export type DraftLine = AnswerOf<paths['/v1/dispatch/drafts']['get']>['drafts'][number];
export type DraftContent = Omit<BodyOf<paths['/v1/dispatch/drafts']['post']>, 'title'>;
export type Checked = AnswerOf<paths['/v1/dispatch/drafts/{id}/check']['get']>;
export type Replayed = AnswerOf<paths['/v1/dispatch/drafts/{id}/replay']['get']>;
export type VersionLine = AnswerOf<paths['/v1/dispatch/catalogue/versions']['get']>['versions'][number];
