import { ALL_STAFF, FIGURE_READERS } from './desks.ts';

/** By what appeals are sorted. */
export const CODES_POLICY = {
  listCodeLists: 'signedIn',
  readCodeList: 'signedIn',
  readCodeEdition: ALL_STAFF,
  mapCode: 'signedIn',
  exportCodeList: 'signedIn',
  draftCodeList: ['operator'],
  editCodeDraft: ['operator'],
  importCodeDraft: ['operator'],
  checkCodeDraft: ['operator', 'lead'],
  discardCodeDraft: ['operator'],
  publishCodeDraft: ['operator', 'lead'],
  withdrawCodeEdition: ['operator', 'lead'],
  restoreCodeList: ['operator', 'lead'],
  listForms: 'signedIn',
  readForm: 'signedIn',
  listFormVersions: ['operator', 'lead', 'admin'],
  saveForm: ['operator'],
  publishForm: ['operator'],
  endForm: ['operator'],
  classifyTicket: ['agent', 'lead', 'operator', 'reviewer', 'dispatcher'],
  reportAppeals: FIGURE_READERS,
  readConvenienceCategories: ALL_STAFF,
  sayConvenienceCategories: ['operator'],
} as const;
