import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

type Listed = AnswerOf<paths['/v1/limits']['get']>;
export type LimitSet = Listed['sets'][number];
export type LimitPreset = Listed['presets'][number];
export type Content = LimitSet['content'];
export type Limit = Content['limits']['HELP'];
export type StageLimit = NonNullable<Content['stages']['accept']['normal']>;
export type Proposed = NonNullable<
  paths['/v1/limits']['post']['responses'][201]['content']['application/json']
>;
export type LimitDecision =
  paths['/v1/limits/{number}/decisions']['post']['requestBody']['content']['application/json']['decision'];

export type Calendar = AnswerOf<paths['/v1/calendar']['get']>;
export type CalendarEditBody =
  paths['/v1/calendar/edits']['post']['requestBody']['content']['application/json'];
export type EditedCalendar =
  paths['/v1/calendar/edits']['post']['responses'][200]['content']['application/json'];
/** What `calendar.changedMeanwhile` tells of the other's edits; null as a day: as it is announced. */
export interface CalendarChanged {
  readonly days: readonly {
    readonly day: string;
    readonly before: { readonly working: boolean; readonly name: string } | null;
    readonly after: { readonly working: boolean; readonly name: string } | null;
  }[];
  readonly years: readonly number[];
  readonly periods: { readonly before: Periods; readonly after: Periods } | null;
}
type Periods = NonNullable<Calendar['own']>['periods'];
export type Moved = EditedCalendar['moved'][number];
