import { ALL_STAFF, NOTICE_DESK, NOTICE_READERS, RULE_READERS } from './desks.ts';

/** What citizens are told, and who may not call. */
export const NOTICES_POLICY = {
  listMessages: ['operator', 'lead'],
  retryMessage: ['operator', 'lead'],
  readMessageSettings: RULE_READERS,
  changeMessageSettings: ['operator'],

  listAnnouncements: ALL_STAFF,
  readAnnouncement: ALL_STAFF,
  makeAnnouncement: NOTICE_DESK,
  editAnnouncement: NOTICE_DESK,
  startAnnouncement: NOTICE_DESK,
  prolongAnnouncement: NOTICE_DESK,
  closeAnnouncement: NOTICE_DESK,
  withdrawAnnouncement: NOTICE_DESK,
  revealSubscribers: NOTICE_DESK,

  listRestrictions: NOTICE_READERS,
  readRestriction: NOTICE_READERS,
  restrictNumber: ['agent', 'lead', 'operator'],
  approveRestriction: NOTICE_DESK,
  rejectRestriction: NOTICE_DESK,
  withdrawRestriction: NOTICE_DESK,
  liftRestriction: NOTICE_DESK,
  readRestrictionSettings: NOTICE_READERS,
  setRestrictionSettings: ['operator'],
  listAppeals: NOTICE_READERS,
  recordAppeal: ['agent', 'lead', 'operator'],
  judgeAppeal: NOTICE_DESK,
  lodgeAppeal: 'public',
} as const;
