import type { Problem } from './problem.ts';

/** Employers, and what a supervisor of a vendor does not see. */
export const EMPLOYERS_PROBLEMS = {
  'employer.unknown': {
    status: 404,
    zh: '没有这个派出单位，请刷新列表重选',
    en: 'There is no such employer: load the list anew and choose again',
  },
  'employer.codeInvalid': {
    status: 422,
    zh: '代码须为 2 至 40 位小写字母、数字或 -',
    en: 'Give a code of 2 to 40 lower-case letters, digits or hyphens',
  },
  'employer.unitMissing': {
    status: 422,
    zh: '派驻单位须注明承办单位（unitCode），服务商不能注明',
    en: 'Name the unit (unitCode) for an employer of the kind unit, and leave it out for a vendor',
  },
  'employer.unitUnknown': {
    status: 422,
    zh: '没有这个承办单位，请从单位列表中选择',
    en: 'There is no such unit: choose one of the list',
  },
  'employer.taken': {
    status: 409,
    zh: '代码或名称已有人使用，请换一个',
    en: 'The code or the name is taken: choose another',
  },
  'employer.ended': {
    status: 409,
    zh: '与该单位的合作已结束，请改选其他派出单位',
    en: 'The contract with this employer has ended: choose another',
  },
  'employer.hasMembers': {
    status: 409,
    zh: '仍有话务员属于该单位，或即将属于；请先为其登记新的派出单位',
    en: 'Agents are, or are going to be, of this employer: enter another one for them first',
  },
  'employment.dayInvalid': {
    status: 422,
    zh: '没有这一天，请核对日期',
    en: 'There is no such day: look at the date again',
  },
  'employment.past': {
    status: 409,
    zh: '不能更改今天以前的归属：已报出的数字不重写；请填今天或以后的日期',
    en: 'Whose an agent was before today stays as it is: name today or a day to come',
  },
  'employment.workedToday': {
    status: 409,
    zh: '该话务员今天已上班，今天的通话计在原单位；请填明天或以后的日期',
    en: 'The agent has worked today, and the calls of today stay with the present employer: name tomorrow or a later day',
  },
} as const satisfies Readonly<Record<string, Problem>>;
