import { FIGURE_READERS, TICKET_DESK } from './desks.ts';

/** 诉求受理: by website, text message and WeChat. Who delivers a message proves it by his signature and has no session. */
export const INTAKE_POLICY = {
  readHotline: 'public',
  submitAppeal: 'public',
  receiveSms: 'public',
  checkWechat: 'public',
  receiveWechat: 'public',
  listIncoming: TICKET_DESK,
  settleIncoming: ['agent', 'lead', 'operator'],
  reportChannels: FIGURE_READERS,
} as const;
