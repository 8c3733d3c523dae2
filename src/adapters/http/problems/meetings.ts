import type { Problem } from './problem.ts';

/** 联席会议及其任务. */
export const MEETINGS_PROBLEMS = {
  'meeting.unknown': {
    status: 404,
    zh: '没有这次会议，或您无权查看；请刷新列表重选',
    en: 'There is no such meeting for you: load the list anew and choose again',
  },
  'meeting.changedMeanwhile': {
    status: 409,
    zh: '纪要已被他人修改，请按现在的版本（revision）重新操作',
    en: 'Somebody changed the minutes meanwhile; act on their present revision',
  },
  'meeting.moveImpossible': {
    status: 409,
    zh: '纪要在当前状态下不能进行这一步；已确认的不再改动，另有议定请另记一次会议',
    en: 'From the state they are in, the minutes cannot make this move, and what is confirmed stays: write another meeting for what is decided anew',
  },
  'meeting.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步：纪要请交督办员、裁定员、班长或运营员起草，裁定员或班长确认',
    en: 'You may not do this: ask a supervisor, adjudicator, lead or operator to write the minutes, and an adjudicator or lead to confirm them',
  },
  'meeting.ownUnit': {
    status: 403,
    zh: '承办单位人员不得起草或确认纪要，请由中心人员办理',
    en: 'Nobody of a handling unit writes or confirms the minutes: leave it to people of the hotline',
  },
  'meeting.ownWork': {
    status: 403,
    zh: '起草或修改过纪要的人不得确认，请由另一人确认',
    en: 'Whoever wrote a word of the minutes does not confirm them: leave it to another person',
  },
  'meeting.heldLater': {
    status: 422,
    zh: '开会时间晚于现在：会后才有纪要，请改正时间',
    en: 'Minutes are of a meeting that was held: its time lies ahead: correct the time',
  },
  'meeting.ticketNotOfIt': {
    status: 422,
    zh: '议定事项或任务（见 where）所涉工单不在 ticketIds 之列，请先加入工单，或改正所涉工单',
    en: 'A decision or a task (see where) names a ticket that is not among ticketIds: add it there, or take it out',
  },
  'meeting.decidedTwice': {
    status: 422,
    zh: '同一工单有两项责任主体的议定，请保留一项',
    en: 'Two decisions name who is responsible for one ticket: keep one',
  },
  'meeting.withoutResult': {
    status: 422,
    zh: '没有议定事项也没有任务，不能确认，请补写后再确认',
    en: 'There is neither a decision nor a task to confirm: write one, then confirm',
  },
  'meetingTask.unknown': {
    status: 404,
    zh: '没有这项任务，或不是您单位的；请刷新列表重选',
    en: 'There is no such task for you: load the list anew and choose again',
  },
  'meetingTask.moveImpossible': {
    status: 409,
    zh: '任务在当前状态下不能进行这一步，请刷新看其现在的状态',
    en: 'From the state it is in, the task cannot make this move: load it anew to see how it stands',
  },
  'meetingTask.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步：报结请交任务的承办单位，认可、退回和撤销请交督办员或班长',
    en: 'You may not do this: leave the report to the unit that has the task, and ask a supervisor or a lead to accept, send back or cancel it',
  },
  'meetingTask.ownUnit': {
    status: 403,
    zh: '承办单位不得认可、退回或撤销任务，请由中心人员办理',
    en: 'A unit neither accepts nor cancels a task: leave it to people of the hotline',
  },
  'meetingTask.otherUnit': {
    status: 403,
    zh: '只有承办该任务的单位可以报结，请由其办理',
    en: 'Only the unit that took the task reports it: leave it to them',
  },
  'meetingTask.wordsMissing': { status: 422, zh: '请写明内容', en: 'Say what' },
} as const satisfies Readonly<Record<string, Problem>>;
