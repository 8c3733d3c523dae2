import type { Problem } from './problem.ts';

/** Tickets, their papers, and who may know of them. */
export const TICKETS_PROBLEMS = {
  'draft.baseUnknown': {
    status: 409,
    zh: '没有所依据的草稿版本，请重新读取草稿',
    en: 'There is no such version of the draft to begin from; read it again',
  },
  'draft.tooLong': {
    status: 422,
    zh: '草稿（含他人其间所写）过长，请删减后再保存',
    en: 'The draft, with what others wrote meanwhile, is too long',
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
  'grant.untilPast': { status: 422, zh: '期限须在将来', en: 'It must end in the future' },
  'grant.tooLong': {
    status: 422,
    zh: '期限过长，最长 90 天，请改短',
    en: 'It may last 90 days at most: make it shorter',
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
  'ticket.returnTooLate': {
    status: 409,
    zh: '已过退单时限（派单后一个工作日），请办理，或请派单员改派',
    en: 'A ticket is returned within one working day of its dispatch: work on it, or ask a dispatcher to send it elsewhere',
  },
  'ticket.disputedBefore': {
    status: 409,
    zh: '市民对本次办结的异议已复核过一次',
    en: 'What the citizen disputes was looked at once since it was reported done',
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
  'force.unknown': {
    status: 404,
    zh: '没有这份强制流转申请；请刷新工单，从中选择',
    en: 'There is no such request: load the ticket again and choose from it',
  },
  'force.moveImpossible': {
    status: 409,
    zh: '该申请已有结果，请刷新工单查看',
    en: 'The request is decided already: load the ticket again to see how',
  },
  'force.moveForbidden': {
    status: 403,
    zh: '强制流转由两人经手：请由班长或督办人员提出，另一人同意',
    en: 'Two persons force a ticket: have a lead or a supervisor ask, and another one agree',
  },
  'force.ownUnit': {
    status: 403,
    zh: '承办单位的人员不得强制流转工单，请由班长或督办人员申请',
    en: 'Nobody of a handling unit forces a ticket: a lead or a supervisor asks for it',
  },
  'force.ownWork': { status: 403, zh: '须由另一人同意', en: 'Somebody else has to agree' },
  'force.notYours': {
    status: 403,
    zh: '只有申请人可以撤回，请由其撤回，或不予同意',
    en: 'Only who asked takes it back: ask that person, or refuse it',
  },
  'force.sameState': {
    status: 409,
    zh: '工单已在该状态，请刷新工单后再看',
    en: 'The ticket is there already: load it anew',
  },
  'force.unitMissing': {
    status: 422,
    zh: '该状态须有承办单位，请指明 unitCode',
    en: 'In that state a unit has the ticket: name it in unitCode',
  },
  'force.stands': {
    status: 409,
    zh: '该工单已有一份申请待同意；请先同意或不同意那一份',
    en: 'Another request for this ticket waits for somebody to agree: decide on that one first',
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
  'ticket.partsOpen': {
    status: 409,
    zh: '协办或下级尚未办结，见 open；先行上报须说明理由（withoutParts）',
    en: 'Parts are open still; wait for them, or say why it is reported without them',
  },
  'ticket.conditionOpen': {
    status: 409,
    zh: '险情或根源尚未消除（见 open），请先补齐两项证据再办结',
    en: 'The hazard or its cause is open still, see open; both need evidence before the end',
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
  'photo.notNow': {
    status: 409,
    zh: '工单在此状态下不能添加照片：单位须在签收后、审核前，工单结案后不再添加',
    en: 'No photo is added in this state: a unit adds them after signing and before the review, and nobody once it is closed',
  },
  'photo.tooMany': {
    status: 409,
    zh: '照片已达上限（见 most），请勿再传；须补充的在办理说明中写明',
    en: 'The ticket has as many photos as it takes (see most): tell the rest in words',
  },
  'photo.fileType': {
    status: 415,
    zh: '照片须为 PNG 或 JPEG，且内容与格式相符',
    en: 'A photo is a PNG or JPEG, and its bytes say so',
  },
  'photo.unknown': {
    status: 404,
    zh: '没有这张照片，或您无权查看；请刷新工单',
    en: 'There is no such photo for you: reload the ticket',
  },
  'handling.notNow': {
    status: 409,
    zh: '签收后、办结上报前方可说明处理方式和办理进展；尚未签收的请先签收',
    en: 'Approach and progress are told between signing and reporting done: if it is not signed for, sign first',
  },
  'handling.wordsMissing': {
    status: 422,
    zh: '请写明处理方式或办理进展',
    en: 'Say what the approach or the progress is',
  },
  'urge.forbidden': {
    status: 403,
    zh: '催办由派单员、值班长、督办员或管理员发出，单位不能催办；请联系中心派单员',
    en: 'Dispatchers, leads, supervisors and operators urge; a unit does not: talk to a dispatcher of the hotline',
  },
  'urge.notWithUnit': {
    status: 409,
    zh: '工单不在单位办理中，无从催办；请刷新看其现在的状态',
    en: 'No unit is working on it: there is nobody to urge: load the ticket anew to see how it stands',
  },
  'urge.lately': {
    status: 409,
    zh: '两小时内已催办过，请在 again 之后再催',
    en: 'It was urged within two hours; again after the time told',
  },
  'document.unknown': {
    status: 404,
    zh: '没有这份公文，或您无权查看；请刷新工单后再看',
    en: 'There is no such document, or it is not yours to see: load the ticket anew',
  },
  'document.noUnit': {
    status: 409,
    zh: '工单尚未派给单位，不能制发任务单；请先派单',
    en: 'The ticket is with no unit yet; dispatch it first',
  },
  'document.notConfirmed': {
    status: 409,
    zh: '纪要尚未确认（或已取消），请先确认再制发',
    en: 'The minutes are not confirmed; they go on paper when they are',
  },
  'document.noExport': {
    status: 403,
    zh: '保密工单不得导出；打印（带水印）请由值班长、督办员或承办单位办理',
    en: 'A confidential ticket is not exported; a lead, a supervisor or its own unit may print it, with a watermark',
  },
  'document.noFont': {
    status: 503,
    zh: '本机没有公文字体，暂不能生成 PDF；请安装 fonts-babelstone-han，或以 DOCUMENT_FONT 指定字体文件',
    en: 'This machine lacks the font of documents; install fonts-babelstone-han, or name a font file in DOCUMENT_FONT',
  },
} as const satisfies Readonly<Record<string, Problem>>;
