import { bilingual } from '../../../words/word-table.ts';

/** Of what was looked for in vain. */
export const QUESTION_WORDS = bilingual(
  {
    questions: {
      title: '搜不到的问题',
      span: '时段',
      days: '近 {n} 天',
      sum: '共搜索 {searches} 次，没有结果 {vain} 次',
      words: '市民的话',
      times: '次数',
      last: '最近一次',
      now: '现在能否搜到',
      act: '操作',
      stillNothing: '仍搜不到',
      write: '由此写条目',
      look: '搜索看看',
      none: '这段时间没有搜不到的问题：可换一段时间查看。',
    },
  },
  {
    questions: {
      title: 'Without a hit',
      span: 'Time',
      days: '{n} days',
      sum: '{searches} searches, {vain} of them in vain',
      words: 'In the citizen’s words',
      times: 'Times',
      last: 'Last',
      now: 'Found by now',
      act: 'Do',
      stillNothing: 'still nothing',
      write: 'Make an entry',
      look: 'Search',
      none: 'Nothing was looked for in vain in this time: look at other days.',
    },
  },
);
