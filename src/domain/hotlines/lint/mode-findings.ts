import type { Severity } from './severity.ts';

/** What is found in the fields of single modes, in numbers nobody can reach, and in units under two codes. */
export const MODE_FINDINGS = {
  'transition.goodbyeSilent': [
    'error',
    '上传或生成停用提示，或改为期满后转接人工',
    'record or generate the intercept announcement, or let its callers be connected',
  ],
  'hours.unreadable': [
    'error',
    '按示例填写，如 08:30-17:30 工作日；留空即全天受理',
    'write them like 08:30-17:30 workdays; leave them empty for always',
  ],
  'hours.never': [
    'error',
    '改正受理时间，或改为其他归并方式',
    'correct the hours, or give the number another mode',
  ],
  'hours.over': [
    'warning',
    '改正受理时间的截止时刻，或删除该截止',
    'move the moment at which the hours end, or take it out',
  ],
  'hours.overMidnight': [
    'warning',
    '零点前后分写，如 22:00-24:00 周一至五；00:00-06:00 周二至六',
    'write both sides of midnight, like 22:00-24:00 Mon-Fri; 00:00-06:00 Tue-Sat',
  ],
  'hours.calendarEnds': [
    'warning',
    '录入该年度的放假调休安排；在此之前按周一至周五计算',
    'enter that year’s working days; until then Monday to Friday are taken for them',
  ],
  'line.unusedField': [
    'notice',
    '清空该项，或改为用到它的归并方式',
    'empty it, or choose the mode that uses it',
  ],
  'centre.incomplete': [
    'error',
    '填写分中心地址和中继，或改为其他归并方式',
    'enter the other centre’s address and the trunk, or choose another mode',
  ],
  'centre.malformed': [
    'error',
    '填写如 sip:12333@10.1.2.3 的地址',
    'enter an address such as sip:12333@10.1.2.3',
  ],
  'centre.ringsBack': ['error', '填写另一中心自己的地址', 'enter the address of another centre, not our own'],
  'centre.emergency': ['error', '更换分中心号码', 'enter another number at the centre'],
  'number.tooLong': [
    'error',
    '改为不超过 15 位的号码（不计区号前的 0 或国际冠码 00）',
    'enter at most 15 digits, as E.164 has it: no carrier sends more',
  ],
  'number.shadowed': ['error', '保留一种写法，删除其余', 'keep one spelling and remove the others'],
  'unit.twoCodes': ['error', '同一单位使用同一代码', 'use one code for one unit'],
} as const satisfies Readonly<Record<string, readonly [Severity, string, string]>>;
