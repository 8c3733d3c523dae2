import type { DayKind } from '../../ivr/condition.ts';

// data table: the words with which hours are written in a spreadsheet, English and Chinese.

/** Make-up working days (调休) are workdays, and so is a Tuesday of a year that nobody has announced yet. */
export const DAY_GROUPS: readonly (readonly [word: string, kinds: readonly DayKind[]])[] = [
  ['workdays', ['workday', 'makeupWorkday', 'assumedWorkday']],
  ['weekends', ['weekend', 'assumedWeekend']],
  ['holidays', ['holiday']],
];

export const OTHER_DAY_WORDS: ReadonlyMap<string, readonly DayKind[]> = new Map<string, readonly DayKind[]>([
  ['workday', ['workday', 'makeupWorkday', 'assumedWorkday']],
  ['工作日', ['workday', 'makeupWorkday', 'assumedWorkday']],
  ['weekend', ['weekend', 'assumedWeekend']],
  ['周末', ['weekend', 'assumedWeekend']],
  ['holiday', ['holiday']],
  ['节假日', ['holiday']],
  ['法定节假日', ['holiday']],
  ['休息日', ['weekend', 'holiday', 'assumedWeekend']],
]);

/** By number, 1 Monday to 7 Sunday; the first is how it is written. */
export const WEEKDAY_WORDS: readonly (readonly string[])[] = [
  ['Mon', 'monday', '周一', '星期一', '一'],
  ['Tue', 'tuesday', '周二', '星期二', '二'],
  ['Wed', 'wednesday', '周三', '星期三', '三'],
  ['Thu', 'thursday', '周四', '星期四', '四'],
  ['Fri', 'friday', '周五', '星期五', '五'],
  ['Sat', 'saturday', '周六', '星期六', '六'],
  ['Sun', 'sunday', '周日', '周天', '星期日', '星期天', '日'],
];
