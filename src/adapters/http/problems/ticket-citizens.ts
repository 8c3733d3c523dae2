import type { Problem } from './problem.ts';

/** Who may know of a ticket and its citizen, and how its unit calls him. */
export const TICKET_CITIZENS_PROBLEMS = {
  'citizen.anonymous': {
    status: 403,
    zh: '匿名诉求，不得查看或联系诉求人；请按登记的内容办理',
    en: 'The appeal is anonymous: who made it is not for you: work by what was written down',
  },
  'citizen.leaseOver': {
    status: 403,
    zh: '查看时限已过或尚未说明理由，请先说明理由',
    en: 'The ten minutes are over, or no reason was given yet; give one first',
  },
  'unitCall.notNow': {
    status: 409,
    zh: '工单不在贵单位办理，现在不能联系诉求人；请先签收或请派单员核对',
    en: 'The ticket is not with the unit now: sign for it first, or ask a dispatcher',
  },
  'unitCall.partOver': {
    status: 409,
    zh: '本单位在该工单中没有正在办理的部分，不能联系诉求人；请由主办单位联系',
    en: 'The unit has no part of this ticket in hand, so it does not call its citizen: leave it to the unit that leads',
  },
  'unitCall.phoneUnknown': {
    status: 404,
    zh: '贵单位没有这部话机，请向热线登记',
    en: 'The unit has no such telephone; ask the hotline to add it',
  },
  'unitCall.phoneNotMobile': {
    status: 422,
    zh: '通知只能发到手机号码；请登记手机号码，或不勾选接收通知',
    en: 'Notices reach mobile numbers only; register one, or leave notices off',
  },
  'unitCall.phoneKnown': {
    status: 409,
    zh: '该单位已登记这个号码，请直接使用',
    en: 'The unit has this number already: just use it',
  },
  'grant.unknown': {
    status: 404,
    zh: '知悉范围中没有此人，或已到期；请刷新工单后再看',
    en: 'There is no such entry, or it is over: load the ticket anew',
  },
  'grant.notConfidential': {
    status: 422,
    zh: '只有保密工单才有知悉范围；请先将工单定为保密',
    en: 'Only a confidential ticket has a list of those who need to know: make it confidential first',
  },
  'grant.toOneself': {
    status: 403,
    zh: '不得将自己列入知悉范围，请由另一人列入',
    en: 'Nobody puts himself on a list: ask another person to do it',
  },
  'grant.untilPast': { status: 422, zh: '期限须在将来', en: 'Choose an end in the future' },
  'grant.tooLong': {
    status: 422,
    zh: '期限过长，最长 90 天，请改短',
    en: 'It may last 90 days at most: make it shorter',
  },
} as const satisfies Readonly<Record<string, Problem>>;
