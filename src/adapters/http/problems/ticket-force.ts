import type { Problem } from './problem.ts';

/** Moves outside the table, asked for by one person and agreed to by another. */
export const TICKET_FORCE_PROBLEMS = {
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
    en: 'Nobody of a handling unit forces a ticket: ask a lead or a supervisor to do so',
  },
  'force.ownWork': {
    status: 403,
    zh: '须由另一人同意',
    en: 'It was you who asked: leave it to somebody else to agree',
  },
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
} as const satisfies Readonly<Record<string, Problem>>;
