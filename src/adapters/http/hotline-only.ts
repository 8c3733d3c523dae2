import type { OperationId } from './policy.ts';

/**
 * What decides about units, or sets what holds for them: closed to whoever belongs to one, whatever roles his account has
 * beside (invariant 9). What hangs on the single thing is refused where the thing is decided.
 */
const HOTLINE_ONLY: ReadonlySet<OperationId> = new Set<OperationId>([
  'adjudicate',
  'makeRule',
  'editDispatchCatalogue',
  'importDispatchCatalogue',
  'editCalendar',
  'setNoticeHours',
  'proposeLimits',
  'decideLimits',
  'changeSurveyRules',
]);

export const isHotlineOnly = (operation: OperationId): boolean => HOTLINE_ONLY.has(operation);
