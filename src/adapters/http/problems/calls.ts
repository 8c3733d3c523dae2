import type { Problem } from './problem.ts';

/** Calls in and out, what is kept of them, and their callers. */
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
  'outboundRules.invalid': {
    status: 422,
    zh: '外呼规定有误：主叫号码须为本热线登记的号码，中继须存在，110、119、120、122 紧急台不可缺、不可重复、不可指向本热线号码',
    en: 'Only numbers of the register are shown, the trunk must be one of the rules, and 110, 119, 120 and 122 stand once each, at no number of ours',
  },
  'outboundRules.changedMeanwhile': {
    status: 409,
    zh: '外呼规定已被他人修改，请重新读取',
    en: 'The rules were changed meanwhile; read them again',
  },
  'help.notAsked': {
    status: 409,
    zh: '该通话没有待答复的求助，或求助已结束；请刷新求助列表',
    en: 'Nobody asks for help in this call, or it is over: look at the list again',
  },
  'help.empty': { status: 422, zh: '请写一句话再答复', en: 'Write a word before you answer' },
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
    en: 'The call was not answered, so it has no outcome: to call back, claim it under missed calls',
  },
  'call.outcomeExists': {
    status: 409,
    zh: '该通话已登记去向，请刷新后查看，不必再登记',
    en: 'The call has its outcome already: load the page again to see it',
  },
  'call.notYetWritten': {
    status: 409,
    zh: '通话记录尚在写入，请稍后重试',
    en: 'The call is still being written down, retry shortly',
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
    en: 'Claim it first; a claim lasts a quarter of an hour',
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
  'recording.none': {
    status: 404,
    zh: '该通话没有录音；请以登记的内容和通话经过为准',
    en: 'This call has no recording: go by what was written down and by the course of the call',
  },
  'recording.notStored': {
    status: 409,
    zh: '录音尚未保存完毕，请在通话结束几秒钟后再试',
    en: 'The recording is not stored yet: try again some seconds after the end of the call',
  },
  'recording.failed': {
    status: 404,
    zh: '该通话录音失败，没有可播放的内容；请以登记的内容为准，并请告知运维人员',
    en: 'The recording failed, there is nothing to play: go by what was written down, and tell the operators',
  },
  'recording.nameInvalid': { status: 422, zh: '录音文件名无效', en: 'This is no name of a recording' },
  'recording.unreadable': {
    status: 422,
    zh: '录音文件无法读取，请告知运维人员',
    en: 'The file of the recording cannot be read: tell the operators',
  },
  'recording.noRoom': {
    status: 503,
    zh: '录音磁盘已满，请立即通知运维人员清理，以免丢失录音',
    en: 'The disk of recordings is full: tell whoever runs the machine at once, before recordings are lost',
  },
  'listen.unknown': {
    status: 404,
    zh: '没有这次收听，或不是您的；请重新点“收听”并说明用途',
    en: 'There is no such listening of yours: press listen anew and say what for',
  },
  'listen.over': {
    status: 410,
    zh: '这次收听已过期，请重新说明用途',
    en: 'This listening is over; say anew what for',
  },
  'clip.notUnits': {
    status: 403,
    zh: '录音片段由承办单位的人员申领；请由其登录后申请',
    en: 'A clip is asked for by somebody of the handling unit: leave it to them',
  },
  'clip.anonymous': {
    status: 409,
    zh: '诉求人要求匿名，声音可辨认身份，不提供录音片段；请看登记的诉求内容',
    en: 'The citizen wants to stay unknown, and a voice is known: no clip is given: read what was written down',
  },
  'clip.noCall': {
    status: 409,
    zh: '该工单不是由通话形成的，没有录音；请看登记的诉求内容',
    en: 'This ticket did not come by a call, there is no recording: read what was written down',
  },
  'clip.noRecording': {
    status: 409,
    zh: '该通话没有已保存的录音；请看登记的诉求内容',
    en: 'This call has no recording that was stored: read what was written down',
  },
  'clip.asked': {
    status: 409,
    zh: '本单位对该工单已有待审批的申请；请等审批结果，急用的请联系中心',
    en: 'Your unit has asked for a clip of this ticket already: wait for the decision, or call the hotline if it is urgent',
  },
  'clip.unknown': {
    status: 404,
    zh: '没有这个录音片段；请刷新工单后重选',
    en: 'There is no such clip: load the ticket anew and choose again',
  },
  'clip.ownRequest': {
    status: 403,
    zh: '不得审批本人的申请，请由他人审批',
    en: 'Nobody decides on the own request; let somebody else',
  },
  'clip.decided': {
    status: 409,
    zh: '该申请的状态已变，见 state；请刷新后再试',
    en: 'This request is in another state by now, see state; read it again',
  },
  'clip.cutInvalid': {
    status: 422,
    zh: '片段的起止不符合要求，见 fault：须在录音之内，1 秒至 5 分钟，不超过录音的八成，消音时段须在片段之内',
    en: 'The cut does not fit, see fault: inside the recording, 1 second to 5 minutes, at most four fifths of it, muted stretches inside the clip',
  },
  'clip.notApproved': {
    status: 409,
    zh: '该申请尚未批准；请等审批后再取',
    en: 'This request is not approved: wait for the decision',
  },
  'clip.over': {
    status: 410,
    zh: '该片段已过期或已收回，确需使用请重新申请',
    en: 'This clip is over, or was taken back: ask for it anew if it is needed',
  },
  'alarm.unknown': {
    status: 404,
    zh: '没有这条告警，或已处理；请刷新列表',
    en: 'There is no such alarm, or it is closed: read the list again',
  },
  'recording.ofOthers': {
    status: 403,
    zh: '录音中有其他单位的话务员，请向热线中心申请',
    en: 'Agents of another employer are heard in this recording: ask the hotline',
  },
} as const satisfies Readonly<Record<string, Problem>>;
