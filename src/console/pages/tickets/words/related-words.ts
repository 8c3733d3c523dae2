import { bilingual } from '../../../words/word-table.ts';

/** Of what belongs together: incidents, and threads of repeat appeals. */
export const RELATED_WORDS = bilingual(
  {
    incident: {
      suspected: '疑似',
      open: '处置中',
      recovered: '已恢复',
      closed: '已结束',
      dissolved: '已解散',
    },
    complex: {
      transfers: '多次转办',
      repeats: '长期重复反映',
      poorEffect: '处置效果不佳',
      unclear: '处置责任不明确',
    },
    nothingRelated: '没有关联：不是重复诉求，也不属于群体事件。相同地点、类别的诉求并入后会列在这里。',
    incidentOf: '群体事件',
    incidentDeed: {
      confirm: '确认是群体事件',
      recover: '已恢复，告知全部诉求人',
      relapse: '又出现了',
      close: '结束事件',
      dissolve: '不是一件事，解散',
      leave: '把本工单移出',
      tell: '告知全部诉求人',
      text: '告知内容',
      textHint: '不填即“您反映的……已恢复正常”；每人一次，避开免打扰时段',
      hint: '每张工单仍单独回访、单独结案。',
      told: '已发短信 {n} 条',
      byPhone: '不便发短信，请致电',
      broadcasts: '已告知',
    },
    thread: '重复诉求线索',
    threadFacts: '共 {tickets} 张工单，转办 {transfers} 次',
  },
  {
    incident: {
      suspected: 'Suspected',
      open: 'Open',
      recovered: 'Recovered',
      closed: 'Closed',
      dissolved: 'Dissolved',
    },
    complex: {
      transfers: 'Many transfers',
      repeats: 'Repeated for long',
      poorEffect: 'Poor effect',
      unclear: 'Unclear whose duty',
    },
    nothingRelated:
      'Nothing belongs to it: no repeat appeals, no incident. What is joined to it appears here.',
    incidentOf: 'Incident',
    incidentDeed: {
      confirm: 'It is one incident',
      recover: 'Recovered: tell all citizens',
      relapse: 'It is back',
      close: 'End the incident',
      dissolve: 'Not one matter: dissolve it',
      leave: 'Take this ticket out',
      tell: 'Tell all citizens',
      text: 'What they are told',
      textHint: 'Empty: that it works again. Each is told once, outside the quiet hours',
      hint: 'Each ticket is visited and closed by itself.',
      told: 'Text messages: {n}',
      byPhone: 'To be called, as no message can be sent',
      broadcasts: 'Told',
    },
    thread: 'Thread of repeat appeals',
    threadFacts: '{tickets} tickets, {transfers} transfers',
  },
);
