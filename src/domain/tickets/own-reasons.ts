// What the system itself writes as the reason of a line of the time line, in the town's language, and nobody else: whoever
// writes it, tells it in English or tests either takes it from here.

/** The whole reason. */
export const OWN_REASONS = {
  signedByClock: '逾期未签收，系统自动签收',
  archivedByClock: '期满自动归档',
  calledThroughUs: '通过平台联系市民',
  forceLapsed: '一日内未获同意，自动失效',
  extensionLapsed: '到期前未作决定，自动失效',
  urgedOver: '承办时限已到，系统自动催办',
  urgedNearly: '承办时限将到，系统自动催办',
  linkSent: '多次未能联系，已发送评价链接',
  /** The unit that is rated reads it. */
  disputed: '市民对办理结果有异议，转热线复核',
  joinedByItself: '同一地点同类诉求，自动并入',
  accusedAtRegistration: '登记时注明',
} as const;

/** Around what a person wrote, a number or a name. */
export const OWN_FRAMES = {
  interim: (hazard: string) => `先行处置：${hazard}`,
  minutes: (number: string, words: string) => `会议纪要 ${number}：${words}`,
  becameRule: (number: string) => `裁定 ${number} 成为规则`,
  assists: (number: string, words: string) => `裁定 ${number} 协办：${words}`,
  joined: (number: string) => `并入${number}`,
  truth: (name: string) => `诉求${name}`,
  exclusionAsked: (ground: string, evidence: string) => `申请剔除（${ground}）：${evidence}`,
  /** Who asked, decided or judged, and what: a visit, an exclusion. */
  said: (by: string, words: string) => `${by}：${words}`,
  /** After what the machine says, the person's own words, if there are any. */
  more: (said: string, words: string) => (words === '' ? said : `${said}；${words}`),
  urgentCalled: (who: string, how: string) => `急件电话通知：${who}，${how}`,
  urgentTogether: (number: string, how: string) => `急件电话通知：与同一事件的${number}一并通知，${how}`,
  urgentUnanswered: (unit: string, zh: string, en: string) => `急件电话通知：${unit}${zh} ${en}`,
} as const;

/** By whom a citizen was asked, or that he said it himself. */
export const ASKED_BY = {
  person: '回访',
  machine: '自动回访',
  link: '链接回访',
  himself: '市民评价',
  second: '独立复核回访',
  overturned: '独立复核推翻回访结果',
} as const;
/** By the second person. */
export const NOT_REACHED = '未能联系';
