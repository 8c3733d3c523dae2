import type { Problem } from './problem.ts';

/** 通报. */
export const CIRCULARS_PROBLEMS = {
  'circular.unknown': {
    status: 404,
    zh: '没有这份通报，或未印发给您的单位；请刷新列表重选',
    en: 'There is no such circular for you: load the list anew and choose again',
  },
  'circular.changedMeanwhile': {
    status: 409,
    zh: '通报已被他人修改，请按现在的版本（revision）重新操作',
    en: 'Somebody changed the circular meanwhile; act on its present revision',
  },
  'circular.moveImpossible': {
    status: 409,
    zh: '通报在当前状态下不能进行这一步，请刷新看其现在的状态',
    en: 'From the state it is in, the circular cannot make this move: load it anew to see how it stands',
  },
  'circular.moveForbidden': {
    status: 403,
    zh: '您无权进行这一步：起草请交督办员、班长或运营员，签发请交班长、督办员或领导',
    en: 'You may not do this: ask a supervisor, lead or operator to write it, and a lead, supervisor or leader to sign it',
  },
  'circular.ownUnit': {
    status: 403,
    zh: '承办单位人员不得起草、签发或撤回通报，请由中心督办人员办理',
    en: "Nobody of a handling unit writes, signs or withdraws a circular: leave it to the hotline's supervisors",
  },
  'circular.notSignatory': {
    status: 403,
    zh: '只有指定的签发人可以签发或退回，请由其办理，或由起草人重新指定',
    en: 'Only the signatory who was named signs it or gives it back: leave it to that person, or have another one named',
  },
  'circular.ownWork': {
    status: 403,
    zh: '起草或修改过通报的人不得签发、撤回，也不得被指定为签发人，请由另一人办理',
    en: 'Whoever wrote a word of it neither signs nor withdraws it, nor can be named its signatory: leave it to another person',
  },
  'circular.reasonMissing': { status: 422, zh: '请写明理由（words）', en: 'Say why (words)' },
  'circular.signatoryMissing': {
    status: 422,
    zh: '送签须指定签发人（signatory）',
    en: 'Name whose signature is asked for (signatory)',
  },
  'circular.signatoryUnfit': {
    status: 422,
    zh: '签发人须为热线的在用账号，角色为班长、督办员或领导',
    en: 'Choose a signatory with an account of the hotline that is in use, and the role lead, supervisor or leader',
  },
  'circular.noUnits': {
    status: 422,
    zh: '没有主送单位：请先登记承办单位或修改 units',
    en: 'It goes to no unit: enter units first, or change units',
  },
  'circular.unitUnknown': {
    status: 422,
    zh: '这些单位不存在、是内设机构或是热线自身，不能作为主送单位，见 units；请改选承办单位',
    en: 'These are no units of their own that a circular could go to; see units; choose units of their own',
  },
  'circular.figureUnknown': {
    status: 422,
    zh: '正文引用了没有的统计，见 figures；请改用通报的 figures 所列的',
    en: 'The text names figures that the circular does not count: see figures, and take only what it counts',
  },
  'circular.digestMissing': {
    status: 422,
    zh: '签发须带上所见内容的摘要（digest，见通报），以证明签的就是所见的',
    en: 'A signature shows what was signed: send the digest of what was shown (digest, see the circular)',
  },
  'circular.figuresChanged': {
    status: 409,
    zh: '送签后台账有变动：变了的数字见 changed，其背后增减、变动的各行见 rows；请退回，由起草人重新统计后再送签',
    en: 'The books have moved since it was submitted (see changed and rows): give it back to be counted anew',
  },
  'circular.periodOpen': {
    status: 409,
    zh: '统计期间尚未结束，数字还会变动：请在期间最后一天过后签发',
    en: 'Its days are not over and its figures may still move: sign it after the last of them',
  },
  'circular.personal': {
    status: 422,
    zh: '正文含有电话、证件等个人信息（见 paragraphs），通报发往多个单位，请删去',
    en: 'Numbers of a person stand in the text, which goes to many units: take them out (see paragraphs)',
  },
  'circular.tooMuch': {
    status: 422,
    zh: '统计的行数过多，请缩短期间或减少单位',
    en: 'Too many rows: ask for fewer days or units',
  },
  'circular.notSent': {
    status: 409,
    zh: '这份通报未印发，或已更正、撤回，请刷新看现行的一份',
    en: 'This circular was not sent, or holds no more: load the list anew for the one that holds',
  },
  'circular.underCorrection': {
    status: 409,
    zh: '这份通报已有更正稿，请打开更正稿继续',
    en: 'A correction of this circular is being written, or was: open that one',
  },
  'circular.noReceipt': {
    status: 403,
    zh: '签阅由受文单位的人员进行，请由其办理',
    en: 'The people of the units that it went to sign for it: leave it to them',
  },
} as const satisfies Readonly<Record<string, Problem>>;
