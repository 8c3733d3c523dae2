import { bilingual } from '../../../words/word-table.ts';

/** Of whose a ticket is: suggestions, the first receiver, adjudication. */
export const DISPATCH_WORDS = bilingual(
  {
    suggest: {
      choose: '选第 {nth} 个建议单位',
      none: '没有建议：请从单位名册中选择。',
      assist: '协办：',
    },
    firstReceiver: '首接单位 {unit} 在他单位签收之前仍须负责。',
    why: {
      catalogue: '目录',
      adjudication: '裁定规则',
      assists: '协办',
      thread: '同一线索',
      earlier: '此前工单',
      precedent: '先例',
      learned: '经验',
    },
    judge: {
      title: '裁定',
      assist: '协办单位',
      heard: '听取的单位意见',
      position: '该单位的意见',
      addParty: '增加一个单位',
      reason: '裁定理由',
      asRule: '今后“{category}”一类照此办理（写入派单目录）',
      precedents: '同类先例',
    },
  },
  {
    suggest: {
      choose: 'Choose suggestion {nth}',
      none: 'No suggestion: choose from the register.',
      assist: 'Assisting:',
    },
    firstReceiver: '{unit} received it first and answers for it until another unit signs for it.',
    why: {
      catalogue: 'Catalogue',
      adjudication: 'Ruling',
      assists: 'Assists',
      thread: 'Same thread',
      earlier: 'Earlier ticket',
      precedent: 'Precedent',
      learned: 'Learned',
    },
    judge: {
      title: 'Adjudicate',
      assist: 'Assisting units',
      heard: 'Units that were heard',
      position: 'What that unit says',
      addParty: 'Add a unit',
      reason: 'Reasons of the decision',
      asRule: 'From now on so for “{category}” (goes into the catalogue)',
      precedents: 'Decided before',
    },
  },
);
