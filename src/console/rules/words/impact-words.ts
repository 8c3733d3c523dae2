import { bilingual } from '../../words/word-table.ts';

/** Of the check before publishing, and of recent calls tried by it. */
export const IMPACT_WORDS = bilingual(
  {
    severity: { error: '错误', warning: '警告', notice: '提示' },
    noFindings: '检查没有发现问题。',
    cure: '改法：',
    mend: '改 {number}',
    trying: '正在以近 30 日的来电试算…',
    checks: '发布前检查',
    outcome: { pass: '通过', attention: '注意', stop: '不能发布' },
    risks: '有风险的改动',
    level: {
      ordinary: '无须复核',
      second: '须另一人复核',
      twoApprovers: '须两人复核',
      forbidden: '不得进行',
    },
    replay: {
      title: '近期来电试算',
      none: '来电过多，未能试算。',
      sums: '近 {days} 日 {calls} 个来电，{moved} 个去向改变。',
      after: '改后',
      calls: '来电',
      seats: '所需席位',
      agents: '已分配',
    },
    end: {
      queue: '队列 {name}',
      unit: '承办单位电话 {name}',
      centre: '分中心 {name}',
      message: '留言 {name}',
      goodbye: '播报后结束 {name}',
    },
  },
  {
    severity: { error: 'error', warning: 'warning', notice: 'notice' },
    noFindings: 'The check found nothing.',
    cure: 'Cure:',
    mend: 'Mend {number}',
    trying: 'Trying the calls of 30 days…',
    checks: 'Checks before publishing',
    outcome: { pass: 'passed', attention: 'look at it', stop: 'cannot be published' },
    risks: 'Risky changes',
    level: {
      ordinary: 'no approval needed',
      second: 'needs another person',
      twoApprovers: 'needs two persons',
      forbidden: 'not allowed',
    },
    replay: {
      title: 'Recent calls tried',
      none: 'Too many calls to try.',
      sums: '{calls} calls in {days} days, {moved} go elsewhere.',
      after: 'Then',
      calls: 'Calls',
      seats: 'Seats needed',
      agents: 'Assigned',
    },
    end: {
      queue: 'queue {name}',
      unit: 'telephone {name} of the unit',
      centre: 'centre {name}',
      message: 'message {name}',
      goodbye: 'ends after the announcement {name}',
    },
  },
);
