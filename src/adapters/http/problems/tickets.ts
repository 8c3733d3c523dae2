import type { Problem } from './problem.ts';

/** Tickets, their drafts, their moves and their replies. */
export const TICKETS_PROBLEMS = {
  'draft.baseUnknown': {
    status: 409,
    zh: '没有所依据的草稿版本，请重新读取草稿',
    en: 'There is no such version of the draft to begin from; read it again',
  },
  'draft.tooLong': {
    status: 422,
    zh: '草稿（含他人其间所写）过长，请删减后再保存',
    en: 'The draft, with what others wrote meanwhile, is too long: shorten it, then save again',
  },
  'draft.callOpen': {
    status: 409,
    zh: '该通话尚未登记去向，草稿须保留；请先登记去向',
    en: 'Nobody has said yet what came of the call: the draft stays; say that first',
  },
  'ticket.unknown': {
    status: 404,
    zh: '没有这张工单，或您无权查看；请核对编号，或请班长查看',
    en: 'There is no such ticket for you: look at its number, or ask a lead',
  },
  'reply.none': {
    status: 409,
    zh: '没有待发布的答复；请刷新看其现在的状态',
    en: 'There is no reply that waits to be released: load the ticket anew to see how it stands',
  },
  'reply.notHeld': {
    status: 409,
    zh: '答复未被暂缓，无需确认；请刷新工单后再看',
    en: 'The reply is not held: load the ticket anew',
  },
  'reply.held': {
    status: 409,
    zh: '公开答复含有个人信息，请修改，或核实后确认',
    en: 'The public reply holds personal data: mend it, or confirm that it may be read by all',
  },
  'ticket.typeUnknown': {
    status: 422,
    zh: '没有这种诉求类型，请从列表中选择',
    en: 'There is no such type of appeal: choose one of the list',
  },
  'ticket.categoryUnknown': {
    status: 422,
    zh: '没有这个诉求分类，请从列表中选择',
    en: 'There is no such category: choose one of the list',
  },
  'ticket.categoryEnded': {
    status: 422,
    zh: '该诉求分类已停用，请改选 now 所列的分类',
    en: 'The category is none any more: choose what it became, see now',
  },
  'ticket.subtypeUnknown': {
    status: 422,
    zh: '该诉求类型下没有这个子类型，请从列表中选择',
    en: 'The type has no such sub-type: choose one of the list',
  },
  'ticket.tagUnknown': {
    status: 422,
    zh: '没有这些主题标签，见 tags，请从列表中选择',
    en: 'There are no such theme tags; see tags, and choose from the list',
  },
  'ticket.unitUnknown': {
    status: 422,
    zh: '没有这个承办单位，请从名册中选择',
    en: 'There is no such handling unit: choose one of the register',
  },
  'ticket.textMissing': {
    status: 422,
    zh: '诉求内容为空，请写明诉求',
    en: 'The appeal has no text: write what is asked for',
  },
  'ticket.textTooLong': {
    status: 422,
    zh: '文字太长，请缩短',
    en: 'A text is too long: shorten it',
  },
  'ticket.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步，请由有权的人办理，可请班长协调',
    en: 'You may not make this move: leave it to those who may, or ask a lead',
  },
  'ticket.reasonMissing': { status: 422, zh: '请说明理由', en: 'Say why' },
  'ticket.moveImpossible': {
    status: 409,
    zh: '工单在当前状态下不能进行这一步，请刷新后看现在能做什么',
    en: 'From the state it is in, the ticket cannot make this move: load it again and see what can be done now',
  },
  'ticket.ownUnit': {
    status: 403,
    zh: '承办单位不得审核、回访或了结自己的工单，请由中心人员办理',
    en: 'A handling unit never reviews, visits or closes its own ticket: leave it to people of the hotline',
  },
  'ticket.otherUnit': {
    status: 403,
    zh: '只有该工单的承办单位可以进行这一步，请由其办理',
    en: "Only the ticket's own handling unit makes this move: leave it to them",
  },
  'ticket.movedMeanwhile': {
    status: 409,
    zh: '您查看之后，工单已由他人办理；请刷新后再办',
    en: 'Somebody moved the ticket after you looked at it; look again and decide anew',
  },
  'ticket.detailMissing': {
    status: 422,
    zh: '缺少这一步所需的内容，请补填 field 所指的一项',
    en: 'The move lacks what it needs: fill in what field names',
  },
  'ticket.detailOutOfPlace': {
    status: 422,
    zh: '这一步不接受该内容，请去掉 field 所指的一项',
    en: 'The move does not take this: leave out what field names',
  },
  'ticket.sameUnit': {
    status: 422,
    zh: '工单已在该单位；请指明其他单位',
    en: 'The ticket is with this unit already; name another',
  },
  'ticket.returnedBefore': {
    status: 409,
    zh: '该单位已退过此单，不得再退；如有异议请申请协调',
    en: 'This unit has returned the ticket once and cannot again: ask for coordination if it is not yours',
  },
  'ticket.returnTooLate': {
    status: 409,
    zh: '已过退单时限（派单后一个工作日），请办理，或请派单员改派',
    en: 'A ticket is returned within one working day of its dispatch: work on it, or ask a dispatcher to send it elsewhere',
  },
  'ticket.disputedBefore': {
    status: 409,
    zh: '市民对本次办结的异议已复核过一次；请重启工单，或登记新工单',
    en: 'What the citizen disputes was looked at once since it was reported done: reopen the ticket, or register a new one',
  },
  'ticket.noUnit': {
    status: 409,
    zh: '工单没有承办单位，不能重办；请用“协调办理”（coordinateAnyway）交给一个单位',
    en: 'No unit has the ticket that could do it again: give it to one with coordinateAnyway',
  },
  'ticket.reopenTooLate': {
    status: 409,
    zh: '已过重办期限（见 until），请为市民登记新工单',
    en: 'The time in which it could be reopened is over (see until): open a new ticket',
  },
  'jobs.noFailure': {
    status: 404,
    zh: '没有这项失败的任务，可能已经完成；请刷新列表',
    en: 'There is no such failed job; it may be done by now: load the list anew',
  },
  'ticket.partsOpen': {
    status: 409,
    zh: '协办或下级尚未办结，见 open；先行上报须说明理由（withoutParts）',
    en: 'Parts are open still; wait for them, or say why it is reported without them',
  },
  'ticket.conditionOpen': {
    status: 409,
    zh: '险情或根源尚未消除（见 open），请先补齐两项证据再办结',
    en: 'The hazard or its cause is open still, see open: enter the evidence for both before the end',
  },
  'bulk.tooMany': {
    status: 422,
    zh: '一次最多办理 200 件，请分批',
    en: 'At most 200 tickets at a time; ask in parts',
  },
  'ticket.accusedUnit': {
    status: 409,
    zh: '该单位（或其上级）是被投诉单位，不得单独办理；请派给其监督单位（已上报的先退回办理，再改派），被投诉单位可作为协办说明情况',
    en: 'The unit, or one above it, is the one complained of: it does not handle this alone. Give it to who supervises it (what was reported is sent back first, then handed over); it may assist',
  },
  'ticket.accusedJudges': {
    status: 403,
    zh: '您所在单位是被投诉单位，不得审核、回访或处理该工单；请交其他单位或热线人员办理',
    en: 'Your unit is the one complained of and does not judge this ticket: leave it to another unit or the hotline',
  },
  'conduct.over': {
    status: 409,
    zh: '工单已结，不能再注明被投诉单位；仍须追究的，请先重启工单',
    en: 'The ticket is over and nobody is named as complained of any more: reopen it first',
  },
} as const satisfies Readonly<Record<string, Problem>>;
