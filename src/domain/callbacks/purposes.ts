/** Why the hotline calls somebody. */
export const OUTBOUND_PURPOSES = [
  'queueCallback',
  'missedCall',
  'ticket',
  'returnVisit',
  'unitContact',
  'survey',
  'urgentNotice',
  'correction',
] as const;
export type OutboundPurpose = (typeof OUTBOUND_PURPOSES)[number];

export const PURPOSE_NAMES: Readonly<Record<OutboundPurpose, string>> = {
  queueCallback: '排队回呼',
  missedCall: '未接来电回拨',
  ticket: '工单联系',
  returnVisit: '回访',
  unitContact: '承办单位联系',
  survey: '自动回访',
  urgentNotice: '急件通知',
  correction: '答复更正',
};
