import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type Announcement = AnswerOf<paths['/v1/announcements']['get']>['announcements'][number];
export type Seen = AnswerOf<paths['/v1/announcements/{id}']['get']>;
export type IncidentBody = BodyOf<paths['/v1/announcements/{id}/edit']['post']>;
export type IncidentFinding = AnswerOf<paths['/v1/announcements']['post'], 201>['findings'][number];
export type SurgeKey = AnswerOf<paths['/v1/rules/surge-keys']['get']>['keys'][number];
export type SurgeBody = BodyOf<paths['/v1/rules/surge-keys']['post']>;
export type Pack = AnswerOf<paths['/v1/knowledge-packs']['get']>['packs'][number];
type Lines = AnswerOf<paths['/v1/lines']['get']>['lines'];
type Queues = AnswerOf<paths['/v1/queues']['get']>['queues'];

/** What the forms choose among. */
export interface Choices {
  readonly lines: Lines;
  readonly queues: Queues;
  readonly packs: readonly Pack[];
}

/** What is done to an announcement, in a dialog each. */
export type Step = 'start' | 'prolong' | 'close' | 'withdraw';

/** As the table of states has it. */
export const STEPS: Readonly<Record<Announcement['state'], readonly Step[]>> = {
  draft: ['start', 'withdraw'],
  live: ['close', 'prolong', 'withdraw'],
  expired: ['close', 'prolong', 'withdraw'],
  closed: [],
  withdrawn: [],
};
