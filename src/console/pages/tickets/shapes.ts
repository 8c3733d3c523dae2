import type { AnswerOf, BodyOf, QueryOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type TicketSummary = AnswerOf<paths['/v1/tickets']['get']>['tickets'][number];
export type TicketQuery = Omit<QueryOf<paths['/v1/tickets']['get']>, 'limit' | 'after'>;
export type Ticket = AnswerOf<paths['/v1/tickets/{id}']['get']>;
export type Deadline = Ticket['deadlines'][number];
export type OpenMove = AnswerOf<paths['/v1/tickets/{id}/moves']['get']>['moves'][number];
export type MoveBody = BodyOf<paths['/v1/tickets/{id}/moves']['post']>;
export type MoveDetails = NonNullable<MoveBody['details']>;
export type ReplyChecklist = NonNullable<MoveDetails['checklist']>;
export type Incident = AnswerOf<paths['/v1/incidents/{id}']['get']>;
export type SpecialReport = AnswerOf<paths['/v1/special-reports']['get']>['reports'][number];
export type Handling = Ticket['handling'];
export type Parts = AnswerOf<paths['/v1/tickets/{id}/parts']['get']>;
export type Part = Parts['parts'][number];
export type TicketState = Ticket['state'];
export type Explanation = NonNullable<Deadline['explanation']>;
