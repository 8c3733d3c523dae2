import type { Problem } from './problem.ts';

/** The request itself, who asks, and a request that is repeated. */
export const REQUEST_PROBLEMS = {
  'request.invalid': {
    status: 400,
    zh: '请求内容不符合要求，请按所指各项改正',
    en: 'The request does not fit its schema: correct what is named',
  },
  'request.textUnwritable': {
    status: 400,
    zh: '含有无法保存的字符（U+0000 或残缺的字符），请删去',
    en: 'It holds a character that cannot be kept, U+0000 or half a character; leave it out',
  },
  'request.jsonInvalid': {
    status: 400,
    zh: '请求正文不是有效的 JSON，请改正后重发',
    en: 'The body is not valid JSON: correct it and send it again',
  },
  'request.tooLarge': {
    status: 413,
    zh: '请求正文过大，请减少内容或分几次提交',
    en: 'The body is too large: send less, or in several parts',
  },
  'request.mediaType': {
    status: 415,
    zh: '请求正文须为 application/json',
    en: 'Send the body as application/json',
  },
  'request.notFound': {
    status: 404,
    zh: '没有这个地址，请核对网址',
    en: 'There is nothing at this address: look at it again',
  },
  'request.webSocketOnly': {
    status: 426,
    zh: '此地址只接受 WebSocket 连接，请用 WebSocket 打开',
    en: 'This address speaks WebSocket only: open it with one',
  },
  'request.rangeInvalid': {
    status: 416,
    zh: '请求的范围无效，请按文件长度改正',
    en: 'The range cannot be served: ask within the length of the file',
  },
  'request.tooOften': {
    status: 429,
    zh: '请求过于频繁，请稍后再试',
    en: 'Too many requests, try again later',
  },
  'page.invalid': {
    status: 400,
    zh: '翻页标记无效，请从第一页重新读取',
    en: 'The page cursor is not one of ours: read from the first page again',
  },
  'period.invalid': {
    status: 400,
    zh: '统计时段无效：起始日不得晚于截止日，最长 92 天，请改正日期',
    en: 'The period must not end before it starts and spans at most 92 days: correct the days',
  },
  'rate.periodInvalid': {
    status: 400,
    zh: '时段无效，请改正：起始须早于截止，至少一分钟，最长 31 天，不得在将来',
    en: 'Choose a period that begins before it ends, holds a whole minute that is over, and spans at most 31 days',
  },
  'rate.tooManyCalls': {
    status: 422,
    zh: '时段内通话过多，请缩短时段',
    en: 'Too many calls in the period; take a shorter one',
  },
  'period.incomplete': {
    status: 400,
    zh: '统计时段不完整，请给出 from 和 to（可加 beforeFrom 和 beforeTo），或给出 splitOn 和 days',
    en: 'Give from and to (perhaps beforeFrom and beforeTo), or splitOn and days',
  },
  'period.tooLong': {
    status: 400,
    zh: '统计时段无效：起始日不得晚于截止日，最长 366 天（有的报表最长 92 天，见其说明）；请改正日期',
    en: 'The period must not end before it starts and spans at most 366 days (92 for some reports, as each says): correct the days',
  },
  'session.missing': { status: 401, zh: '请先登录', en: 'Sign in first' },
  'session.invalid': {
    status: 401,
    zh: '登录已失效，请重新登录',
    en: 'The session has ended, sign in again',
  },
  'session.crossSite': {
    status: 403,
    zh: '拒绝来自其他网站的请求；请打开本系统页面操作',
    en: 'A request from another site is refused: use the pages of this system',
  },
  'access.denied': {
    status: 403,
    zh: '您的角色无权进行此操作；确需办理，请找班长，或请管理员调整角色',
    en: 'Your roles do not allow this: ask a lead, or an administrator for the role',
  },
  'access.ofUnit': {
    status: 403,
    zh: '承办单位的人员不得裁定责任、制定规则或修改时限与日历，请向热线中心提出',
    en: 'Nobody of a handling unit decides whose a matter is, or changes rules, limits and calendars: ask the hotline',
  },
  'signIn.tooMany': {
    status: 429,
    zh: '登录失败次数过多，请稍后再试',
    en: 'Too many failed sign-ins, try again later',
  },
  'idempotency.underWay': {
    status: 409,
    zh: '同一请求正在处理，请稍后重试',
    en: 'The same request is being carried out: try again in a moment',
  },
  'idempotency.otherRequest': {
    status: 422,
    zh: '该 Idempotency-Key 已用于另一请求，请换一个新的',
    en: 'This Idempotency-Key was used for another request: send a new one',
  },
  'access.ofVendor': {
    status: 403,
    zh: '服务商主管只能查看本单位的话务员、通话和报表，其他请向热线中心提出',
    en: 'A supervisor of a vendor sees the agents, calls and figures of his own employer: ask the hotline for anything else',
  },
} as const satisfies Readonly<Record<string, Problem>>;
