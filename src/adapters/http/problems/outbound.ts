import type { Problem } from './problem.ts';

/** Calls that we make, and those that we owe. */
export const OUTBOUND_PROBLEMS = {
  'outboundRules.invalid': {
    status: 422,
    zh: '外呼规定有误：主叫号码须为本热线登记的号码，中继须存在，110、119、120、122 紧急台不可缺、不可重复、不可指向本热线号码',
    en: 'Correct the rules: show only numbers of the register, name a trunk that there is, and name 110, 119, 120 and 122 once each, at no number of ours',
  },
  'outboundRules.changedMeanwhile': {
    status: 409,
    zh: '外呼规定已被他人修改，请重新读取',
    en: 'The rules were changed meanwhile; read them again',
  },
  'callback.unknown': {
    status: 404,
    zh: '没有这个回呼；可能已完成或取消，请刷新列表',
    en: 'There is no such callback: it may be done or called off; load the list anew',
  },
  'callback.over': {
    status: 409,
    zh: '该回呼已结束，请刷新列表后另选一件',
    en: 'The callback is over: read the list again and take another',
  },
  'outbound.numberWithheld': {
    status: 422,
    zh: '没有可拨打的号码，请向对方索取号码后用键盘拨号',
    en: 'There is no number to call: ask for one, then dial it',
  },
  'outbound.numberEmergency': {
    status: 422,
    zh: '紧急号码不能外呼，请用通话中的紧急转接',
    en: 'An emergency number is not called so; use the emergency key in a talk',
  },
  'outbound.numberForeign': {
    status: 422,
    zh: '未开放国际及港澳台长途，确需拨打请找运营员开放',
    en: 'Calls abroad are not allowed: ask an operator to allow them',
  },
  'outbound.numberService': {
    status: 422,
    zh: '短号和服务号码不能外呼，请拨打对方的手机或固定电话',
    en: 'No short codes and services are called: call a mobile or a fixed line',
  },
  'outbound.numberOwn': {
    status: 422,
    zh: '这是本热线的号码，呼出会回到本热线；请拨打对方的其他号码',
    en: 'This number is ours and the call would come back to us: call another one',
  },
  'outbound.numberInvalid': {
    status: 422,
    zh: '号码无效，请核对区号和位数',
    en: 'This is no telephone number: look at its area code and length',
  },
  'outbound.quietHours': {
    status: 409,
    zh: '现在是免打扰时段，请在时段结束后再拨',
    en: 'These are quiet hours; call after them',
  },
  'outbound.tooMany': {
    status: 429,
    zh: '本小时外呼总数已满，请稍后再拨',
    en: 'The hotline has made as many calls as it may in an hour; try later',
  },
  'outbound.tooManyByAgent': {
    status: 429,
    zh: '您本小时的外呼已满，请稍后再拨',
    en: 'You have made as many calls as you may in an hour; try later',
  },
  'outbound.tooManyToNumber': {
    status: 429,
    zh: '该号码本小时已多次拨打，请稍后再拨',
    en: 'This number was called as often as it may be in an hour; try later',
  },
  'outbound.citizenOnLine': {
    status: 409,
    zh: '该市民正在与本热线通话或正被呼叫，请稍后再拨',
    en: 'The citizen is on the line with us, or is being called already: call later',
  },
  'outbound.agentNotFree': {
    status: 409,
    zh: '您正在振铃或通话中，请在结束后再拨',
    en: 'You are ringing or talking: call when that is over',
  },
  'outbound.unitPhoneInvalid': {
    status: 422,
    zh: '该话机的号码不能用来联系诉求人，请用单位登记的另一部话机，或请运营员登记',
    en: 'A citizen cannot be called from this telephone: use another one of the unit, or have an operator register it',
  },
  'outbound.unitPhoneBusy': {
    status: 409,
    zh: '该话机正在另一通联系中，请在其结束后再拨',
    en: 'The telephone is in another such call: call when that is over',
  },
  'missedCall.unknown': {
    status: 404,
    zh: '没有这件未接来电；可能已有人处理，请刷新列表',
    en: 'There is no such missed call: somebody may have dealt with it; load the list anew',
  },
  'missedCall.taken': {
    status: 409,
    zh: '他人正在处理，请另选一件',
    en: 'Somebody else holds it: take another',
  },
  'missedCall.over': {
    status: 409,
    zh: '已处理完毕，或市民已自行接通；请另选一件',
    en: 'It is over, handled or the citizen got through: take another',
  },
  'missedCall.quotaUsed': {
    status: 429,
    zh: '本小时的回拨名额已用完，请稍后再领',
    en: 'The calls back of this hour are used up; try later',
  },
  'missedCall.notHeld': {
    status: 409,
    zh: '请先领取；领取一刻钟后失效',
    en: 'A claim lasts a quarter of an hour: take the call once more first',
  },
} as const satisfies Readonly<Record<string, Problem>>;
