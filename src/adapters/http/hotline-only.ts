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
  // What citizens are told in the name of other units, and who of them is told that it was wrong.
  'importTable',
  'listImports',
  'readImport',
  'decideImport',
  'exportTable',
  'editSynonyms',
  'importSynonyms',
  'exportSynonyms',
  'pushKnowledgeNotice',
  'withdrawKnowledgeNotice',
  'correctKnowledge',
  'keepKnowledgePack',
  'makePlaceTarget',
  // What those above are told of a matter that is the units' to put right.
  'handOverAtOnce',
  'listSpecialReports',
  'readSpecialReport',
  'editSpecialReport',
  'endSpecialReport',
  // What citizens wrote before anybody has read it: it may be of any unit.
  'listIncoming',
  'settleIncoming',
]);

export const isHotlineOnly = (operation: OperationId): boolean => HOTLINE_ONLY.has(operation);
