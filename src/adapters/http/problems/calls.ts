import type { Problem } from './problem.ts';

/** Calls, what is noted of their callers, and alarms. */
export const CALLS_PROBLEMS = {
  'call.notTalking': {
    status: 409,
    zh: '该通话当前没有话务员在通话，请待接通后再操作',
    en: 'No agent talks in this call: wait until somebody does',
  },
  'call.notOutbound': {
    status: 409,
    zh: '这不是外呼，不能记为未接通，请按来电的去向登记',
    en: 'Only of a call that we made can it be said that nobody was reached: record how the incoming call ended instead',
  },
  'help.notAsked': {
    status: 409,
    zh: '该通话没有待答复的求助，或求助已结束；请刷新求助列表',
    en: 'Nobody asks for help in this call, or it is over: look at the list again',
  },
  'help.empty': { status: 422, zh: '请写一句话再答复', en: 'Write a word before you answer' },
  'call.none': {
    status: 409,
    zh: '话务员当前没有通话，通话可能刚刚结束；请看通话栏',
    en: 'The agent has no call, it may just have ended: look at the call pane',
  },
  'call.another': {
    status: 409,
    zh: '您已在另一个通话中：此操作针对的通话已离开，未作任何操作；请看清后再操作',
    en: 'The agent is in another call by now: the call that this was meant for is left, and nothing was done; look, then press again',
  },
  'answer.atBrowser': {
    status: 409,
    zh: '来电在浏览器话机上，请在页面接听',
    en: 'The call rings at the telephone in the browser: answer it there',
  },
  'answer.notTaken': {
    status: 409,
    zh: '话机没有自动接起，仍在振铃，请在话机上接听',
    en: 'The telephone did not answer by itself and rings on: pick it up',
  },
  'call.unknown': {
    status: 404,
    zh: '没有这个通话，请核对后重选',
    en: 'There is no such call: look again and choose another',
  },
  'call.notYours': {
    status: 403,
    zh: '这不是您接听的通话，请由接听的话务员或班长操作',
    en: 'This is not a call of yours: ask the agent who answered it, or a lead',
  },
  'call.notAnswered': {
    status: 409,
    zh: '该通话未接通，不登记去向；要回拨的请到“未接来电”领取',
    en: 'The call was not answered, so it has no outcome: claim it under missed calls to call back',
  },
  'call.outcomeExists': {
    status: 409,
    zh: '该通话已登记去向，请刷新后查看，不必再登记',
    en: 'The call has its outcome already: load the page again to see it',
  },
  'call.notYetWritten': {
    status: 409,
    zh: '通话记录尚在写入，请稍后重试',
    en: 'The call is still being written down: try again in a moment',
  },
  'call.reasonMissing': { status: 422, zh: '请说明无效来电的理由', en: 'Say why the call is invalid' },
  'call.reasonTooLong': {
    status: 422,
    zh: '理由太长，请缩短',
    en: 'The reason is too long: shorten it',
  },
  'call.closeForbidden': {
    status: 403,
    zh: '您的角色无权登记通话去向，请由接听的话务员或班长登记',
    en: 'Your roles may not close a call: ask the agent who answered it, or a lead',
  },
  'voiceMessage.unknown': {
    status: 404,
    zh: '没有这条留言；可能已有人处理，请刷新列表',
    en: 'There is no such message: somebody may have dealt with it; load the list anew',
  },
  'caller.withheld': {
    status: 409,
    zh: '来电人未显示号码，无法登记；请把需要记的写在工单中',
    en: 'The caller withheld the number, so nothing can be noted of it: write it in the ticket',
  },
  'caller.numberInvalid': {
    status: 422,
    zh: '不是有效的电话号码，请核对区号和位数',
    en: 'This is no telephone number: look at its area code and length',
  },
  'callerNote.unknown': {
    status: 404,
    zh: '没有这条登记；可能已删除，请刷新列表',
    en: 'There is no such note of a caller: it may have been removed; load the list anew',
  },
  'alarm.unknown': {
    status: 404,
    zh: '没有这条告警，或已处理；请刷新列表',
    en: 'There is no such alarm, or it is closed: read the list again',
  },
} as const satisfies Readonly<Record<string, Problem>>;
