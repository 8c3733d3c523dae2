// data table
/**
 * The only place that knows what a code means in HTTP. A code is stable and never reused; its titles may be reworded.
 * A refusal that is missing here fails a test and answers 422.
 */
export interface Problem {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

export const PROBLEMS = {
  // The request itself.
  'request.invalid': { status: 400, zh: '请求内容不符合要求', en: 'The request does not fit its schema' },
  'request.textUnwritable': {
    status: 400,
    zh: '含有无法保存的字符（U+0000 或残缺的字符），请删去',
    en: 'It holds a character that cannot be kept, U+0000 or half a character; leave it out',
  },
  'request.jsonInvalid': { status: 400, zh: '请求正文不是有效的 JSON', en: 'The body is not valid JSON' },
  'request.tooLarge': { status: 413, zh: '请求正文过大', en: 'The body is too large' },
  'request.mediaType': {
    status: 415,
    zh: '请求正文须为 application/json',
    en: 'The body must be application/json',
  },
  'request.notFound': { status: 404, zh: '没有这个地址', en: 'There is nothing at this address' },
  'request.webSocketOnly': {
    status: 426,
    zh: '此地址只接受 WebSocket 连接',
    en: 'This address speaks WebSocket only',
  },
  'request.rangeInvalid': { status: 416, zh: '请求的范围无效', en: 'The range cannot be served' },
  'request.tooOften': {
    status: 429,
    zh: '请求过于频繁，请稍后再试',
    en: 'Too many requests, try again later',
  },
  'page.invalid': { status: 400, zh: '翻页标记无效', en: 'The page cursor is not one of ours' },
  'period.invalid': {
    status: 400,
    zh: '统计时段无效：起始日不得晚于截止日，最长 92 天',
    en: 'The period must not end before it starts and spans at most 92 days',
  },

  'rate.periodInvalid': {
    status: 400,
    zh: '时段无效：起始须早于截止，至少一分钟，最长 31 天，不得在将来',
    en: 'The period must begin before it ends, hold a whole minute that is over, and span at most 31 days',
  },
  'rate.tooManyCalls': {
    status: 422,
    zh: '时段内通话过多，请缩短时段',
    en: 'Too many calls in the period; take a shorter one',
  },
  'period.incomplete': {
    status: 400,
    zh: '统计时段不完整：给出 from 和 to（可加 beforeFrom 和 beforeTo），或给出 splitOn 和 days',
    en: 'Give from and to (perhaps beforeFrom and beforeTo), or splitOn and days',
  },
  'period.tooLong': {
    status: 400,
    zh: '统计时段无效：起始日不得晚于截止日，最长 366 天',
    en: 'The period must not end before it starts and spans at most 366 days',
  },

  // Who asks.
  'session.missing': { status: 401, zh: '请先登录', en: 'Sign in first' },
  'session.invalid': {
    status: 401,
    zh: '登录已失效，请重新登录',
    en: 'The session has ended, sign in again',
  },
  'session.crossSite': {
    status: 403,
    zh: '拒绝来自其他网站的请求',
    en: 'A request from another site is refused',
  },
  'access.denied': { status: 403, zh: '您的角色无权进行此操作', en: 'Your roles do not allow this' },
  'access.ofUnit': {
    status: 403,
    zh: '承办单位的人员不得裁定责任、制定规则或修改时限与日历',
    en: 'Nobody of a handling unit decides whose a matter is, or changes rules, limits and calendars',
  },
  'signIn.tooMany': {
    status: 429,
    zh: '登录失败次数过多，请稍后再试',
    en: 'Too many failed sign-ins, try again later',
  },

  // A repeated request.
  'idempotency.underWay': {
    status: 409,
    zh: '同一请求正在处理，请稍后重试',
    en: 'The same request is being carried out, retry shortly',
  },
  'idempotency.otherRequest': {
    status: 422,
    zh: '该 Idempotency-Key 已用于另一请求',
    en: 'This Idempotency-Key was used for another request',
  },

  // Accounts.
  'account.credentialsWrong': {
    status: 401,
    zh: '用户名或密码不正确',
    en: 'The user name or the password is wrong',
  },
  'account.disabled': { status: 403, zh: '账号已停用', en: 'The account is disabled' },
  'account.unknown': { status: 404, zh: '没有这个账号', en: 'There is no such account' },
  'account.usernameInvalid': {
    status: 422,
    zh: '用户名须为 2 至 40 位小写字母、数字或 . _ -',
    en: 'A user name has 2 to 40 of a-z 0-9 . _ -',
  },
  'account.usernameTaken': { status: 409, zh: '用户名已被使用', en: 'The user name is taken' },
  'account.displayNameMissing': { status: 422, zh: '缺少姓名', en: 'The display name is missing' },
  'account.passwordWeak': {
    status: 422,
    zh: '密码太弱：至少 10 位，含 5 种以上字符，不得包含用户名',
    en: 'The password is weak: 10 characters at least, 5 different ones, without the user name',
  },
  'account.passwordSame': { status: 422, zh: '新密码与原密码相同', en: 'The new password is the old one' },
  'account.roleUnknown': { status: 422, zh: '角色不存在', en: 'There is no such role' },
  'account.agentNeedsPhone': {
    status: 422,
    zh: '话务员须同时登记工号、技能队列和话机',
    en: 'An agent needs a work number, queues and a phone',
  },
  'account.unitMissing': { status: 422, zh: '承办单位账号须指明单位', en: 'A unit account names its unit' },
  'account.unitUnknown': { status: 422, zh: '没有这个承办单位', en: 'There is no such unit' },

  // Agents and call control.
  'agent.unknown': { status: 404, zh: '没有这个话务员', en: 'There is no such agent' },
  'agent.signedOut': { status: 409, zh: '话务员尚未签入', en: 'The agent is signed out' },
  'agent.phoneUnreachable': {
    status: 409,
    zh: '话机未注册或无法接通，请检查话机',
    en: 'The phone is not registered or does not answer',
  },
  'agent.mustSignOut': {
    status: 409,
    zh: '班长已要求您在本次通话后签出',
    en: 'A lead has ended this shift; it ends with the present call',
  },
  'agent.notInWrapUp': { status: 409, zh: '当前不在整理态，无法延长', en: 'There is no wrap-up to extend' },
  'agent.wrapUpTooLong': {
    status: 422,
    zh: '超过整理态允许延长的时间',
    en: 'The wrap-up may not be extended that far',
  },
  'agent.phoneNone': {
    status: 409,
    zh: '您没有这种话机，请先开通',
    en: 'You have no phone of this kind; open one first',
  },
  'agent.heartbeatNeeded': {
    status: 409,
    zh: '使用浏览器话机时须由页面发送心跳',
    en: 'With a browser phone the page must show life',
  },
  'presenceRules.invalid': { status: 422, zh: '示忙原因设置有误', en: 'The presence rules hold faults' },
  'presenceRules.changedMeanwhile': {
    status: 409,
    zh: '他人已修改示忙设置，请重新载入后再改',
    en: 'Somebody else changed the presence rules meanwhile; nothing was overwritten',
  },
  'agent.reasonUnknown': { status: 422, zh: '没有这个示忙原因', en: 'There is no such reason' },
  'agent.numberInvalid': { status: 422, zh: '工号须为 3 至 8 位数字', en: 'A work number has 3 to 8 digits' },
  'agent.numberTaken': { status: 409, zh: '工号已被使用', en: 'The work number is taken' },
  'agent.skillInvalid': {
    status: 422,
    zh: '技能须为小写代码，等级 1 至 9',
    en: 'A skill is a lower-case code with a level from 1 to 9',
  },
  'agent.employerUnknown': { status: 422, zh: '没有这个派出单位', en: 'There is no such employer' },
  'agent.queueMissing': {
    status: 422,
    zh: '话务员至少属于一个队列',
    en: 'An agent belongs to one queue at least',
  },
  'agent.queueUnknown': { status: 422, zh: '没有这个队列', en: 'There is no such queue' },
  'callControl.away': {
    status: 503,
    zh: '呼叫控制暂时没有响应，操作未确认，请稍后再试',
    en: 'Call control does not answer; whether it acted is not known',
  },
  'callControl.busy': {
    status: 503,
    zh: '呼叫控制暂时无法执行此操作，请稍后再试',
    en: 'Call control cannot do this at the moment',
  },

  // A lead at a talk.
  'call.notTalking': { status: 409, zh: '该通话当前没有话务员在通话', en: 'No agent talks in this call' },
  'listening.elsewhere': {
    status: 409,
    zh: '您正在侦听另一通话，请先结束',
    en: 'You listen to another call; end that first',
  },
  'listening.noPhone': {
    status: 409,
    zh: '您没有登记话机：请由管理员为班长账号开通座席',
    en: 'You have no telephone: the administrator gives a lead a seat of the own',
  },
  'listening.busy': {
    status: 409,
    zh: '请先示忙或签出，再侦听',
    en: 'Be not ready or signed out before you listen',
  },
  'listening.goesOn': {
    status: 409,
    zh: '您正在侦听：请先结束侦听，再示闲或呼出',
    en: 'You are listening: end that before you are ready or call somebody',
  },
  'listening.listenFirst': {
    status: 409,
    zh: '请先侦听、耳语或插入，再拦截',
    en: 'Listen to the call before you take it over',
  },

  // Calls.
  'talk.notInIt': { status: 409, zh: '您不在这个通话中', en: 'You are not in this talk' },
  'talk.notNow': {
    status: 409,
    zh: '通话的当前状态下不能这样操作',
    en: 'Not in the present state of the talk',
  },
  'talk.partyUnknown': {
    status: 404,
    zh: '通话中没有这一方，或其当前状态不允许这样操作',
    en: 'Nobody of that id is in the talk, or not so that this could be done',
  },
  'talk.full': { status: 409, zh: '通话人数已满', en: 'The talk has as many parties as it can' },
  'talk.notAlone': {
    status: 409,
    zh: '通话中还有其他人，请先移出，再转接到队列',
    en: 'Others are in the talk: remove them before it goes to a queue',
  },
  'talk.lastAgent': {
    status: 409,
    zh: '离开后市民将无人接听，请转接或挂断',
    en: 'The citizen would be left to nobody: transfer, or release the call',
  },
  'talk.emergencyNotAccepted': {
    status: 409,
    zh: '紧急台尚未受理，请留在通话中，或先移出紧急台',
    en: 'The emergency desk has not accepted: stay in the talk, or remove the desk first',
  },
  'talk.alreadyInIt': { status: 409, zh: '对方已在通话中', en: 'Is in the talk already' },
  'talk.notYours': {
    status: 403,
    zh: '只有通话的负责话务员、邀请该方的人或班长可以将其移出',
    en: 'Only the agent who has the call, who brought the party in, or a lead may remove it',
  },
  'talk.nobodyToHear': { status: 409, zh: '没有可以接收按键的一方', en: 'Nobody is there to hear the keys' },
  'target.unknown': { status: 404, zh: '没有这个转接对象', en: 'There is no such target' },
  'target.self': { status: 422, zh: '不能转接给自己', en: 'The target is yourself' },
  'target.signedOut': { status: 409, zh: '对方未签入', en: 'The target is signed out' },
  'target.busy': { status: 409, zh: '对方忙或示忙', en: 'The target is busy or not ready' },
  'target.unreachable': { status: 409, zh: '对方话机不在线', en: "The target's phone is not reachable" },
  'target.nobodyFree': {
    status: 409,
    zh: '该队列没有空闲的话务员，可转接到队列排队',
    en: 'Nobody of that queue is free; a transfer to the queue waits there',
  },
  'target.noNumber': {
    status: 404,
    zh: '号码登记表中没有该单位的电话',
    en: 'The register has no telephone of that unit',
  },
  'target.numberInvalid': {
    status: 422,
    zh: '号码须为 3 至 20 位数字',
    en: 'A number has three to twenty digits',
  },
  'target.ownNumber': {
    status: 422,
    zh: '这是本热线的号码，请选择队列',
    en: 'This number is answered here: name a queue',
  },
  'target.trunkUnknown': {
    status: 409,
    zh: '呼出中继未在规则中登记，请联系运维人员',
    en: 'The trunk for calls outside is unknown to the rules; tell the operator',
  },
  'call.notOutbound': {
    status: 409,
    zh: '这不是外呼，不能记为未接通',
    en: 'Only of a call that we made can it be said that nobody was reached',
  },
  'outboundRules.invalid': {
    status: 422,
    zh: '外呼规定有误：主叫号码须为本热线登记的号码，中继须存在，110、119、120 紧急台不可缺、不可重复、不可指向本热线号码',
    en: 'Only numbers of the register are shown, the trunk must be one of the rules, and 110, 119 and 120 stand once each, at no number of ours',
  },
  'outboundRules.changedMeanwhile': {
    status: 409,
    zh: '外呼规定已被他人修改，请重新读取',
    en: 'The rules were changed meanwhile; read them again',
  },
  'callback.unknown': { status: 404, zh: '没有这个回呼', en: 'There is no such callback' },
  'callback.over': { status: 409, zh: '该回呼已结束', en: 'The callback is over' },
  'outbound.numberWithheld': {
    status: 422,
    zh: '没有可拨打的号码',
    en: 'There is no number to call',
  },
  'outbound.numberEmergency': {
    status: 422,
    zh: '紧急号码不能外呼，请用通话中的紧急转接',
    en: 'An emergency number is not called so; use the emergency key in a talk',
  },
  'outbound.numberForeign': {
    status: 422,
    zh: '未开放国际及港澳台长途',
    en: 'Calls abroad are not allowed; an operator can allow them',
  },
  'outbound.numberService': {
    status: 422,
    zh: '短号和服务号码不能外呼，只能拨打手机或固定电话',
    en: 'Only mobiles and fixed lines are called, no short codes and services',
  },
  'outbound.numberOwn': {
    status: 422,
    zh: '这是本热线的号码，呼出会回到本热线',
    en: 'This number is ours: the call would come back to us',
  },
  'outbound.numberInvalid': { status: 422, zh: '号码无效', en: 'This is no telephone number' },
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
    zh: '该市民正在与本热线通话或正被呼叫',
    en: 'The citizen is on the line with us, or is being called already',
  },
  'outbound.agentNotFree': {
    status: 409,
    zh: '您正在振铃或通话中，结束后再拨',
    en: 'You are ringing or talking; call when that is over',
  },
  'call.none': { status: 409, zh: '话务员当前没有通话', en: 'The agent has no call' },
  'call.unknown': { status: 404, zh: '没有这个通话', en: 'There is no such call' },
  'call.notYours': { status: 403, zh: '这不是您接听的通话', en: 'This is not a call of yours' },
  'call.notAnswered': {
    status: 409,
    zh: '该通话未接通，无需登记去向',
    en: 'The call was not answered, so it has no outcome',
  },
  'call.outcomeExists': { status: 409, zh: '该通话已登记去向', en: 'The call has its outcome already' },
  'call.notYetWritten': {
    status: 409,
    zh: '通话记录尚在写入，请稍后重试',
    en: 'The call is still being written down, retry shortly',
  },
  'call.reasonMissing': { status: 422, zh: '请说明无效来电的理由', en: 'Say why the call is invalid' },
  'call.reasonTooLong': { status: 422, zh: '理由太长', en: 'The reason is too long' },
  'call.closeForbidden': {
    status: 403,
    zh: '您的角色无权登记通话去向',
    en: 'Your roles may not close a call',
  },

