import { bilingual } from '../../../words/word-table.ts';

/** Of the check of a unit's reply. */
export const REPLY_WORDS = bilingual(
  {
    point: {
      answersEach: '逐项答复诉求',
      contactMade: '已联系诉求人',
      evidence: '办理依据充分',
      tone: '用语得当',
    },
    finding: { met: '达到', unmet: '未达到', notApplicable: '不适用' },
    checklist: { mark: '{point}：问题所在', markHint: '问题所在，告知单位', allMet: '全部达到' },
  },
  {
    point: {
      answersEach: 'Answers each point',
      contactMade: 'Citizen was contacted',
      evidence: 'Evidence suffices',
      tone: 'Tone is right',
    },
    finding: { met: 'Met', unmet: 'Unmet', notApplicable: 'Not applicable' },
    checklist: {
      mark: '{point}: what is wrong',
      markHint: 'What is wrong, told to the unit',
      allMet: 'All met',
    },
  },
);
