import type { Problem } from './problem.ts';

/** Parts of a ticket, whose a matter is, and the dispatch catalogue. */
export const TICKET_PARTS_PROBLEMS = {
  'part.unknown': {
    status: 404,
    zh: '没有这个协办或转办，或您无权查看；请刷新工单后再看',
    en: 'There is no such part for you: load the ticket anew',
  },
  'part.moveImpossible': {
    status: 409,
    zh: '在当前状态下不能进行这一步，请刷新看其现在的状态',
    en: 'Not from the state it is in: load the ticket anew to see how it stands',
  },
  'part.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步：协办请交派单员、裁定员、运营员或班长，下级分办请交上级单位',
    en: 'You may not do this: ask a dispatcher, adjudicator, operator or lead for an assisting unit, and the unit above for what it handed down',
  },
  'part.ownUnit': {
    status: 403,
    zh: '不得审定或撤回本单位自己的办理，请由上级或中心人员办理',
    en: 'Nobody judges or takes back the own work: leave it to the level above, or to the hotline',
  },
  'part.otherUnit': {
    status: 403,
    zh: '只有该单位或其上级可以进行这一步，请由其办理',
    en: 'Only its own unit, or the one above, makes this move: leave it to them',
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
    zh: '已退回过一次，不得再退；请办理',
    en: 'It came back once; it cannot again: work on it',
  },
  'part.returnTooLate': {
    status: 409,
    zh: '已过退回时限（交办后一个工作日）；请办理',
    en: 'A part is returned within one working day: work on it',
  },
  'part.ticketAtRest': {
    status: 409,
    zh: '工单不在承办单位办理中，请刷新看其现在的状态',
    en: 'No unit works on the ticket in its present state: load the ticket anew to see how it stands',
  },
  'part.tooDeep': {
    status: 422,
    zh: '单位内最多转办四级，请由本级办理',
    en: 'Within a unit work goes down four levels at most: work on it at this level',
  },
  'part.beyondParent': {
    status: 422,
    zh: '时限不得超过上级的时限，见 parentDueAt，请改短',
    en: 'Its time ends no later than that of the level above; see parentDueAt, and shorten it',
  },
  'part.sameUnit': {
    status: 422,
    zh: '该单位已是上级或主办单位，请另选单位',
    en: 'The unit is the one above, or the lead: choose another',
  },
  'part.unitAlready': {
    status: 409,
    zh: '该单位已有未办结的协办或转办，见 part；请在其中办理，或另选单位',
    en: 'The unit has an open part of this ticket already; see part: go on in that one, or choose another unit',
  },
  'part.parentEnded': {
    status: 409,
    zh: '上级已上报、退回或结束，不能再向下转办，请刷新工单后再看',
    en: 'The level above has reported, returned or ended: load the ticket anew',
  },
  'part.notWithin': {
    status: 422,
    zh: '只能转办给本单位直属的科室或下级；其他单位请由热线加派协办',
    en: 'Work goes down only to those directly within the unit: ask the hotline to add others',
  },
  'part.assistUnder': {
    status: 422,
    zh: '协办单位加派在工单上，不在某项转办之下：请不填 parentId',
    en: 'An assisting unit is added to the ticket itself, not under a part: leave parentId out',
  },
  'part.noUnit': {
    status: 409,
    zh: '工单尚未派给承办单位，请先派单',
    en: 'No unit has the ticket: dispatch it first',
  },
  'interim.none': {
    status: 404,
    zh: '该工单没有先行处置；需要的请先指定先行处置单位',
    en: 'The ticket has no interim handler: name one first if it needs one',
  },
  'interim.taken': {
    status: 409,
    zh: '该工单已指定先行处置单位；请与该单位联系',
    en: 'The ticket has an interim handler already: call that unit',
  },
  'interim.unitHasIt': {
    status: 409,
    zh: '工单正由其他单位办理；可加派协办，或先改派',
    en: 'Another unit works on it: add yours as assisting, or hand the ticket over first',
  },
  'interim.notNow': {
    status: 409,
    zh: '工单的当前状态不需要先行处置，请按正常流程办理',
    en: 'No interim handler is needed in the present state: go on with the ticket itself',
  },
  'interim.actImpossible': {
    status: 409,
    zh: '现在不能登记这一项：先除险情，再除根源',
    en: 'This is not its turn: remove the hazard first, then its cause',
  },
  'interim.actForbidden': {
    status: 403,
    zh: '只有承办单位可以登记，请由其登记',
    en: 'Only the unit that has the ticket enters this: leave it to them',
  },
  'interim.evidenceMissing': { status: 422, zh: '请写明依据', en: 'Say what shows it' },
  'adjudication.unknown': {
    status: 404,
    zh: '没有这份裁定；请刷新列表重选',
    en: 'There is no such decision: load the list anew and choose again',
  },
  'adjudication.nothingToDecide': {
    status: 409,
    zh: '工单的当前状态没有可裁定的归属；请刷新看其现在的状态',
    en: 'In its present state nothing is to be decided of whose it is: load the ticket anew to see how it stands',
  },
  'adjudication.isRule': {
    status: 409,
    zh: '该裁定已成为规则；要改请在派单目录中修改',
    en: 'The decision is a rule already: change it in the dispatch catalogue',
  },
  'adjudication.ruleTooWide': {
    status: 422,
    zh: '规则须限定区域、分类或设施之一',
    en: 'A rule for everything would be too wide: name an area, a category or a thing',
  },
  'adjudication.scopeUnknown': {
    status: 422,
    zh: '没有这个区域、分类或设施，请从列表中选择，见 field',
    en: 'There is no such area, category or thing, see field: choose one of the list',
  },
  'dispatch.changedMeanwhile': {
    status: 409,
    zh: '他人已修改派单目录，请重新载入后再改',
    en: 'Somebody else changed the catalogue meanwhile, nothing was overwritten: load it anew, then change it',
  },
  'dispatch.entryInvalid': {
    status: 422,
    zh: '条目有误，见 faults：哪一条、哪一项、怎么改，请逐项改正',
    en: 'Entries hold faults; see which, what is wrong and what would be right: mend each',
  },
  'dispatch.entryUnknown': {
    status: 404,
    zh: '目录中没有这些条目，或已被取代，请刷新后重选',
    en: 'The catalogue has no such entries any more: load the list anew and choose again',
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
} as const satisfies Readonly<Record<string, Problem>>;
