import type { Problem } from './problem.ts';

/** Agents, call control, and a lead at a talk. */
export const AGENTS_PROBLEMS = {
  'agent.unknown': { status: 404, zh: '没有这个话务员', en: 'There is no such agent' },
  'agent.changedMeanwhile': {
    status: 409,
    zh: '他人已修改此话务员的技能或队列，没有覆盖；请关闭后重新打开，看过再改',
    en: 'Somebody else changed skills or queues of this agent meanwhile; nothing was overwritten: close, open again and look',
  },
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
  'surgeMode.on': {
    status: 409,
    zh: '高峰模式已由他人开启，请先结束再重新开启',
    en: 'Surge mode is on already: end it, then open it anew',
  },
  'surgeMode.unknown': { status: 404, zh: '没有这次高峰模式', en: 'There is no such surge' },
  'surgeMode.nothing': {
    status: 422,
    zh: '请至少选择一项措施',
    en: 'Choose one measure at least',
  },
  'surgeMode.queueUnknown': { status: 422, zh: '没有这个队列', en: 'There is no such queue' },
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
  'talk.bridgeStands': {
    status: 409,
    zh: '正在呼叫值班人员；如需重新呼叫，请先取消',
    en: 'Who is on call is being called into this talk already: cancel that first',
  },
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
} as const satisfies Readonly<Record<string, Problem>>;
