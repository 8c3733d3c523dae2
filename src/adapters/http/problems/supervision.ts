import type { Problem } from './problem.ts';

/** Supervision and instructions. */
export const SUPERVISION_PROBLEMS = {
  'instruction.unknown': {
    status: 404,
    zh: '没有这份批示；请刷新列表重选',
    en: 'There is no such instruction: load the list anew and choose again',
  },
  'instruction.dueInPast': {
    status: 422,
    zh: '批示的办理时限须晚于现在',
    en: 'Choose a time that lies ahead for an instruction',
  },
  'instruction.moveImpossible': {
    status: 409,
    zh: '批示在当前状态下不能进行这一步，请刷新看其现在的状态',
    en: 'From the state it is in, the instruction cannot make this move: load it anew to see how it stands',
  },
  'instruction.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步：批示和认可请交领导、督办员或班长，办理和报告请交督办员或班长',
    en: 'You may not do this: ask a leader, supervisor or lead to give or close it, and a supervisor or lead to carry it out',
  },
  'instruction.ownUnit': {
    status: 403,
    zh: '承办单位通过督办单反馈，不直接办理批示；请在督办单中反馈',
    en: 'A unit answers its orders; an instruction is not its own to work on: answer the order instead',
  },
  'instruction.wordsMissing': { status: 422, zh: '请写明内容', en: 'Say what' },
  'supervision.formFault': {
    status: 422,
    zh: '督办文书要素缺少（missing）或多余（unknown），见 field，请补填或删去',
    en: 'A field of the form of the instrument is missing, or does not belong there; see field; fill it in, or take it away',
  },
  'supervision.unknown': {
    status: 404,
    zh: '没有这份督办单，或您无权查看；请刷新列表重选',
    en: 'There is no such order for you: load the list anew and choose again',
  },
  'supervision.noUnit': {
    status: 409,
    zh: '工单尚未派给承办单位，无从督办；请先派单',
    en: 'No unit has the ticket, so there is nobody to supervise: dispatch it first',
  },
  'supervision.moveImpossible': {
    status: 409,
    zh: '督办单在当前状态下不能进行这一步，请刷新看其现在的状态',
    en: 'From the state it is in, the order cannot make this move: load it anew to see how it stands',
  },
  'supervision.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步：答复请交承办单位，其余请交督办员或班长',
    en: 'You may not do this: leave the answer to the unit, and ask a supervisor or a lead for the rest',
  },
  'supervision.ownUnit': {
    status: 403,
    zh: '承办单位不得督办或评判自己，请由中心督办人员办理',
    en: "A unit never supervises or judges itself: leave it to the hotline's supervisors",
  },
  'supervision.otherUnit': {
    status: 403,
    zh: '只有被督办的单位可以反馈，请由其办理',
    en: 'Only the unit that the order went to answers it: leave it to them',
  },
  'score.otherUnit': {
    status: 403,
    zh: '承办单位只看自己的考评明细，请选本单位',
    en: 'A unit looks at what stands behind its own figures only: choose your own unit',
  },
  'supervision.reasonMissing': { status: 422, zh: '请说明内容', en: 'Say what' },
} as const satisfies Readonly<Record<string, Problem>>;
