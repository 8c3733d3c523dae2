import { bilingual } from '../../words/word-table.ts';

/** Of the page that tells how a due time was counted. */
export const WHY_WORDS = bilingual(
  {
    why: {
      title: '为何此日',
      ask: '假如此时受理并派出',
      type: '诉求类型',
      urgent: '急件',
      category: '分类（可不填）',
      unitCode: '承办单位（可不填）',
      at: '受理时间',
      extendedBy: '批准延长',
      answer: '时限 {words}',
      citizen: '市民时限',
      unit: '承办单位时限',
      stages: '各环节（自该时起算）',
      hint: '填写受理时间，即说明到期时间和逐日计数。已有工单的，请打开工单看“计算依据”。',
      byUnit: '按该单位的日历',
    },
  },
  {
    why: {
      title: 'Why that date',
      ask: 'Were it accepted and dispatched at',
      type: 'Type',
      urgent: 'Urgent',
      category: 'Category (may be empty)',
      unitCode: 'Unit (may be empty)',
      at: 'Accepted at',
      extendedBy: 'Extended by',
      answer: 'Limit: {words}',
      citizen: 'Citizen’s clock',
      unit: 'Unit’s clock',
      stages: 'Stages (from that instant)',
      hint: 'Enter when it was accepted: the due time and every day of the count are explained. For a ticket that exists open it and ask “Why”.',
      byUnit: 'by the unit’s calendar',
    },
  },
);
