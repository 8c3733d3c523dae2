import { bilingual } from '../../../words/word-table.ts';

/** Of a ticket's two clocks, and of how its due day was counted. */
export const CLOCK_WORDS = bilingual(
  {
    clocks: '时限',
    clock: { citizen: '市民时钟', unit: '单位时钟' },
    provisional: '暂定',
    compressed: '演示：一日按 {n} 秒计',
    whyDue: '计算依据',
    whyOf: '{name}的计算依据',
    fromTo: '自 {from} 起，至 {to} 止。',
    day: {
      date: '日期',
      name: '名称',
      kind: '性质',
      count: '计数',
      nth: '第 {n} 日',
      startDay: '当日不计',
      dayOff: '不计',
    },
    dayKind: {
      workday: '工作日',
      makeupWorkday: '调休上班',
      weekend: '周末',
      holiday: '法定假日',
      assumedWorkday: '按工作日暂计',
      assumedWeekend: '按周末暂计',
    },
  },
  {
    clocks: 'Clocks',
    clock: { citizen: "Citizen's", unit: "Unit's" },
    provisional: 'provisional',
    compressed: 'demonstration: a day counts as {n} s',
    whyDue: 'Why',
    whyOf: 'Why {name} ends then',
    fromTo: 'From {from} to {to}.',
    day: {
      date: 'Date',
      name: 'Name',
      kind: 'Kind',
      count: 'Count',
      nth: 'day {n}',
      startDay: 'first day, not counted',
      dayOff: 'not counted',
    },
    dayKind: {
      workday: 'Working day',
      makeupWorkday: 'Make-up working day',
      weekend: 'Weekend',
      holiday: 'Holiday',
      assumedWorkday: 'Assumed working day',
      assumedWeekend: 'Assumed weekend',
    },
  },
);
