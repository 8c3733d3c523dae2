import { ALL_STAFF, CATALOGUE_EDITORS, FIGURE_READERS, TICKET_DESK } from './desks.ts';

/** Whose a matter is, and by when. */
export const DISPATCH_POLICY = {
  readDispatchCatalogue: 'signedIn',
  askResponsible: 'signedIn',
  exportDispatchCatalogue: 'signedIn',
  listDispatchVersions: ALL_STAFF,
  lintDispatchCatalogue: ALL_STAFF,
  suggestUnits: TICKET_DESK,
  suggestUnitsForText: TICKET_DESK,
  reportReturns: [...FIGURE_READERS, 'adjudicator', 'unit'],
  countSuggestions: ['lead', 'operator', 'dispatcher', 'supervisor', 'admin'],
  editDispatchCatalogue: CATALOGUE_EDITORS,
  importDispatchCatalogue: CATALOGUE_EDITORS,

  readJobs: ['operator', 'lead', 'admin'],
  runJobAgain: ['operator', 'admin'],
  askForcedMove: ['lead', 'supervisor'],
  listForcedMoves: ['lead', 'supervisor'],
  decideForcedMove: ['lead', 'supervisor'],
  askExtension: ['unit'],
  listExtensions: ['lead', 'operator', 'supervisor', 'unit'],
  decideExtension: ['lead', 'operator', 'supervisor', 'unit'],
  listLimits: [...TICKET_DESK, 'unit', 'admin'],
  proposeLimits: ['operator', 'lead'],
  decideLimits: ['operator', 'lead'],
  readCalendar: [...TICKET_DESK, 'unit', 'admin'],
  editCalendar: ['operator', 'admin'],
  setNoticeHours: ['operator', 'lead'],
} as const;
