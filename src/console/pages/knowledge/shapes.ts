import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Hit = AnswerOf<paths['/v1/knowledge/search']['get']>['hits'][number];
export type Reason = Hit['reasons'][number];
export type Entry = AnswerOf<paths['/v1/knowledge/{id}']['get']>;
export type History = AnswerOf<paths['/v1/knowledge/{id}/history']['get']>;
export type Doubt = AnswerOf<paths['/v1/knowledge/{id}/doubts']['get']>['doubts'][number];
export type NearPlace = AnswerOf<paths['/v1/places/near']['get']>['places'][number];
export type Place = NearPlace['place'];
