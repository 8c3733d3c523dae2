import { bilingual } from '../../words/word-table.ts';

export const MODE_WORDS = bilingual(
  {
    title: '方式日历',
    line: '逐日的归并方式',
    side: '今后的变化与一个号码的经过',
    range: '时间范围',
    ranges: { near: '前后 30 日', usual: '后 90 日', long: '前后一年' },
    changingOnly: '只看将有变化的',
    withDraft: '含第 {n} 版（按发布后画出）',
    hint: '↑↓ 选择号码，右侧列出其经过；虚线为已排期或草稿带来的；✕ 为过渡期满即停用',
    today: '今日',
    until: '至 {day}',
    byVersion: '由第 {n} 版带来',
    byVersionShort: '（第 {n} 版）',
    coming: '今后 {days} 日的变化',
    nothingComing: '这段时间没有变化',
    past: '{number} 的经过',
    change: {
      begins: '开始登记：{to}',
      becomes: '{from} 改为 {to}',
      ends: '{from} 结束，不再登记',
      switchedOff: {
        connect: '短期过渡期满，没有后续方式：播报后转接人工。请登记后续方式或延长',
        goodbye: '短期过渡期满，没有后续方式：播报后结束。请登记后续方式或延长',
      },
    },
    version: {
      takesEffect: '第 {n} 版生效',
      wouldTakeEffect: '第 {n} 版（草稿）若此时发布',
      isUndone: '第 {n} 版到期恢复',
    },
    holiday: '{name} 放假至 {until}',
    holidayDesks: '：{n} 个专席号码在受理时间以外由总席受理',
  },
  {
    title: 'Calendar of modes',
    line: 'Mode from day to day',
    side: 'What changes, and the past of a number',
    range: 'Range',
    ranges: { near: '30 days', usual: '90 days ahead', long: 'a year' },
    changingOnly: 'Only what will change',
    withDraft: 'with version {n}, as if published',
    hint: '↑↓ choose a number, its past stands at the right; dashes: planned or by the draft; ✕: ends for good',
    today: 'today',
    until: 'to {day}',
    byVersion: 'by version {n}',
    byVersionShort: ' (version {n})',
    coming: 'Changes in the next {days} days',
    nothingComing: 'Nothing changes in this time',
    past: 'Past of {number}',
    change: {
      begins: 'begins: {to}',
      becomes: '{from} becomes {to}',
      ends: '{from} ends, not in the register any more',
      switchedOff: {
        connect:
          'the transition is over and nothing follows: announced and connected. Enter what follows, or extend it',
        goodbye:
          'the transition is over and nothing follows: announced and ended. Enter what follows, or extend it',
      },
    },
    version: {
      takesEffect: 'Version {n} takes effect',
      wouldTakeEffect: 'Version {n} (draft), if published now',
      isUndone: 'Version {n} is undone',
    },
    holiday: '{name}, off until {until}',
    holidayDesks: ': calls of {n} dedicated numbers go to the general desk outside their hours',
  },
);
