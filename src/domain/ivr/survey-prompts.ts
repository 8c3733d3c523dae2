// data table: how a citizen with several matters is told which of them he is asked about. The last four digits are those by
// which he asks for its progress himself, and stand in every message about it.

export const MATTER_PROMPTS = {
  'survey-matter-1': '您有几件事项，请逐件评价。第一件，',
  'survey-matter-2': '第二件，',
  'survey-matter-3': '第三件，',
  'survey-matter-4': '第四件，',
  'survey-type-enquiry': '您的咨询，工单尾号',
  'survey-type-help': '您的求助，工单尾号',
  'survey-type-complaint': '您的投诉，工单尾号',
  'survey-type-report': '您的举报，工单尾号',
  'survey-type-suggestion': '您的建议，工单尾号',
  'survey-type-praise': '您的表扬，工单尾号',
  'survey-type-other': '您的诉求，工单尾号',
  'digit-0': '零',
  'digit-1': '一',
  'digit-2': '二',
  'digit-3': '三',
  'digit-4': '四',
  'digit-5': '五',
  'digit-6': '六',
  'digit-7': '七',
  'digit-8': '八',
  'digit-9': '九',
} as const;
export type MatterPrompt = keyof typeof MATTER_PROMPTS;
