// data table: what is said to whom a unit has on call when it is given an urgent ticket (H12). Number and kind, and nothing
// of the citizen: whoever picks up hears it.

export const URGENT_PROMPTS = {
  'urgent-hello': '您好，这里是12345热线，有一件急办工单派至贵单位，',
  'urgent-type-enquiry': '咨询类，工单尾号',
  'urgent-type-help': '求助类，工单尾号',
  'urgent-type-complaint': '投诉类，工单尾号',
  'urgent-type-report': '举报类，工单尾号',
  'urgent-type-suggestion': '建议类，工单尾号',
  'urgent-type-praise': '表扬类，工单尾号',
  'urgent-type-other': '其他类，工单尾号',
  'urgent-confirm': '请按1确认收到。',
  'urgent-thanks': '已确认收到，请尽快签收办理，再见。',
} as const;
export type UrgentPrompt = keyof typeof URGENT_PROMPTS;
