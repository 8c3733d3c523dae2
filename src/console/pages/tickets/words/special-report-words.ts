import { bilingual } from '../../../words/word-table.ts';

/** 舆情专报 and the urgent dispatch of an incident, which are one act. */
export const SPECIAL_REPORT_WORDS = bilingual(
  {
    special: {
      handOver: '应急交办并起草专报',
      read: '阅读全文',
      hint: '事件中待派的工单作为急件即时派给所选单位，同时据台账起草舆情专报；疑似事件随之核实。',
      unit: '主办单位',
      assists: '协办单位（可不选）',
      demand: '应急处置要求',
      handed: '已交办 {done} 件，未能交办 {refused} 件；专报草稿已生成。',
      handedNone: '{refused} 件均未能交办，未起草专报；请按各件所示原因处理。',
      handing:
        '已交办 {done} 件，未能交办 {refused} 件，其余 {waiting} 件正在逐件交办；全部有结果后生成专报草稿。',
      handOvers: '应急交办',
      withAssists: '{unit}主办，{assists}协办',
      goesOn: '正在逐件交办：已交办 {done} 件，待交办 {waiting} 件，未能交办 {refused} 件。',
      finished: '已交办 {done} 件，未能交办 {refused} 件。',
      finishedNone: '{refused} 件均未能交办，未起草专报，此后并入的工单也不随之派出；请按各件所示原因处理。',
      joinsUntil: '{until} 前、事件恢复前并入的工单同样急件派出。',
      troubles: '{n} 件请留意：未能交办、待重试或未派协办',
      line: { waiting: '待重试', done: '已交办', refused: '未能交办' },
      reports: '舆情专报',
      state: { draft: '草稿', issued: '已印发', discarded: '已作废' },
      edit: '修改',
      issue: '印发',
      discard: '作废',
      title: '标题',
      addressee: '主送机关',
      text: '正文（每行一段，“一、”开头的为小标题）',
    },
  },
  {
    special: {
      handOver: 'Hand over at once and draft a report',
      read: 'Read it',
      hint: 'Appeals of the incident that wait for a unit go to the chosen one as urgent, and a special report is drafted from the books; what was suspected is confirmed by it.',
      unit: 'Lead unit',
      assists: 'Assisting units (optional)',
      demand: 'What is to be done at once',
      handed: '{done} handed over, {refused} could not be; the report is drafted.',
      handedNone:
        'None of the {refused} could be handed over, and no report is drafted: see what each needs.',
      handing:
        '{done} handed over, {refused} could not be, {waiting} are going one after the other; the report is drafted when all have gone.',
      handOvers: 'Handed over at once',
      withAssists: '{unit}, assisted by {assists}',
      goesOn: 'Going one after the other: {done} handed over, {waiting} wait, {refused} could not be.',
      finished: '{done} handed over, {refused} could not be.',
      finishedNone:
        'None of the {refused} could be handed over: no report is drafted, and who joins does not follow. See what each needs.',
      joinsUntil: 'Who joins before {until}, while it is not recovered, goes as urgent too.',
      troubles: '{n} to look at: could not go, are tried again, or went without a unit that was to assist',
      line: { waiting: 'tried again', done: 'handed over', refused: 'could not go' },
      reports: 'Special reports',
      state: { draft: 'Draft', issued: 'Issued', discarded: 'Discarded' },
      edit: 'Edit',
      issue: 'Issue',
      discard: 'Discard',
      title: 'Title',
      addressee: 'Addressee',
      text: 'Text (a paragraph a line; one that begins with 一、 is a heading)',
    },
  },
);
