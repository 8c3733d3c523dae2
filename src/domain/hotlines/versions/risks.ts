/** Who must have looked at a change before it is published, weakest first. The author never counts. */
export const APPROVAL_LEVELS = ['ordinary', 'second', 'twoApprovers', 'forbidden'] as const;
export type ApprovalLevel = (typeof APPROVAL_LEVELS)[number];

export const APPROVALS_NEEDED = { ordinary: 0, second: 1, twoApprovers: 2, forbidden: Infinity } as const;

/** What makes a change risky. `because` is shown to whoever asks for approval and to whoever gives it. */
export const RISKS = [
  {
    code: 'protected.never',
    level: 'forbidden',
    because: { zh: '报警和紧急求助电话不得归并', en: 'an emergency number is never merged' },
  },
  {
    code: 'protected.excluded',
    level: 'twoApprovers',
    because: { zh: '不纳入归并范围的号码，须两名审批人同意', en: 'an excluded number needs two approvers' },
  },
  {
    code: 'main.number',
    level: 'second',
    because: { zh: '涉及热线主号码，影响全部来电', en: 'it touches the main number and so every call' },
  },
  {
    code: 'main.greeting',
    level: 'second',
    because: {
      zh: '更换主号码的问候语，全部来电都会听到',
      en: 'every caller hears the main number’s greeting',
    },
  },
  {
    code: 'general.queue',
    level: 'second',
    because: {
      zh: '涉及总席队列，是全部来电的最后去处',
      en: 'it touches the desk to which every call falls back',
    },
  },
  {
    code: 'number.reading',
    level: 'second',
    because: { zh: '区号或时区变化，全部号码和日期重新解释', en: 'every number and date is read anew' },
  },
  {
    code: 'line.removed',
    level: 'second',
    because: { zh: '删除号码，来电不再按原规则受理', en: 'calls to the number lose their rule' },
  },
  {
    code: 'past.rewritten',
    level: 'second',
    because: {
      zh: '指明了较早的生效日期，改写以往登记，以往日期的统计随之改变',
      en: 'it names an earlier first day and rewrites the past: totals of earlier days change',
    },
  },
  {
    code: 'queue.removed',
    level: 'second',
    because: { zh: '删除队列，其来电改由总席受理', en: 'the desk’s calls fall to the general desk' },
  },
  {
    code: 'overflow.removed',
    level: 'second',
    because: {
      zh: '取消溢出，专席无人时来电只能等待',
      en: 'without overflow callers wait for one desk alone',
    },
  },
  {
    code: 'desk.workingHours',
    level: 'second',
    because: { zh: '工作时间内调整专席', en: 'a dedicated desk is changed in working hours' },
  },
  {
    code: 'parallel.target',
    level: 'second',
    because: { zh: '来电将接往另一外线电话', en: 'callers will be sent to another outside telephone' },
  },
  {
    code: 'menu.main',
    level: 'second',
    because: { zh: '涉及主号码的菜单，影响全部来电', en: 'it changes the menu that every caller hears' },
  },
  {
    code: 'menu.outside',
    level: 'second',
    because: {
      zh: '菜单将来电接往另一外线电话',
      en: 'a menu will send callers to another outside telephone',
    },
  },
  {
    code: 'centre.target',
    level: 'second',
    because: { zh: '来电将转往另一中心', en: 'callers will be handed to another centre' },
  },
  {
    code: 'number.cancelled',
    level: 'second',
    because: { zh: '号码将注销，难以恢复', en: 'the number is cancelled, which is hard to undo' },
  },
  {
    code: 'end.goodbye',
    level: 'second',
    because: {
      zh: '期满后来电只听提示，不再有人接听',
      en: 'once it is over callers hear a notice and nobody answers',
    },
  },
  {
    code: 'transition.term',
    level: 'second',
    because: { zh: '过渡期的延长或变更须经审批', en: 'extending or changing a transition needs approval' },
  },
  {
    code: 'trunk.recognition',
    level: 'second',
    because: {
      zh: '影响该中继全部来电识别为哪个号码',
      en: 'it decides for which number every call of the trunk is taken',
    },
  },
] as const satisfies readonly {
  readonly code: string;
  readonly level: ApprovalLevel;
  readonly because: { readonly zh: string; readonly en: string };
}[];
export type RiskCode = (typeof RISKS)[number]['code'];
