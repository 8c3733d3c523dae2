import type { Problem } from './problem.ts';

/** Who is on call. */
export const DUTY_PROBLEMS = {
  'duty.listUnknown': {
    status: 404,
    zh: '没有这份值班表，请刷新后重选',
    en: 'There is no such duty list: load the page anew and choose again',
  },
  'duty.shiftUnknown': {
    status: 404,
    zh: '没有这个班次，或已删除，请刷新后再看',
    en: 'There is no such shift, or it was removed: load the page anew',
  },
  'duty.unitUnknown': {
    status: 422,
    zh: '没有这个承办单位，请从单位列表中选择',
    en: 'There is no such unit: choose one of the list',
  },
  'duty.taken': {
    status: 409,
    zh: '代码已有人使用，或该单位已有值班表；请换一个代码，或打开该单位已有的值班表',
    en: 'The code is taken, or the unit has a duty list already: take another code, or open the list that the unit has',
  },
  'duty.gap': {
    status: 409,
    zh: '此刻无人值班：请在值班表中补登班次，或直接邀请承办单位、紧急台',
    en: 'Nobody is on call now: enter a shift, or invite a unit or an emergency desk',
  },
  'duty.shiftEmpty': {
    status: 422,
    zh: '班次须在开始之后结束',
    en: 'A shift ends after it begins: correct its times',
  },
  'duty.shiftLong': {
    status: 422,
    zh: '一个班次至多七天，请分成几班',
    en: 'A shift lasts seven days at most: make several of it',
  },
  'duty.past': {
    status: 422,
    zh: '班次已经过去，请改为以后的时间',
    en: 'The shift is over already: choose a time to come',
  },
  'duty.ladderEmpty': {
    status: 422,
    zh: '班次须至少有一名值班人员',
    en: 'A shift has at least one person: name one',
  },
  'duty.ladderLong': {
    status: 422,
    zh: '一个班次至多八人，请减少人数或分成几班',
    en: 'A shift has eight people at most: name fewer, or make several shifts of it',
  },
  'duty.numberInvalid': {
    status: 422,
    zh: '值班人员的电话须为国内手机或带区号的固定电话',
    en: 'Enter for who is on call a mobile, or a fixed line within the country',
  },
  'duty.twice': {
    status: 422,
    zh: '同一电话在一个班次中出现两次，请删去一个',
    en: 'A telephone stands twice in the shift: take one away',
  },
  'duty.overlap': {
    status: 409,
    zh: '与已登记的班次重叠：请先删除原班次，或从其结束时开始',
    en: 'Overlaps a shift that stands: remove that one first, or begin when it ends',
  },
} as const satisfies Readonly<Record<string, Problem>>;
