import type { Problem } from './problem.ts';

/** Return visits and what comes of them. */
export const VISITS_PROBLEMS = {
  'visit.notDue': {
    status: 409,
    zh: '工单不在回访中，请刷新列表后另选一件',
    en: 'The ticket does not wait for a return visit: read the list again and take another',
  },
  'visitLink.unknown': {
    status: 404,
    zh: '评价链接无效，请核对短信中的网址，或拨打热线',
    en: 'No such link: look at the address in the message, or call the hotline',
  },
  'visitLink.used': {
    status: 409,
    zh: '您已评价过，谢谢；如有补充请拨打热线',
    en: 'You have answered already, thank you; call the hotline if there is more to say',
  },
  'visitLink.over': {
    status: 410,
    zh: '评价链接已失效；如仍未解决，请拨打热线继续反映',
    en: 'The link is over; if the matter is not solved, call the hotline',
  },
  'follow.unknown': {
    status: 404,
    zh: '没有查到：请核对工单编号和登记时留的电话；保密诉求不能在此查询，请拨打热线',
    en: 'Nothing was found: check the number of the ticket and the telephone you left; call the hotline for a confidential matter',
  },
  'follow.over': {
    status: 409,
    zh: '这件诉求已办结；如仍未解决或有新情况，请拨打热线继续反映',
    en: 'The matter is over; if it is not solved or there is more to say, call the hotline',
  },
  'follow.urgedLately': {
    status: 409,
    zh: '一天内已催办过，已告知承办方；急事请拨打热线',
    en: 'You pressed it within a day and it was passed on; call the hotline if it is urgent',
  },
  'follow.addedEnough': {
    status: 409,
    zh: '今天已补充多次，均已收到；如还有要说的，请拨打热线',
    en: 'You added to it several times today and all of it was received; call the hotline for more',
  },
  'follow.wordsMissing': {
    status: 422,
    zh: '请写下要补充的情况',
    en: 'Write down what you want to add',
  },
  'ticket.reviewDateFault': {
    status: 422,
    zh: '挂账事项的复核日期须在明天以后、半年以内',
    en: 'Choose a day from tomorrow on and within half a year to look at a plan again',
  },
  'ticket.planPersonal': {
    status: 422,
    zh: '办理计划会告知诉求人，不得含有个人信息，请删去后再提交',
    en: 'The citizen is told the plan: leave out what tells who somebody is',
  },
  'ticket.advicePersonal': {
    status: 422,
    zh: '给市民的说明会发送给诉求人并在公开页面显示，不得含有个人信息（见 kinds；单位固定电话可以写），请删去后再提交',
    en: 'The citizen is told these words and reads them on the public page: leave out what tells who somebody is (see kinds); the landline of an office may stand',
  },
  'reply.checklistMissing': {
    status: 422,
    zh: '答复审核须逐项填写：逐项答复、已联系诉求人、依据充分、用语得当',
    en: 'Fill in the whole list of the review: each point answered, contact made, evidence, tone',
  },
  'reply.pointsUnmet': {
    status: 422,
    zh: '答复有未达到的审核项，不能放行；请退回承办单位并注明',
    en: 'A point of the review is not met: send the reply back and mark what is wrong',
  },
  'reply.marksMissing': {
    status: 422,
    zh: '退回答复须指出未达到的审核项，并逐项写明问题',
    en: 'Mark each point that is not met, with what is wrong, to send a reply back',
  },
  'adoption.notSuggestion': {
    status: 409,
    zh: '只有建议才登记是否采纳；请先核对工单的诉求类型',
    en: 'Only a suggestion is adopted or not: look at the type of the ticket first',
  },
  'adoption.tooEarly': {
    status: 409,
    zh: '建议尚未交承办单位研究，请先派单',
    en: 'No unit has looked at the suggestion yet: dispatch it first',
  },
  'adoption.wordsMissing': {
    status: 422,
    zh: '请写明采取的措施，或未采纳的理由',
    en: 'Say which measure was taken, or why it was not adopted',
  },
  'adoption.personal': {
    status: 422,
    zh: '公开处、公开摘要和公开的措施不得含有诉求人姓名、电话、住址等个人信息，请改写',
    en: 'What is public tells of nobody who he is: take out each name, telephone and address of a person',
  },
  'adoption.notTakenUp': {
    status: 422,
    zh: '未采纳的建议不列入公开名单，请不要填写公开摘要（summary）',
    en: 'Only what was taken up stands on the public list; leave out the summary',
  },
  'adoption.secret': {
    status: 409,
    zh: '保密工单不得公开，请不要填写公开摘要（summary）',
    en: 'Nothing of a confidential ticket is made public; leave out the summary',
  },
  'visit.unheard': {
    status: 409,
    zh: '尚未登记市民的回访答复：请登记回访结果，由其结案；确实联系不上的按未回访结案',
    en: 'What the citizen said is not written down: record the visit, which closes it; or close it unvisited',
  },
  'visit.answersMissing': {
    status: 422,
    zh: '已接听的回访须填写三项答复：是否解决、结果满意度、过程满意度',
    en: 'Enter three answers for a visit that was answered: solved, content with the result, content with the way',
  },
  'visit.answersOutOfPlace': {
    status: 422,
    zh: '市民未接听，不能填写答复；请清空答复，或改选“已接听”',
    en: 'Nobody answered, so there are no answers: empty them, or say that the citizen answered',
  },
  'visit.ticketTwice': {
    status: 422,
    zh: '同一次回访中，每张工单只登记一次，请删去重复的',
    en: 'In one visit each ticket is named once: take the second one away',
  },
  'visit.timeMissing': { status: 422, zh: '请填写另约的时间', en: 'Say when the citizen wants to be called' },
  'visit.tooFewAttempts': {
    status: 409,
    zh: '至少须在两天、两个时段拨打三次未能联系，方可按未联系上处理',
    en: 'Try at least three times, on two days and in two parts of the day, before giving up',
  },
  'contact.noNumber': {
    status: 409,
    zh: '工单没有市民号码，无法联系；请查原通话记录中的号码',
    en: 'The ticket has no number of the citizen: look for it in the call that it came by',
  },
  'contact.held': {
    status: 409,
    zh: '该市民正由他人（或自动回访）联系，请稍后再试',
    en: 'Somebody else, or the machine, has the contact of this citizen now: try again later',
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
  'sample.unknown': {
    status: 404,
    zh: '没有这条复核；请刷新列表重选',
    en: 'There is no such second visit: load the list anew and choose again',
  },
  'sample.over': {
    status: 409,
    zh: '这条复核已经完成，请刷新列表看下一条',
    en: 'This second visit is over: load the list anew and go on with the next',
  },
  'sample.samePerson': {
    status: 403,
    zh: '首次回访由您完成，须由他人复核',
    en: 'You made the first visit: leave the second to another person',
  },
  'ticketRating.notYet': {
    status: 409,
    zh: '工单尚未办结，请在办结后评价',
    en: 'The matter is not done yet: rate it when it has been reported done',
  },
  'ticketRating.over': {
    status: 409,
    zh: '工单已归档，不再评价；如仍有问题请拨打热线',
    en: 'The matter is in the archive and is rated no more; call the hotline if it is not solved',
  },
  'ticketRating.correctedEnough': {
    status: 409,
    zh: '评价只能在首次评价后 7 日内更正，且不超过 3 次；如仍有问题请拨打热线',
    en: 'A rating is corrected within 7 days of the first word, three times at most; call the hotline if it is not solved',
  },
  'ticketRating.given': {
    status: 409,
    zh: '本次办结已经评价过（一事一评）；要更正请用“更正评价”，或拨打热线',
    en: 'This matter has been rated already: correct what was said, or call the hotline',
  },
  'truth.evidenceMissing': {
    status: 422,
    zh: '认定部分属实或不属实须附证据：写明理由（evidence），并指明本工单的经过、录音或公文（refs），缺的见 lacking',
    en: 'Say why it is not, or only partly, true (evidence), and name what of this ticket shows it (refs); see lacking',
  },
  'truth.evidenceUnknown': {
    status: 422,
    zh: '这些证据（见 refs）不在本工单之下或无从查看，请改正：经过写行号 seq，录音须已存好，公文须为本工单所发；以往的认定不能作证据',
    en: 'These (see refs) are not of this ticket or cannot be looked at: name a line by its seq, a stored recording, or a paper of it',
  },
  'exclusion.unknown': {
    status: 404,
    zh: '没有这份剔除申请，或您无权查看；请从申请列表中选择',
    en: 'There is no such request for you: choose one of the list',
  },
  'exclusion.stands': {
    status: 409,
    zh: '这张工单已有剔除申请，请打开该申请继续办理',
    en: 'A request for this ticket stands already: open that one and go on with it',
  },
  'exclusion.truthMissing': {
    status: 409,
    zh: '以不属实为由剔除，须先由中心认定诉求不属实',
    en: 'Before a ticket is excluded as untrue: have the hotline find that it is',
  },
  'exclusion.moveImpossible': {
    status: 409,
    zh: '剔除申请在当前状态下不能进行这一步，请刷新后看其进展',
    en: 'From the state it is in, the request cannot make this move: load it again and see how far it is',
  },
  'exclusion.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步：申请请由承办单位、督办员或班长提出，决定请交裁定员、督办员或班长',
    en: 'You may not do this: leave the request to the unit, a supervisor or a lead, and ask an adjudicator, supervisor or lead to decide',
  },
  'exclusion.ownUnit': {
    status: 403,
    zh: '承办单位不得决定自己的剔除，请由中心人员办理',
    en: 'A unit never decides about its own figures: leave it to people of the hotline',
  },
  'exclusion.otherUnit': {
    status: 403,
    zh: '只能为本单位申请剔除；其他单位的请由其申请',
    en: 'A unit asks for its own tickets only: leave the others to them',
  },
  'exclusion.samePerson': {
    status: 403,
    zh: '须由申请人和首位同意人以外的第二人决定',
    en: 'You asked, or agreed first: leave it to a second person to decide',
  },
  'exclusion.notYours': {
    status: 403,
    zh: '只有申请人可以撤回，请由其撤回，或在审批时不予同意',
    en: 'Only who asked takes it back: ask that person, or refuse it when it is decided',
  },
  'exclusion.reasonMissing': { status: 422, zh: '请说明理由或证据', en: 'Say why, or what shows it' },
  'surveyRules.queueUnknown': {
    status: 422,
    zh: '没有这个专席，请从列表中选择',
    en: 'There is no such desk: choose one of the list',
  },
  'surveyRules.changedMeanwhile': {
    status: 409,
    zh: '自动回访的规定已被他人修改，请重新读取',
    en: 'The rules of automatic visits were changed meanwhile; read them again',
  },
} as const satisfies Readonly<Record<string, Problem>>;
