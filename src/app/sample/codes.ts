// data table: sub-types under the fixed types, and theme tags that go across types and categories. The themes are those that
// the reports name (疫情、涉汛、就业和收入、生态环境、教育医疗、扶贫, JS-03, JS-22 to JS-31); which words stand for each is a sample.
import type { CodeTerm } from '../../domain/codes/code-list.ts';

const subtype = (code: string, parentCode: string, name: string): CodeTerm => ({
  ...{ code, parentCode, name, words: [], unitKind: null },
});
const tag = (code: string, name: string, ...words: string[]): CodeTerm => ({
  ...{ code, parentCode: null, name, words, unitKind: null },
});

export const SUBTYPES: readonly CodeTerm[] = [
  subtype('policy', 'ENQUIRY', '政策咨询'),
  subtype('procedure', 'ENQUIRY', '办事咨询'),
  subtype('progress', 'ENQUIRY', '进度查询'),
  // JY-05: counted apart from appeals.
  subtype('convenience', 'ENQUIRY', '便民查询'),
  subtype('emergency-help', 'HELP', '紧急求助'),
  subtype('hardship', 'HELP', '生活困难'),
  subtype('public-facility', 'HELP', '设施报修'),
  subtype('service-attitude', 'COMPLAINT', '服务态度'),
  subtype('no-action', 'COMPLAINT', '不作为慢作为'),
  subtype('consumer-dispute', 'COMPLAINT', '消费纠纷'),
  subtype('nuisance', 'COMPLAINT', '扰民'),
  subtype('illegal-act', 'REPORT', '违法行为'),
  subtype('safety-hazard', 'REPORT', '安全隐患'),
  subtype('policy-proposal', 'SUGGESTION', '政策建议'),
  subtype('service-proposal', 'SUGGESTION', '服务建议'),
  subtype('person', 'PRAISE', '表扬个人'),
  subtype('department', 'PRAISE', '表扬单位'),
];

export const THEME_TAGS: readonly CodeTerm[] = [
  tag('epidemic', '疫情防控', '疫情', '防疫', '健康码', '隔离'),
  tag('resumption', '复工复产', '复工', '复产'),
  tag('prepaid-refund', '预付消费退款', '预付卡', '退卡'),
  tag('flood', '防汛抗灾', '涉汛', '积水', '内涝', '排涝'),
  tag('wage-arrears', '拖欠工资', '欠薪', '讨薪'),
  tag('tax-relief', '税收优惠政策落实', '减税', '退税'),
  tag('poverty-relief', '扶贫脱贫', '贫困户', '扶贫'),
  tag('work-injury', '农民工工伤保障', '工伤'),
  tag('employment', '就业创业', '就业', '创业'),
  tag('ecology', '生态环境', '污染', '噪声', '电磁辐射'),
  tag('school-admission', '入学政策', '入学', '学区', '招生'),
  tag('medical-aid', '医疗补助及报销', '医保报销', '医疗补助'),
  tag('work-safety', '安全生产', '安全隐患', '群租房', '消防'),
  tag('minors', '未成年人保护', '未成年', '留守儿童'),
  tag('enterprise', '企业诉求', '一企来', '营商环境'),
];
