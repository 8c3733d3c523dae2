import type { Problem } from './problem.ts';

/** Appeals that belong together. */
export const INCIDENTS_PROBLEMS = {
  'incident.unknown': {
    status: 404,
    zh: '没有这个事件，或您无权查看；请刷新列表重选',
    en: 'There is no such incident for you: load the list anew and choose again',
  },
  'incident.moveImpossible': {
    status: 409,
    zh: '事件在此状态下不能进行这一步，请刷新看其现在的状态',
    en: 'The incident is in a state from which this move does not exist: load it anew to see how it stands',
  },
  'incident.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步，请交运营员、班长或派单员办理',
    en: 'You may not do this: ask an operator, a lead or a dispatcher',
  },
  'incident.movedMeanwhile': {
    status: 409,
    zh: '事件已被他人办理，请刷新后再试',
    en: 'Somebody else moved the incident meanwhile; look again',
  },
  'incident.reasonMissing': { status: 422, zh: '请说明理由', en: 'Say why' },
  'incident.membersOpen': {
    status: 409,
    zh: '事件中还有未结的工单，请逐件回访结案',
    en: 'Appeals of the incident are open: ask each citizen and close each by itself first',
  },
  'incident.over': {
    status: 409,
    zh: '事件已结束或解散；仍有新诉求的，请另建事件',
    en: 'The incident is over: open another for what comes now',
  },
  'incident.notOpen': {
    status: 409,
    zh: '事件未在处置中，请刷新看其现在的状态',
    en: 'The incident is not being dealt with: load it anew to see how it stands',
  },
  'incident.empty': {
    status: 409,
    zh: '事件中没有工单，请先并入工单',
    en: 'The incident has no appeals: join a ticket to it first',
  },
  'incident.noneDispatched': {
    status: 409,
    zh: '事件中没有可派的工单（见 lines），未交办，也未起草专报；请先按各件所示原因处理',
    en: 'No appeal of the incident could be dispatched and nothing was done: deal first with what each needs (see lines)',
  },
  'incident.unitHasAll': {
    status: 409,
    zh: '事件中未办结的工单都已在该单位，没有可再交办的：请选择其他单位',
    en: 'This unit has every appeal of the incident that is not over: choose another unit, or leave it as it is',
  },
  'incident.handOverUnderWay': {
    status: 409,
    zh: '该事件的应急交办尚在逐件进行，请待其完成后再交办；进展见事件的 handOvers',
    en: 'The incident is being handed over, one appeal after the other: wait until that is finished (see handOvers of the incident)',
  },
  'incident.handOverStumbled': {
    status: 503,
    zh: '办理中出错，系统会自动重试，请稍后刷新查看',
    en: 'Something went wrong and it is tried again by itself: look again in a minute',
  },
  'incident.handOverGivenUp': {
    status: 503,
    zh: '多次办理均出错，系统不再重试，请人工派单',
    en: 'Something went wrong in every try and it is not tried again: dispatch it by hand',
  },
  'incident.assistAccused': {
    status: 409,
    zh: '诉求反映的是协办单位人员作风，未派该单位协办；需协办的请另选单位',
    en: 'The citizen complains of people of an assisting unit, which was left out: choose another where help is needed',
  },
  'specialReport.unknown': {
    status: 404,
    zh: '没有这份专报，请从所属事件重新打开',
    en: 'There is no such special report: open it from its incident',
  },
  'specialReport.changedMeanwhile': {
    status: 409,
    zh: '专报已被他人修改，请按现在的版本（revision）重新操作',
    en: 'Somebody changed the report meanwhile; act on its present revision',
  },
  'specialReport.moveImpossible': {
    status: 409,
    zh: '专报已印发或作废，不能再改；请刷新查看，情况有变的在事件中另行交办',
    en: 'The report was issued or discarded: reload it; if matters changed, hand the incident over anew',
  },
  'specialReport.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步；印发请交值班长或督办员办理',
    en: 'You may not do this: ask a lead or a supervisor to issue the report',
  },
  'specialReport.ownUnit': {
    status: 403,
    zh: '承办单位人员不得起草、修改或印发专报，请交热线人员办理',
    en: 'Nobody of a handling unit writes or issues a special report: leave it to the hotline',
  },
  'specialReport.unwritten': {
    status: 422,
    zh: '专报中还有待补充的段落（见 paragraphs），请补全后再印发',
    en: 'Paragraphs of the report are unwritten (see paragraphs): write them, then issue it',
  },
  'specialReport.personal': {
    status: 422,
    zh: '专报中有个人信息（见 paragraphs，-1 为标题），请删去后再印发',
    en: 'The report tells who somebody is (see paragraphs; -1 the title): leave that out',
  },
  'incident.praise': {
    status: 422,
    zh: '表扬不计入诉求，不能并入，请单独登记',
    en: 'Thanks are no appeal, and stands on its own: register it apart',
  },
  'incident.elsewhere': {
    status: 409,
    zh: '工单已在另一事件中，请先移出',
    en: 'The ticket is in another incident; let it leave that first',
  },
  'incident.ticketOver': {
    status: 409,
    zh: '工单已结，不能并入；请并入在办的工单',
    en: 'The ticket is over: join one that is being handled',
  },
  'incident.notMember': {
    status: 404,
    zh: '工单不在这个事件中，请刷新事件后再看',
    en: 'The ticket is not in this incident: load the incident anew',
  },
  'incident.announcementTaken': {
    status: 409,
    zh: '没有这条公告，或已属于另一事件，请另选或新写一条',
    en: 'There is no such announcement, or it is of another incident: choose another, or write one',
  },
  'thread.unknown': {
    status: 404,
    zh: '没有这条线索，或已并入另一条；请刷新后打开并入的那一条',
    en: 'There is no such thread, or it went into another; load the page anew and open that one',
  },
  'thread.same': {
    status: 422,
    zh: '不能并入自身，请选择另一条线索',
    en: 'A thread does not go into itself: choose another',
  },
  'thread.notMember': {
    status: 404,
    zh: '工单不在这条线索中，请刷新后再看',
    en: 'The ticket is not in this thread: load the page anew',
  },
  'thread.nothingLeft': {
    status: 422,
    zh: '不能移出全部工单，请至少留一件',
    en: 'Leave one ticket in the thread at least: all of it elsewhere is the same thread',
  },
  'thread.elsewhere': {
    status: 409,
    zh: '工单分属不同线索，请先合并',
    en: 'The tickets are in different threads; merge those',
  },
} as const satisfies Readonly<Record<string, Problem>>;
