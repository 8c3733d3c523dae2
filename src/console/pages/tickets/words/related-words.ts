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
    thread: 'Thread of repeat appeals',
    threadFacts: '{tickets} tickets, {transfers} transfers',
  },
);
