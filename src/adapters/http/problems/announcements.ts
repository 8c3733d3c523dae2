import type { Problem } from './problem.ts';

/** Messages, announcements of incidents, nuisance callers. */
export const ANNOUNCEMENTS_PROBLEMS = {
  'message.unknown': {
    status: 404,
    zh: '没有这条短信；请刷新列表重选',
    en: 'There is no such message: load the list anew and choose again',
  },
  'message.notFailed': {
    status: 409,
    zh: '只有发送失败的短信可以重发，请刷新看其现在的状态',
    en: 'Only a message that failed is sent again: load the list anew to see how it stands',
  },
  'announcement.unknown': {
    status: 404,
    zh: '没有这条通知；可能已撤下，请刷新列表',
    en: 'There is no such announcement: it may have been taken down; load the list anew',
  },
  'announcement.moveImpossible': {
    status: 409,
    zh: '该通知当前状态不允许此操作，请刷新看其现在的状态',
    en: 'The announcement is not in a state for this: load the list anew to see how it stands',
  },
  'announcement.moveForbidden': {
    status: 403,
    zh: '您的角色无权进行这一步，请交运营员或班长办理',
    en: 'Your roles do not allow this step: ask an operator or a lead',
  },
  'announcement.reasonMissing': { status: 422, zh: '请说明理由', en: 'Give a reason' },
  'announcement.untilPast': {
    status: 422,
    zh: '截止时间须在将来，且晚于开始时间',
    en: 'Choose an end in the future, and after it begins',
  },
  'announcement.untilTooFar': {
    status: 422,
    zh: '播放时间太长，长期通知请写入问候语',
    en: 'It lasts too long: write into the greeting what is to last',
  },
  'announcement.faulty': {
    status: 422,
    zh: '通知有错误，不能播放，请按所列问题改正后再播放',
    en: 'The announcement has faults and is not started: mend what is listed, then start it',
  },
  'restriction.whose': {
    status: 422,
    zh: '请指明号码或通话，二者之一',
    en: 'Name the number or a call, one of the two',
  },
  'restriction.unknown': {
    status: 404,
    zh: '没有这条限制；可能已解除，请刷新列表',
    en: 'There is no such restriction: it may have been lifted; load the list anew',
  },
  'restriction.moveImpossible': {
    status: 409,
    zh: '该限制当前状态不允许此操作，请刷新看其现在的状态',
    en: 'The restriction is not in a state for this: load the list anew to see how it stands',
  },
  'restriction.moveForbidden': {
    status: 403,
    zh: '您的角色无权进行这一步，请交班长或运营员办理',
    en: 'Your roles do not allow this step: ask a lead or an operator',
  },
  'restriction.ownRequest': {
    status: 403,
    zh: '不得审批自己提出的限制，须由另一人审批',
    en: 'Nobody approves what one asked for: leave it to another person',
  },
  'restriction.reasonMissing': { status: 422, zh: '请说明理由', en: 'Give a reason' },
  'restriction.numberUnknown': {
    status: 422,
    zh: '号码未显示或无法识别，不能按号码限制；请只在通话登记中注明',
    en: 'The number is withheld or unreadable, so it cannot be restricted: note it in the record of the call instead',
  },
  'restriction.numberProtected': {
    status: 422,
    zh: '紧急号码、受保护号码和本平台号码不得限制，请核对号码',
    en: 'Emergency, protected and own numbers are never restricted: look at the number again',
  },
  'restriction.stepSkipped': {
    status: 409,
    zh: '须逐级进行：先备注，再限制，后暂停受理',
    en: 'Go one step after the other: note, limit, block',
  },
  'restriction.exists': {
    status: 409,
    zh: '该号码已有同级限制在生效或待审批；请先处理该条，再申请新的',
    en: 'The number has such a restriction already, or one is asked for: deal with that one first',
  },
  'restriction.tooLong': {
    status: 422,
    zh: '时长须在允许范围内，请缩短',
    en: 'It lasts too long, or not at all: choose a time within what is allowed',
  },
  'restriction.limitInvalid': {
    status: 422,
    zh: '限制须写明每小时次数，其他级别不得写',
    en: 'Name the calls an hour for a limit, and for nothing else',
  },
  'appeal.unknown': {
    status: 404,
    zh: '没有这条申诉；请刷新列表重选',
    en: 'There is no such appeal: load the list anew and choose again',
  },
  'appeal.notRestricted': {
    status: 409,
    zh: '该号码目前没有受限，无须申诉；打不通的请检查话机，或请班长查看',
    en: 'The number is not restricted and nothing is to be appealed: if calls fail, look at the telephone, or ask a lead',
  },
  'appeal.exists': {
    status: 409,
    zh: '已有一条申诉待处理，请先处理该申诉',
    en: 'An appeal is open already: decide that one first',
  },
  'appeal.decided': {
    status: 409,
    zh: '该申诉已处理，请刷新看结果；有新情况的请另行登记',
    en: 'The appeal has been decided: load the list anew to see how; what is new is taken down as another appeal',
  },
  'appeal.ownHand': {
    status: 403,
    zh: '提出或批准限制、登记申诉的人不得处理该申诉，请由另一人处理',
    en: 'Who asked for it, approved it or took the appeal down does not decide it: leave it to another person',
  },
  'appeal.forbidden': {
    status: 403,
    zh: '您的角色无权处理申诉，请交班长或运营员办理',
    en: 'Your roles may not decide an appeal: ask a lead or an operator',
  },
  'appeal.textMissing': {
    status: 422,
    zh: '缺少文字，请填写',
    en: 'The text is missing: enter it',
  },
} as const satisfies Readonly<Record<string, Problem>>;
