import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

export type ModeCalendar = AnswerOf<paths['/v1/rules/calendar']['get']>;
export type ModeRow = ModeCalendar['rows'][number];
export type ModeBar = ModeRow['bars'][number];
export type ModeChange = ModeCalendar['changes'][number];
export type CalendarVersion = ModeCalendar['versions'][number];
export type WorkingDay = AnswerOf<paths['/v1/calendar']['get']>['days'][number];
export type NumberHistory = AnswerOf<paths['/v1/rules/numbers/{number}/history']['get']>['history'];