  // Tickets.
  'ticket.unknown': { status: 404, zh: '没有这张工单，或您无权查看', en: 'There is no such ticket for you' },
  'citizen.anonymous': {
    status: 403,
    zh: '匿名诉求，不得查看或联系诉求人',
    en: 'The appeal is anonymous: who made it is not for you',
  },
  'citizen.leaseOver': {
    status: 403,
    zh: '查看时限已过或尚未说明理由，请先说明理由',
    en: 'The ten minutes are over, or no reason was given yet; give one first',
  },
  'unitCall.notNow': {
    status: 409,
    zh: '工单不在贵单位办理，现在不能联系诉求人',
    en: 'The ticket is not with the unit now',
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
  'unitCall.phoneKnown': { status: 409, zh: '该单位已登记这个号码', en: 'The unit has this number already' },
  'outbound.unitPhoneInvalid': {
    status: 422,
    zh: '单位话机的号码不能用来联系诉求人',
    en: 'A citizen cannot be called from this telephone',
  },
  'outbound.unitPhoneBusy': {
    status: 409,
    zh: '该话机正在另一通联系中',
    en: 'The telephone is in another such call',
  },
  'incident.unknown': {
    status: 404,
    zh: '没有这个事件，或您无权查看',
    en: 'There is no such incident for you',
  },
  'incident.moveImpossible': {
    status: 409,
    zh: '事件在此状态下不能进行这一步',
    en: 'The incident is in a state from which this move does not exist',
  },
  'incident.moveForbidden': { status: 403, zh: '您无权进行这一步', en: 'You may not make this move' },
  'incident.movedMeanwhile': {
    status: 409,
    zh: '事件已被他人办理，请刷新后再试',
    en: 'Somebody else moved the incident meanwhile; look again',
  },
  'incident.reasonMissing': { status: 422, zh: '请说明理由', en: 'Say why' },
  'incident.membersOpen': {
    status: 409,
    zh: '事件中还有未结的工单，请逐件回访结案',
    en: 'Appeals of the incident are open: each citizen is asked and closed by himself first',
  },
  'incident.over': { status: 409, zh: '事件已结束或解散', en: 'The incident is over' },
  'incident.notOpen': { status: 409, zh: '事件未在处置中', en: 'The incident is not being dealt with' },
  'incident.empty': { status: 409, zh: '事件中没有工单', en: 'The incident has no appeals' },
  'incident.praise': { status: 422, zh: '表扬不计入诉求，不能并入', en: 'Thanks are no appeal' },
  'incident.elsewhere': {
    status: 409,
    zh: '工单已在另一事件中，请先移出',
    en: 'The ticket is in another incident; let it leave that first',
  },
  'incident.ticketOver': { status: 409, zh: '工单已结，不能并入', en: 'The ticket is over' },
  'incident.notMember': { status: 404, zh: '工单不在这个事件中', en: 'The ticket is not in this incident' },
  'incident.announcementTaken': {
    status: 409,
    zh: '没有这条公告，或已属于另一事件',
    en: 'There is no such announcement, or it is of another incident',
  },
  'thread.unknown': {
    status: 404,
    zh: '没有这条线索，或已并入另一条',
    en: 'There is no such thread, or it went into another',
  },
  'thread.same': { status: 422, zh: '不能并入自身', en: 'A thread does not go into itself' },
  'thread.notMember': { status: 404, zh: '工单不在这条线索中', en: 'The ticket is not in this thread' },
  'thread.nothingLeft': {
    status: 422,
    zh: '不能移出全部工单',
    en: 'Something must stay in the thread: all of it elsewhere is the same thread',
  },
  'thread.elsewhere': {
    status: 409,
    zh: '工单分属不同线索，请先合并',
    en: 'The tickets are in different threads; merge those',
  },
  'grant.unknown': {
    status: 404,
    zh: '知悉范围中没有此人，或已到期',
    en: 'There is no such entry, or it is over',
  },
  'grant.notConfidential': {
    status: 422,
    zh: '只有保密工单才有知悉范围',
    en: 'Only a confidential ticket has a list of those who need to know',
  },
  'grant.toOneself': { status: 403, zh: '不得将自己列入知悉范围', en: 'Nobody puts himself on a list' },
  'grant.untilPast': { status: 422, zh: '期限须在将来', en: 'It must end in the future' },
  'grant.tooLong': { status: 422, zh: '期限过长，最长 90 天', en: 'It may last 90 days at most' },
  'reply.none': { status: 409, zh: '没有待发布的答复', en: 'There is no reply that waits to be released' },
  'reply.notHeld': { status: 409, zh: '答复未被暂缓，无需确认', en: 'The reply is not held' },
  'reply.held': {
    status: 409,
    zh: '公开答复含有个人信息，请修改，或核实后确认',
    en: 'The public reply holds personal data: mend it, or confirm that it may be read by all',
  },
  'ticket.typeUnknown': { status: 422, zh: '没有这种诉求类型', en: 'There is no such type of appeal' },
  'ticket.categoryUnknown': { status: 422, zh: '没有这个诉求分类', en: 'There is no such category' },
  'ticket.unitUnknown': { status: 422, zh: '没有这个承办单位', en: 'There is no such handling unit' },
  'ticket.textMissing': { status: 422, zh: '诉求内容为空', en: 'The appeal has no text' },
  'ticket.textTooLong': { status: 422, zh: '文字太长', en: 'A text is too long' },
  'ticket.moveForbidden': { status: 403, zh: '您无权进行这一步', en: 'You may not make this move' },
  'ticket.reasonMissing': { status: 422, zh: '请说明理由', en: 'Say why' },
  'ticket.moveImpossible': {
    status: 409,
    zh: '工单在当前状态下不能进行这一步',
    en: 'From the state it is in, the ticket cannot make this move',
  },
  'ticket.ownUnit': {
    status: 403,
    zh: '承办单位不得审核、回访或了结自己的工单',
    en: 'A handling unit never reviews, visits or closes its own ticket',
  },
  'ticket.otherUnit': {
    status: 403,
    zh: '只有该工单的承办单位可以进行这一步',
    en: "Only the ticket's own handling unit makes this move",
  },
  'ticket.movedMeanwhile': {
    status: 409,
    zh: '您查看之后，工单已由他人办理；请刷新后再办',
    en: 'Somebody moved the ticket after you looked at it; look again and decide anew',
  },
  'ticket.detailMissing': {
    status: 422,
    zh: '缺少这一步所需的内容，见 field',
    en: 'The move lacks what it needs, named by field',
  },
  'ticket.detailOutOfPlace': {
    status: 422,
    zh: '这一步不接受该内容，见 field',
    en: 'The move does not take what is named by field',
  },
  'ticket.sameUnit': {
    status: 422,
    zh: '工单已在该单位；请指明其他单位',
    en: 'The ticket is with this unit already; name another',
  },
  'ticket.returnedBefore': {
    status: 409,
    zh: '该单位已退过此单，不得再退；如有异议请申请协调',
    en: 'This unit has returned the ticket once; it cannot again',
  },
  'missedCall.unknown': { status: 404, zh: '没有这件未接来电', en: 'There is no such missed call' },
  'missedCall.taken': { status: 409, zh: '他人正在处理', en: 'Somebody else holds it' },
  'missedCall.over': {
    status: 409,
    zh: '已处理完毕，或市民已自行接通',
    en: 'It is over: handled, or the citizen got through',
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
  'visit.notDue': {
    status: 409,
    zh: '工单不在回访中',
    en: 'The ticket does not wait for a return visit',
  },
  'visit.answersMissing': {
    status: 422,
    zh: '已接听的回访须填写三项答复：是否解决、结果满意度、过程满意度',
    en: 'A visit that was answered has three answers: solved, content with the result, content with the way',
  },
  'visit.answersOutOfPlace': {
    status: 422,
    zh: '市民未接听，不能填写答复',
    en: 'Nobody answered, so there are no answers',
  },
  'visit.ticketTwice': {
    status: 422,
    zh: '同一次回访中，每张工单只登记一次',
    en: 'In one visit each ticket is named once',
  },
  'visit.timeMissing': { status: 422, zh: '请填写另约的时间', en: 'Say when the citizen wants to be called' },
  'visit.tooFewAttempts': {
    status: 409,
    zh: '至少须在两天、两个时段拨打三次未能联系，方可按未联系上处理',
    en: 'Try at least three times, on two days and in two parts of the day, before giving up',
  },
  'contact.noNumber': {
    status: 409,
    zh: '工单没有市民号码，无法联系',
    en: 'The ticket has no number of the citizen',
  },
  'contact.held': {
    status: 409,
    zh: '该市民正由他人（或自动回访）联系，请稍后',
    en: 'Somebody else, or the machine, has the contact of this citizen now',
  },
  'contact.tooOften': {
    status: 409,
    zh: '今日已多次联系该市民，如确需再次联系请说明理由',
    en: 'He was called often enough today; say why he is called once more',
  },
  'contact.outcomeMissing': {
    status: 409,
    zh: '上一次拨打尚未登记结果，请先登记',
    en: 'Write down first what came of your last call',
  },
  'contact.notHeld': {
    status: 409,
    zh: '您没有占用这次联系，或占用已到期、已拨打须登记结果',
    en: 'You do not hold this contact: open the ticket first, or write down what came of the call',
  },
  'instruction.unknown': { status: 404, zh: '没有这份批示', en: 'There is no such instruction' },
  'instruction.dueInPast': {
    status: 422,
    zh: '批示的办理时限须晚于现在',
    en: 'The time of an instruction lies ahead',
  },
  'instruction.moveImpossible': {
    status: 409,
    zh: '批示在当前状态下不能进行这一步',
    en: 'From the state it is in, the instruction cannot make this move',
  },
  'instruction.moveForbidden': { status: 403, zh: '您无权进行这一步', en: 'You may not make this move' },
  'instruction.ownUnit': {
    status: 403,
    zh: '承办单位通过督办单反馈，不直接办理批示',
    en: 'A unit answers its orders; an instruction is not its own to work on',
  },
  'instruction.wordsMissing': { status: 422, zh: '请写明内容', en: 'Say what' },
  'supervision.formFault': {
    status: 422,
    zh: '督办文书要素缺少（missing）或多余（unknown），见 field',
    en: 'A field of the form of the instrument is missing, or does not belong there; see field',
  },
  'sample.unknown': { status: 404, zh: '没有这条复核', en: 'There is no such second visit' },
  'sample.over': { status: 409, zh: '这条复核已经完成', en: 'This second visit is over' },
  'sample.samePerson': {
    status: 403,
    zh: '首次回访由您完成，须由他人复核',
    en: 'You made the first visit; another person makes the second',
  },
  'ticketRating.notYet': {
    status: 409,
    zh: '工单尚未办结，办结后方可评价',
    en: 'The matter is rated once it has been reported done',
  },
  'ticketRating.given': {
    status: 409,
    zh: '本次办结已经评价过（一事一评）',
    en: 'This matter has been rated already',
  },
  'truth.evidenceMissing': {
    status: 422,
    zh: '认定部分属实或不属实须附证据',
    en: 'Say what shows that it is not, or only partly, true',
  },
  'exclusion.unknown': {
    status: 404,
    zh: '没有这份剔除申请，或您无权查看',
    en: 'There is no such request for you',
  },
  'exclusion.stands': {
    status: 409,
    zh: '这张工单已有剔除申请',
    en: 'A request for this ticket stands already',
  },
  'exclusion.truthMissing': {
    status: 409,
    zh: '以不属实为由剔除，须先由中心认定诉求不属实',
    en: 'Before it is excluded as untrue the hotline must have found that it is',
  },
  'exclusion.moveImpossible': {
    status: 409,
    zh: '剔除申请在当前状态下不能进行这一步',
    en: 'From the state it is in, the request cannot make this move',
  },
  'exclusion.moveForbidden': { status: 403, zh: '您无权进行这一步', en: 'You may not make this move' },
  'exclusion.ownUnit': {
    status: 403,
    zh: '承办单位不得决定自己的剔除',
    en: 'A unit never decides about its own figures',
  },
  'exclusion.otherUnit': {
    status: 403,
    zh: '只能为本单位申请剔除',
    en: 'A unit asks for its own tickets only',
  },
  'exclusion.samePerson': {
    status: 403,
    zh: '须由申请人和首位同意人以外的第二人决定',
    en: 'A second person decides: not who asked, nor who agreed first',
  },
  'exclusion.notYours': { status: 403, zh: '只有申请人可以撤回', en: 'Only who asked takes it back' },
  'exclusion.reasonMissing': { status: 422, zh: '请说明理由或证据', en: 'Say why, or what shows it' },
  'surveyRules.queueUnknown': {
    status: 422,
    zh: '没有这个专席',
    en: 'There is no such desk',
  },
  'surveyRules.changedMeanwhile': {
    status: 409,
    zh: '自动回访的规定已被他人修改，请重新读取',
    en: 'The rules of automatic visits were changed meanwhile; read them again',
  },
  'supervision.unknown': {
    status: 404,
    zh: '没有这份督办单，或您无权查看',
    en: 'There is no such order for you',
  },
  'supervision.noUnit': {
    status: 409,
    zh: '工单尚未派给承办单位，无从督办',
    en: 'No unit has the ticket, so there is nobody to supervise',
  },
  'supervision.moveImpossible': {
    status: 409,
    zh: '督办单在当前状态下不能进行这一步',
    en: 'From the state it is in, the order cannot make this move',
  },
  'supervision.moveForbidden': { status: 403, zh: '您无权进行这一步', en: 'You may not make this move' },
  'supervision.ownUnit': {
    status: 403,
    zh: '承办单位不得督办或评判自己',
    en: 'A unit never supervises or judges itself',
  },
  'supervision.otherUnit': {
    status: 403,
    zh: '只有被督办的单位可以反馈',
    en: 'Only the unit that the order went to answers it',
  },
  'supervision.reasonMissing': { status: 422, zh: '请说明内容', en: 'Say what' },
  'ticket.returnTooLate': {
    status: 409,
    zh: '已过退单时限（派单后一个工作日）',
    en: 'A ticket is returned within one working day of its dispatch',
  },
  'ticket.reopenTooLate': {
    status: 409,
    zh: '已过重办期限（见 until），请为市民登记新工单',
    en: 'The time in which it could be reopened is over (see until): open a new ticket',
  },

  'jobs.noFailure': {
    status: 404,
    zh: '没有这项失败的任务，可能已经完成',
    en: 'There is no such failed job; it may be done by now',
  },
  'force.unknown': { status: 404, zh: '没有这份强制流转申请', en: 'There is no such request' },
  'force.moveImpossible': { status: 409, zh: '该申请已有结果', en: 'The request is decided already' },
  'force.moveForbidden': {
    status: 403,
    zh: '强制流转由班长或督办人员申请，并由另一人同意',
    en: 'A lead or a supervisor asks, and another one agrees',
  },
  'force.ownUnit': {
    status: 403,
    zh: '承办单位的人员不得强制流转工单',
    en: 'Nobody of a handling unit forces a ticket',
  },
  'force.ownWork': { status: 403, zh: '须由另一人同意', en: 'Somebody else has to agree' },
  'force.notYours': { status: 403, zh: '只有申请人可以撤回', en: 'Only who asked takes it back' },
  'force.sameState': { status: 409, zh: '工单已在该状态', en: 'The ticket is there already' },
  'force.unitMissing': {
    status: 422,
    zh: '该状态须有承办单位，请指明 unitCode',
    en: 'In that state a unit has the ticket: name it in unitCode',
  },
  'force.stands': {
    status: 409,
    zh: '该工单已有一份申请待同意',
    en: 'Another request for this ticket waits for somebody to agree',
  },
  'force.expired': {
    status: 409,
    zh: '申请已过一日，自动失效，请重新申请',
    en: 'It is older than a day and has expired: ask again',
  },
  'force.ticketMoved': {
    status: 409,
    zh: '申请之后工单已有变动，申请失效，请看过后重新申请',
    en: 'The ticket moved since it was asked, and the request has expired: look again, and ask again',
  },
  'extension.unknown': { status: 404, zh: '没有这份延期申请', en: 'There is no such request for more time' },
  'extension.moveImpossible': { status: 409, zh: '该延期申请已有结果', en: 'The request is decided already' },
  'extension.moveForbidden': {
    status: 403,
    zh: '您不能办理这一步：申请由承办单位提出，决定由中心作出',
    en: 'The unit asks, the centre decides',
  },
  'extension.otherUnit': {
    status: 403,
    zh: '只有本工单的承办单位可以申请',
    en: 'Only the unit that has the ticket asks for more time',
  },
  'extension.ownWork': { status: 403, zh: '不能批准自己的申请', en: 'Nobody decides his own request' },
  'extension.notNow': {
    status: 409,
    zh: '签收之后、办结上报之前方可申请延期',
    en: 'More time is asked for between signing and reporting done',
  },
  'extension.ticketMoved': {
    status: 409,
    zh: '工单已转其他单位或已办结上报，不再批准延期，请不予批准',
    en: 'The ticket is with another unit or reported done: no time is given any more, refuse the request',
  },
  'extension.urgent': { status: 409, zh: '急件不予延期', en: 'What is urgent is not put off' },
  'extension.tooOften': {
    status: 409,
    zh: '延期次数已用完（见 times）',
    en: 'It was granted as often as may be (see times)',
  },
  'extension.tooLong': {
    status: 422,
    zh: '一次延期过长（最长见 longest）',
    en: 'That is more than is granted at once (see longest)',
  },
  'extension.tooMuch': {
    status: 422,
    zh: '批准的时间不得多于申请的（见 asked）',
    en: 'No more is granted than was asked (see asked)',
  },
  'extension.tooLate': {
    status: 409,
    zh: '已过申请期限：须在到期前若干工作日提出，并在到期前决定',
    en: 'It is asked so many working days before the time is over, and decided before it is over',
  },
  'extension.askedAlready': {
    status: 409,
    zh: '已有一份申请待决定',
    en: 'One request waits for its decision already',
  },
  'extension.personalData': {
    status: 422,
    zh: '告知市民的理由中含有个人信息（见 kinds），请删去',
    en: 'What the citizen is told holds personal data (see kinds); leave it out',
  },
  'calendar.faulty': {
    status: 422,
    zh: '工作时段无效：按先后排列、不重叠、在一日之内，且总有工作日',
    en: 'Working periods are in order, do not overlap and lie within the day, and some day is worked',
  },
  'calendar.hoursFaulty': {
    status: 422,
    zh: '提醒时段的起点须早于终点',
    en: 'The notice hours begin before they end',
  },
  'calendar.periodInvalid': {
    status: 400,
    zh: '日期范围无效：起不晚于止，最多 400 天',
    en: 'The days begin before they end and are 400 at most',
  },
  'calendar.unitTakesWhole': {
    status: 422,
    zh: '单位的日历整份给出（days 和 periods），年份由中心登记',
    en: 'The calendar of a unit is given whole, as days and periods; years are entered for the centre',
  },
  'limits.unknown': { status: 404, zh: '没有这一版时限规定', en: 'There is no such set of limits' },
  'limits.presetUnknown': { status: 422, zh: '没有这个时限预设', en: 'There is no such preset of limits' },
  'limits.faulty': {
    status: 422,
    zh: '时限不合规则，逐项见 faults：range 超出范围，urgentSlower 急件慢于普通件，twice 分类重复',
    en: 'The limits cannot be used; see faults: out of range, urgent slower than normal, a category twice',
  },
  'limits.startPassed': {
    status: 422,
    zh: '生效时间已过：已受理的工单不改变时限，请选将来的时间',
    en: 'It would begin in the past, under tickets that were promised something else: choose a later instant',
  },
  'limits.moveImpossible': {
    status: 409,
    zh: '这一版时限规定已有决定',
    en: 'This set of limits is decided already',
  },
  'limits.ownWork': {
    status: 403,
    zh: '改变市民时限须由他人批准',
    en: 'What changes the limits of citizens is approved by somebody else',
  },
  'limits.inForce': {
    status: 409,
    zh: '已经生效，不能撤回；请另行规定',
    en: 'It is in force and cannot be taken back: set other limits from now on',
  },

  'voiceMessage.unknown': { status: 404, zh: '没有这条留言', en: 'There is no such message' },
  'caller.withheld': {
    status: 409,
    zh: '来电人未显示号码，无法登记',
    en: 'The caller withheld the number, so nothing can be noted of it',
  },
  'caller.numberInvalid': { status: 422, zh: '不是有效的电话号码', en: 'This is no telephone number' },
  'callerNote.unknown': { status: 404, zh: '没有这条登记', en: 'There is no such note of a caller' },

  'recording.none': { status: 404, zh: '该通话没有录音', en: 'This call has no recording' },
  'recording.notStored': {
    status: 409,
    zh: '录音尚未保存完毕，通话结束后几秒钟再试',
    en: 'The recording is not stored yet; try again some seconds after the end of the call',
  },
  'recording.failed': {
    status: 404,
    zh: '该通话录音失败，没有可播放的内容',
    en: 'The recording failed, there is nothing to play',
  },
  'recording.nameInvalid': { status: 422, zh: '录音文件名无效', en: 'This is no name of a recording' },
  'recording.unreadable': {
    status: 422,
    zh: '录音文件无法读取',
    en: 'The file of the recording cannot be read',
  },
  'recording.noRoom': { status: 503, zh: '录音磁盘已满', en: 'The disk of recordings is full' },
  'listen.unknown': {
    status: 404,
    zh: '没有这次收听，或不是您的',
    en: 'There is no such listening of yours',
  },
  'listen.over': {
    status: 410,
    zh: '这次收听已过期，请重新说明用途',
    en: 'This listening is over; say anew what for',
  },
  'clip.notUnits': {
    status: 403,
    zh: '录音片段由承办单位的人员申请',
    en: 'A clip is asked for by somebody of the handling unit',
  },
  'clip.anonymous': {
    status: 409,
    zh: '诉求人要求匿名，声音可辨认身份，不提供录音片段',
    en: 'The citizen wants to stay unknown, and a voice is known: no clip is given',
  },
  'clip.noCall': {
    status: 409,
    zh: '该工单不是由通话形成的，没有录音',
    en: 'This ticket did not come by a call, there is no recording',
  },
  'clip.noRecording': {
    status: 409,
    zh: '该通话没有已保存的录音',
    en: 'This call has no recording that was stored',
  },
  'clip.asked': {
    status: 409,
    zh: '本单位对该工单已有待审批的申请',
    en: 'Your unit has asked for a clip of this ticket already',
  },
  'clip.unknown': { status: 404, zh: '没有这个录音片段', en: 'There is no such clip' },
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
  'clip.notApproved': { status: 409, zh: '该申请尚未批准', en: 'This request is not approved' },
  'clip.over': { status: 410, zh: '该片段已过期或已收回', en: 'This clip is over, or was taken back' },
  'alarm.unknown': {
    status: 404,
    zh: '没有这条告警，或已处理',
    en: 'There is no such alarm, or it is closed',
  },

  // Parts of a ticket: other units, and levels within one.
  'part.unknown': {
    status: 404,
    zh: '没有这个协办或转办，或您无权查看',
    en: 'There is no such part for you',
  },
  'part.moveImpossible': { status: 409, zh: '在当前状态下不能进行这一步', en: 'Not from the state it is in' },
  'part.moveForbidden': { status: 403, zh: '您无权进行这一步', en: 'You may not make this move' },
  'part.ownUnit': {
    status: 403,
    zh: '不得审定或撤回本单位自己的办理',
    en: 'Nobody judges or takes back the own work',
  },
  'part.otherUnit': {
    status: 403,
    zh: '只有该单位或其上级可以进行这一步',
    en: 'Only its own unit, or the one above, makes this move',
  },
  'part.wordsMissing': { status: 422, zh: '请说明内容', en: 'Say what, or why' },
  'part.movedMeanwhile': {
    status: 409,
    zh: '您查看之后，已由他人办理；请刷新后再办',
    en: 'Somebody moved it after you looked; look again and decide anew',
  },
  'part.childrenOpen': {
    status: 409,
    zh: '下级尚未办结，见 open；请先认可或撤回',
    en: 'Parts below are open still; accept or take them back first',
  },
  'part.returnedBefore': {
    status: 409,
    zh: '已退回过一次，不得再退',
    en: 'It came back once; it cannot again',
  },
  'part.returnTooLate': {
    status: 409,
    zh: '已过退回时限（交办后一个工作日）',
    en: 'A part is returned within one working day',
  },
  'part.ticketAtRest': {
    status: 409,
    zh: '工单不在承办单位办理中',
    en: 'No unit works on the ticket in its present state',
  },
  'part.tooDeep': {
    status: 422,
    zh: '单位内最多转办四级',
    en: 'Within a unit work goes down four levels at most',
  },
  'part.beyondParent': {
    status: 422,
    zh: '时限不得超过上级的时限，见 parentDueAt',
    en: 'Its time ends no later than that of the level above; see parentDueAt',
  },
  'part.sameUnit': {
    status: 422,
    zh: '该单位已是上级或主办单位',
    en: 'The unit is the one above, or the lead',
  },
  'part.unitAlready': {
    status: 409,
    zh: '该单位已有未办结的协办或转办，见 part',
    en: 'The unit has an open part of this ticket already; see part',
  },
  'part.parentEnded': {
    status: 409,
    zh: '上级已上报、退回或结束，不能再向下转办',
    en: 'The level above has reported, returned or ended',
  },
  'part.notWithin': {
    status: 422,
    zh: '只能转办给本单位直属的科室或下级；其他单位请由热线加派协办',
    en: 'Work goes down only to those directly within the unit; others are added by the hotline',
  },
  'part.assistUnder': {
    status: 422,
    zh: '协办单位加派在工单上，不在某项转办之下：请不填 parentId',
    en: 'An assisting unit is added to the ticket itself, not under a part: leave parentId out',
  },
  'part.noUnit': { status: 409, zh: '工单尚未派给承办单位', en: 'No unit has the ticket' },
  'ticket.partsOpen': {
    status: 409,
    zh: '协办或下级尚未办结，见 open；先行上报须说明理由（withoutParts）',
    en: 'Parts are open still; wait for them, or say why it is reported without them',
  },
  'ticket.conditionOpen': {
    status: 409,
    zh: '险情或根源尚未消除，见 open；两项都有证据后方可办结',
    en: 'The hazard or its cause is open still, see open; both need evidence before the end',
  },
  'interim.none': { status: 404, zh: '该工单没有先行处置', en: 'The ticket has no interim handler' },
  'interim.taken': {
    status: 409,
    zh: '该工单已指定先行处置单位',
    en: 'The ticket has an interim handler already',
  },
  'interim.unitHasIt': {
    status: 409,
    zh: '工单正由其他单位办理；可加派协办，或先改派',
    en: 'Another unit works on it: add yours as assisting, or hand the ticket over first',
  },
  'interim.notNow': {
    status: 409,
    zh: '工单的当前状态不需要先行处置',
    en: 'No interim handler is needed in the present state',
  },
  'interim.actImpossible': {
    status: 409,
    zh: '现在不能登记这一项：先除险情，再除根源',
    en: 'Not now: the hazard comes first, then its cause',
  },
  'interim.actForbidden': {
    status: 403,
    zh: '只有承办单位可以登记',
    en: 'Only the unit that has the ticket',
  },
  'interim.evidenceMissing': { status: 422, zh: '请写明依据', en: 'Say what shows it' },

  // Decisions on whose a matter is.
  'adjudication.unknown': { status: 404, zh: '没有这份裁定', en: 'There is no such decision' },
  'adjudication.nothingToDecide': {
    status: 409,
    zh: '工单的当前状态没有可裁定的归属',
    en: 'In its present state nothing is to be decided of whose it is',
  },
  'adjudication.isRule': { status: 409, zh: '该裁定已成为规则', en: 'The decision is a rule already' },
  'adjudication.ruleTooWide': {
    status: 422,
    zh: '规则须限定区域、分类或设施之一',
    en: 'A rule names an area, a category or a thing',
  },
  'adjudication.scopeUnknown': {
    status: 422,
    zh: '没有这个区域、分类或设施，见 field',
    en: 'There is no such area, category or thing; see field',
  },
  'unit.codeTaken': { status: 409, zh: '单位代码或名称已被使用', en: 'The code or the name is taken' },
  'unit.parentUnknown': { status: 422, zh: '没有这个上级单位', en: 'There is no such unit above' },

  // The dispatch catalogue.
  'dispatch.changedMeanwhile': {
    status: 409,
    zh: '他人已修改派单目录，请重新载入后再改',
    en: 'Somebody else changed the catalogue meanwhile; nothing was overwritten',
  },
  'dispatch.entryInvalid': {
    status: 422,
    zh: '条目有误，见 faults：哪一条、哪一项、怎么改',
    en: 'Entries hold faults; see which, what is wrong and what would be right',
  },
  'dispatch.entryUnknown': {
    status: 404,
    zh: '目录中没有这些条目，或已被取代',
    en: 'The catalogue has no such entries any more',
  },
  'dispatch.endBeforeBegin': {
    status: 422,
    zh: '截止日早于生效日前一日；录入有误的条目请删除',
    en: 'An entry does not end before it begins; remove what was entered in error',
  },
  'dispatch.reasonMissing': {
    status: 422,
    zh: '请说明修改目录的理由',
    en: 'Say why the catalogue is changed',
  },

  // Lines, units.
  'line.unknown': { status: 404, zh: '没有登记这个号码', en: 'The number is not on the register' },

  // Rules and their versions.
  'version.unknown': { status: 404, zh: '没有这个规则版本', en: 'There is no such version of the rules' },
  'version.revisionUnknown': { status: 409, zh: '没有这个修订号', en: 'The version has no such revision' },
  'version.moveImpossible': {
    status: 409,
    zh: '该版本当前状态不允许此操作',
    en: 'The version is not in a state for this',
  },
  'version.moveForbidden': {
    status: 403,
    zh: '您的角色无权进行这一步',
    en: 'Your roles do not allow this step',
  },
  'version.ownChange': {
    status: 403,
    zh: '不得复核自己编辑的版本，须由另一人复核',
    en: "One does not approve a change of one's own",
  },
  'version.reasonMissing': { status: 422, zh: '请说明理由', en: 'Give a reason' },
  'version.approvedAlready': { status: 409, zh: '您已复核过该版本', en: 'You approved this version already' },
  'version.editedMeanwhile': {
    status: 409,
    zh: '他人已修改该版本，请重新载入后再改',
    en: 'Somebody else edited it meanwhile; nothing was overwritten',
  },
  'version.lintErrors': {
    status: 422,
    zh: '规则检查发现错误，不能发布',
    en: 'The linter found errors; it cannot be published',
  },
  'version.baseMoved': {
    status: 409,
    zh: '期间已发布其他版本，请先合并到现行版本',
    en: 'Another version was published meanwhile; rebase first',
  },
  'version.conflict': {
    status: 409,
    zh: '与现行版本的修改冲突',
    en: 'The changes conflict with what was published meanwhile',
  },
  'version.forbiddenChange': {
    status: 422,
    zh: '含有不得进行的修改：报警和紧急求助电话不得归并',
    en: 'Emergency numbers are never merged',
  },
  'version.approvalsMissing': {
    status: 409,
    zh: '尚缺他人复核',
    en: 'Approval by another person is missing',
  },
  'version.tooEarly': { status: 409, zh: '尚未到生效时间', en: 'Its moment has not come' },
  'version.revertBeforeEffect': {
    status: 422,
    zh: '恢复时间须晚于生效时间',
    en: 'It must end after it begins',
  },
  'version.noChange': { status: 409, zh: '与现行版本没有不同', en: 'Nothing would change' },
  'version.neverPublished': {
    status: 409,
    zh: '该版本从未发布，不能恢复',
    en: 'The version was never published',
  },
  'version.temporaryOver': {
    status: 409,
    zh: '该版本是临时变更，期限已过，不能直接恢复；请起草新版本',
    en: 'That version was temporary and its time is over; draft a new one instead',
  },
  'rules.none': { status: 409, zh: '尚未登记本地信息，没有规则', en: 'No municipality is set up yet' },
  'rules.lineUnknown': { status: 404, zh: '没有登记这个号码', en: 'The number is not in these rules' },
  'rules.lineOver': {
    status: 409,
    zh: '该号码已到期，不再受理；要从历史中删除，须指明其生效日期',
    en: 'The number has ended already; to take it out of the history name its first day',
  },
  'rules.lineIncomplete': { status: 422, zh: '新号码缺少必填项', en: 'A new number lacks something' },
  'rules.queueUnknown': { status: 404, zh: '没有这个队列', en: 'There is no such queue in these rules' },
  'rules.queueIncomplete': { status: 422, zh: '新队列缺少名称', en: 'A new queue needs a name' },
  'rules.wordsUnspoken': {
    status: 422,
    zh: '菜单文字无法合成语音，未发布；请修改文字，或以同名上传录音后再发布，见 prompts',
    en: 'Words of a menu cannot be spoken; nothing was published. Change them, or upload a recording of that name; see prompts',
  },
  'rules.presetUnknown': { status: 404, zh: '没有这个预设', en: 'There is no such preset' },
  'rules.surgeInvalid': {
    status: 422,
    zh: '应急按键不符合要求，见 wrong 和 right',
    en: 'The surge key does not fit; see wrong and right',
  },
  'rules.surgeUnknown': { status: 404, zh: '菜单中没有这个应急按键', en: 'The menu has no such surge key' },
  'rules.menuUnknown': { status: 404, zh: '没有这个菜单', en: 'There is no such menu in these rules' },
  'rules.menuInvalid': {
    status: 422,
    zh: '菜单格式不正确，逐项说明见 faults',
    en: 'The menu is malformed; each fault says where and what belongs there',
  },
  'rules.hoursUnreadable': {
    status: 422,
    zh: '受理时间无法识别',
    en: 'The hours cannot be read',
  },
  'rules.skillsUnreadable': {
    status: 422,
    zh: '技能要求无法识别',
    en: 'What is asked of the agents cannot be read',
  },
  'rules.centreAddressInvalid': {
    status: 422,
    zh: '分中心地址无法识别',
    en: 'The address of the other centre cannot be read',
  },
  'trunk.unknown': {
    status: 404,
    zh: '没有这个中继，也没有经其来的电话',
    en: 'There is no such trunk, nor any call of it',
  },
  'rules.trunkUnknown': { status: 404, zh: '没有这个中继', en: 'There is no such trunk in these rules' },
  'rules.unitNameTaken': {
    status: 409,
    zh: '承办单位名称已属于另一代码',
    en: 'The name of the unit belongs to another code',
  },
  'transition.notRunning': {
    status: 409,
    zh: '该号码没有进行中的过渡期，不能延长',
    en: 'The number has no running transition to extend',
  },
  'transition.followed': {
    status: 409,
    zh: '该号码过渡期满后的安排已经登记，请修改该安排',
    en: 'What follows the transition is entered already; change that instead',
  },
  'rules.tooManyCalls': {
    status: 422,
    zh: '时段内通话过多，请缩短天数',
    en: 'Too many calls in the period; take fewer days',
  },
  'rules.csvInvalid': { status: 422, zh: 'CSV 文件无法读取', en: 'The CSV cannot be read' },

  // Calls that units report.
  'report.empty': { status: 422, zh: '没有通话记录：给出 records 或 csv', en: 'Give records or csv' },
  'report.unitMissing': {
    status: 403,
    zh: '该账号没有所属单位，不能上报',
    en: 'The account belongs to no unit and cannot report',
  },

  // Tasks of the register.
  'workItem.unknown': { status: 404, zh: '没有这项任务', en: 'There is no such task' },
  'workItem.notOpen': { status: 409, zh: '该任务已处理或已撤销', en: 'The task is not open any more' },

  // Messages to citizens.
  'message.unknown': { status: 404, zh: '没有这条短信', en: 'There is no such message' },
  'message.notFailed': {
    status: 409,
    zh: '只有发送失败的短信可以重发',
    en: 'Only a message that failed is sent again',
  },

  // Announcements of incidents.
  'announcement.unknown': { status: 404, zh: '没有这条通知', en: 'There is no such announcement' },
  'announcement.moveImpossible': {
    status: 409,
    zh: '该通知当前状态不允许此操作',
    en: 'The announcement is not in a state for this',
  },
  'announcement.moveForbidden': {
    status: 403,
    zh: '您的角色无权进行这一步',
    en: 'Your roles do not allow this step',
  },
  'announcement.reasonMissing': { status: 422, zh: '请说明理由', en: 'Give a reason' },
  'announcement.untilPast': {
    status: 422,
    zh: '截止时间须在将来，且晚于开始时间',
    en: 'It must end in the future, and after it begins',
  },
  'announcement.untilTooFar': {
    status: 422,
    zh: '播放时间太长，长期通知请写入问候语',
    en: 'It lasts too long; what lasts belongs into the greeting',
  },
  'announcement.faulty': {
    status: 422,
    zh: '通知有错误，不能播放',
    en: 'The announcement has faults and is not started',
  },

  // Nuisance callers.
  'restriction.whose': {
    status: 422,
    zh: '请指明号码或通话，二者之一',
    en: 'Name the number or a call, one of the two',
  },
  'restriction.unknown': { status: 404, zh: '没有这条限制', en: 'There is no such restriction' },
  'restriction.moveImpossible': {
    status: 409,
    zh: '该限制当前状态不允许此操作',
    en: 'The restriction is not in a state for this',
  },
  'restriction.moveForbidden': {
    status: 403,
    zh: '您的角色无权进行这一步',
    en: 'Your roles do not allow this step',
  },
  'restriction.ownRequest': {
    status: 403,
    zh: '不得审批自己提出的限制，须由另一人审批',
    en: 'Another person approves what one asked for',
  },
  'restriction.reasonMissing': { status: 422, zh: '请说明理由', en: 'Give a reason' },
  'restriction.numberUnknown': {
    status: 422,
    zh: '号码未显示或无法识别，不能按号码限制',
    en: 'The number is withheld or unreadable, so it cannot be restricted',
  },
  'restriction.numberProtected': {
    status: 422,
    zh: '紧急号码、受保护号码和本平台号码不得限制',
    en: 'Emergency, protected and own numbers are never restricted',
  },
  'restriction.stepSkipped': {
    status: 409,
    zh: '须逐级进行：先备注，再限制，后暂停受理',
    en: 'One step after the other: note, limit, block',
  },
  'restriction.exists': {
    status: 409,
    zh: '该号码已有同级限制在生效或待审批',
    en: 'The number has such a restriction already, or one is asked for',
  },
  'restriction.tooLong': { status: 422, zh: '时长须在允许范围内', en: 'It lasts too long, or not at all' },
  'restriction.limitInvalid': {
    status: 422,
    zh: '限制须写明每小时次数，其他级别不得写',
    en: 'A limit, and nothing else, names its calls an hour',
  },
  'appeal.unknown': { status: 404, zh: '没有这条申诉', en: 'There is no such appeal' },
  'appeal.notRestricted': {
    status: 409,
    zh: '该号码目前没有受限，无须申诉',
    en: 'The number is not restricted',
  },
  'appeal.exists': { status: 409, zh: '已有一条申诉待处理', en: 'An appeal is open already' },
  'appeal.decided': { status: 409, zh: '该申诉已处理', en: 'The appeal has been decided' },
  'appeal.ownHand': {
    status: 403,
    zh: '提出或批准限制、登记申诉的人不得处理该申诉',
    en: 'Who asked for it, approved it or took the appeal down does not decide it',
  },
  'appeal.forbidden': { status: 403, zh: '您的角色无权处理申诉', en: 'Your roles may not decide an appeal' },
  'appeal.textMissing': { status: 422, zh: '缺少文字', en: 'The text is missing' },
  // Prompts.
  'prompt.unknown': {
    status: 404,
    zh: '没有登记这个语音或版本',
    en: 'No such prompt or version is registered',
  },
  'prompt.nameInvalid': {
    status: 422,
    zh: '语音名须为 1 至 64 位小写字母、数字或 -',
    en: 'A prompt is named with 1 to 64 of a-z 0-9 -',
  },
  'prompt.languageInvalid': {
    status: 422,
    zh: '语言代码无效，如 zh-CN、en',
    en: 'No language code, such as zh-CN',
  },
  'prompt.languageDiffers': {
    status: 409,
    zh: '该语音名已用于另一种语言；请另取名称，在菜单中登记为该语种的提示音',
    en: 'The name belongs to another language; choose another name and enter it as the variant in the menu',
  },
  'prompt.languageUnspoken': {
    status: 422,
    zh: '系统不能合成该语言，请上传录音',
    en: 'The voice does not speak this language: upload a recording',
  },
  'prompt.textInvalid': {
    status: 422,
    zh: '文字为空或太长，至多 400 字',
    en: 'The text is empty or longer than 400 characters',
  },
  'prompt.endInThePast': { status: 422, zh: '有效期须在将来', en: 'It must end in the future' },
  'prompt.notWav': {
    status: 422,
    zh: '不是可用的 WAV 文件，请另存为 PCM 编码的 WAV',
    en: 'Not a WAV that can be used; save it as PCM WAV, sent as audio/wav',
  },
  'prompt.recordingUnfit': {
    status: 422,
    zh: '录音不宜播放，逐项说明见 faults',
    en: 'The recording is not fit to be heard; see faults',
  },
  'prompt.notSpokenYet': {
    status: 409,
    zh: '该版本尚未合成，请稍候再试',
    en: 'This version is not spoken yet, try again shortly',
  },
  'prompt.ownWork': {
    status: 403,
    zh: '制作人不能批准自己的语音，请由另一名操作员试听后批准',
    en: 'Who made it does not approve it: another operator listens and approves',
  },
  'prompt.approvedAlready': { status: 409, zh: '该版本已批准', en: 'It is approved already' },
  'prompt.cannotBeMade': {
    status: 409,
    zh: '该版本未能制作，见 failure；请登记新版本',
    en: 'This version could not be made, see failure; make another',
  },
  'prompt.retiredAlready': { status: 409, zh: '该版本已停用', en: 'It is retired already' },

  'bulk.tooMany': {
    status: 422,
    zh: '一次最多办理 200 件，请分批',
    en: 'At most 200 tickets at a time; ask in parts',
  },
  'urge.forbidden': {
    status: 403,
    zh: '催办由派单员、值班长、督办员或管理员发出，单位不能催办',
    en: 'Dispatchers, leads, supervisors and operators urge; a unit does not',
  },
  'urge.notWithUnit': {
    status: 409,
    zh: '工单不在单位办理中，无从催办',
    en: 'No unit is working on it: there is nobody to urge',
  },
  'urge.lately': {
    status: 409,
    zh: '两小时内已催办过，请在 again 之后再催',
    en: 'It was urged within two hours; again after the time told',
  },

  // Papers.
  'document.unknown': {
    status: 404,
    zh: '没有这份公文，或您无权查看',
    en: 'There is no such document, or it is not yours to see',
  },
  'document.noUnit': {
    status: 409,
    zh: '工单尚未派给单位，不能制发任务单；请先派单',
    en: 'The ticket is with no unit yet; dispatch it first',
  },
  'document.noExport': {
    status: 403,
    zh: '保密工单不得由您导出或打印；请由值班长、督办员或承办单位办理',
    en: 'A confidential ticket is not yours to export or print; a lead, a supervisor or its own unit may',
  },
  'document.writeForbidden': {
    status: 403,
    zh: '通报由热线的督办员、值班长或管理员制发',
    en: 'Circulars are written by the hotline: supervisors, leads and operators',
  },
  'document.noFont': {
    status: 503,
    zh: '本机没有公文字体，暂不能生成 PDF；请安装 fonts-babelstone-han，或以 DOCUMENT_FONT 指定字体文件',
    en: 'This machine lacks the font of documents; install fonts-babelstone-han, or name a font file in DOCUMENT_FONT',
  },

  // What we lean on.
  'database.away': { status: 503, zh: '数据库暂时不可用，请稍后再试', en: 'The database is away' },
  'server.stopping': { status: 503, zh: '服务正在停止，请稍后再试', en: 'The server is stopping' },
  'server.defect': { status: 500, zh: '系统内部错误，已记录', en: 'A defect of ours; it is in the log' },
} as const satisfies Readonly<Record<string, Problem>>;

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
