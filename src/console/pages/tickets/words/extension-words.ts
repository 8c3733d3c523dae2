import { bilingual } from '../../../words/word-table.ts';

/** Of more time that is asked for. */
export const EXTENSION_WORDS = bilingual(
  {
    extension: {
      asked: '待决定',
      granted: '已批准',
      refused: '未批准',
      withdrawn: '已撤回',
      lapsed: '到期失效',
    },
    extend: {
      ask: '申请延期',
      none: '没有延期申请。按期办不完时，承办单位在到期前点“申请延期”。',
      hint: '批准之前时限照走；批准后两个时钟同时延长，并告知市民。',
      amount: '延长多少（与办理时限同单位）',
      reason: '申请理由',
      evidence: '依据',
      publicReason: '告知市民的理由（不得含个人信息）',
      words: '意见',
      by: '延长 {n}（与办理时限同单位）',
      decideBy: '须在 {at} 前决定',
      grant: '批准',
      refuse: '不批准',
      withdraw: '撤回申请',
    },
  },
  {
    extension: {
      asked: 'To be decided',
      granted: 'Granted',
      refused: 'Refused',
      withdrawn: 'Withdrawn',
      lapsed: 'Lapsed',
    },
    extend: {
      ask: 'Ask for more time',
      none: 'No extension was asked for. If the work cannot end in time, its unit presses “Ask for more time” before the day.',
      hint: 'The clocks run on until it is granted; then both have the longer limit and the citizen is told.',
      amount: 'Longer by (in the unit of the limit)',
      reason: 'Reason',
      evidence: 'Evidence',
      publicReason: 'Told to the citizen (no personal data)',
      words: 'Opinion',
      by: 'longer by {n} (in the unit of the limit)',
      decideBy: 'to be decided by {at}',
      grant: 'Grant',
      refuse: 'Refuse',
      withdraw: 'Withdraw',
    },
  },
);
