import type { Problem } from './problem.ts';

/** Agents, call control, and a lead at a talk. */
export const AGENTS_PROBLEMS = {
  'agent.unknown': {
    status: 404,
    zh: '没有这个话务员；请刷新列表重选',
    en: 'There is no such agent: load the list anew and choose again',
  },
  'agent.changedMeanwhile': {
    status: 409,
    zh: '他人已修改此话务员的技能或队列，没有覆盖；请关闭后重新打开，看过再改',
    en: 'Somebody else changed skills or queues of this agent meanwhile; nothing was overwritten: close, open again and look',
  },
  'agent.signedOut': {
    status: 409,
    zh: '话务员尚未签入，请先签入',
    en: 'The agent is signed out: sign in first',
  },
  'agent.phoneUnreachable': {
    status: 409,
    zh: '话机未注册或无法接通，请检查话机',
    en: 'The phone is not registered or does not answer: look at its power and cable, then try again',
  },
  'agent.mustSignOut': {
    status: 409,
    zh: '班长已要求您在本次通话后签出，通话和整理结束后请签出',
    en: 'A lead has ended this shift: finish the present call and sign out',
  },
  'agent.notInWrapUp': {
    status: 409,
    zh: '当前不在整理态，无法延长；还要时间请示忙并选原因',
    en: 'There is no wrap-up to extend: if you need time, choose a reason and be not ready',
  },
  'agent.wrapUpTooLong': {
    status: 422,
    zh: '超过整理态允许延长的时间，请结束整理后示忙',
    en: 'The wrap-up may not be extended that far: end it, then be not ready',
  },
  'agent.phoneNone': {
    status: 409,
    zh: '您没有这种话机，请先开通',
    en: 'You have no phone of this kind; open one first',
  },
  'agent.heartbeatNeeded': {
    status: 409,
    zh: '使用浏览器话机时须由页面发送心跳',
    en: 'With a browser phone the page must show life: send its heartbeat',
  },
  'presenceRules.invalid': {
    status: 422,
    zh: '示忙原因设置有误，见 faults，请逐项改正',
    en: 'The presence rules hold faults: see faults and mend each',
  },
  'presenceRules.changedMeanwhile': {
    status: 409,
    zh: '他人已修改示忙设置，请重新载入后再改',
    en: 'Somebody else changed the presence rules meanwhile, nothing was overwritten: load them anew, then change them',
  },
  'agent.reasonUnknown': {
    status: 422,
    zh: '没有这个示忙原因，请从列表中选择',
    en: 'There is no such reason: choose one of the list',
  },
  'agent.numberInvalid': {
    status: 422,
    zh: '工号须为 3 至 8 位数字',
    en: 'Give a work number 3 to 8 digits',
  },
  'agent.numberTaken': {
    status: 409,
    zh: '工号已被使用，请换一个',
    en: 'The work number is taken: enter another',
  },
  'agent.skillInvalid': {
    status: 422,
    zh: '技能须为小写代码，等级 1 至 9',
    en: 'Write a skill as a lower-case code with a level from 1 to 9',
  },
  'agent.employerUnknown': {
    status: 422,
    zh: '没有这个派出单位，请从列表中选择，或先登记该单位',
    en: 'There is no such employer: choose one of the list, or register it first',
  },
  'agent.queueMissing': {
    status: 422,
    zh: '话务员至少属于一个队列，请选择队列',
    en: 'An agent belongs to one queue at least: choose one',
  },
  'agent.queueUnknown': {
    status: 422,
    zh: '没有这个队列，请从列表中选择',
    en: 'There is no such queue: choose one of the list',
  },
  'surgeMode.on': {
    status: 409,
    zh: '高峰模式已由他人开启，请先结束再重新开启',
    en: 'Surge mode is on already: end it, then open it anew',
  },
  'surgeMode.unknown': {
    status: 404,
    zh: '没有这次高峰模式；可能已结束，请刷新后再看',
    en: 'There is no such surge: it may be over; load the page anew',
  },
  'surgeMode.nothing': {
    status: 422,
    zh: '请至少选择一项措施',
    en: 'Choose one measure at least',
  },
  'surgeMode.queueUnknown': {
    status: 422,
    zh: '没有这个队列，请从列表中选择',
    en: 'There is no such queue: choose one of the list',
  },
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
    en: 'You have no telephone: ask an administrator to give your account a seat',
  },
  'listening.busy': {
    status: 409,
    zh: '请先示忙或签出，再侦听',
    en: 'Make yourself not ready, or sign out, before you listen',
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
  'talk.notInIt': {
    status: 409,
    zh: '您不在这个通话中：通话已结束或已由他人接管，请看通话栏',
    en: 'You are not in this talk: it is over or somebody took it over; look at the call pane',
  },
  'talk.notNow': {
    status: 409,
    zh: '通话刚刚有了变化，现在不能这样操作；请看清各方当前状态后再按',
    en: 'The talk has changed and this cannot be done now: look at its parties, then press again',
  },
  'talk.partyUnknown': {
    status: 404,
    zh: '这一方已离开或状态已变，未作任何操作；请看清各方后重选',
    en: 'This party has left or changed, and nothing was done: look at the parties and choose again',
  },
  'talk.full': {
    status: 409,
    zh: '通话人数已满，请先移出一方再邀请',
    en: 'The talk has as many parties as it can: remove one first',
  },
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
  'talk.alreadyInIt': {
    status: 409,
    zh: '对方已在通话中，请直接说话；要换人请先移出对方',
    en: 'Is in the talk already: just speak, or remove that party first to bring in another',
  },
  'talk.bridgeStands': {
    status: 409,
    zh: '正在呼叫值班人员；如需重新呼叫，请先取消',
    en: 'Who is on call is being called into this talk already: cancel that first',
  },
  'talk.notYours': {
    status: 403,
    zh: '只有通话的负责话务员、邀请该方的人或班长可以将其移出，请由其操作',
    en: 'Only the agent who has the call, who brought the party in, or a lead may remove it: ask one of them',
  },
  'talk.nobodyToHear': {
    status: 409,
    zh: '还没有可以接收按键的一方，请待对方接通后再按',
    en: 'Nobody is there yet to hear the keys: wait until somebody has answered, then press',
  },
  'target.unknown': {
    status: 404,
    zh: '没有这个转接对象，请从通讯录中选择',
    en: 'There is no such target: choose one of the directory',
  },
  'target.self': {
    status: 422,
    zh: '不能转接给自己，请选择他人或队列',
    en: 'The target is yourself: choose somebody else or a queue',
  },
  'target.signedOut': {
    status: 409,
    zh: '对方未签入，请选择其他人，或转接到其队列',
    en: 'The target is signed out: choose somebody else, or a queue',
  },
  'target.busy': {
    status: 409,
    zh: '对方忙或示忙，请稍后再试、选择其他人，或转接到其队列排队',
    en: 'The target is busy or not ready: try again later, choose somebody else, or transfer to a queue',
  },
  'target.unreachable': {
    status: 409,
    zh: '对方话机不在线，请选择其他人，或转接到其队列排队',
    en: "The target's phone is not reachable: choose somebody else, or transfer to a queue",
  },
  'target.nobodyFree': {
    status: 409,
    zh: '该队列没有空闲的话务员，请改用转接，到队列中排队',
    en: 'Nobody of that queue is free: use a transfer, which waits in the queue',
  },
  'target.noNumber': {
    status: 404,
    zh: '号码登记表中没有该单位的电话，请用键盘拨号，并请运营员登记',
    en: 'The register has no telephone of that unit: dial it yourself, and tell an operator to register it',
  },
  'target.numberInvalid': {
    status: 422,
    zh: '号码须为 3 至 20 位数字',
    en: 'Enter a number of three to twenty digits',
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
