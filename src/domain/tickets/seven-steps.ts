import type { TimeLineNote } from './time-line.ts';
import type { TicketMove, TicketState } from './transitions.ts';

/**
 * The standard flow of a hotline in seven steps, by exactly these names (RD-13): what the tables of tickets, orders, circulars and
 * the appraisal do under names of their own, said in the words in which a county reports it.
 */
export const STEPS = [
  'receive',
  'transfer',
  'complete',
  'report',
  'supervise',
  'feedback',
  'account',
] as const;
export type Step = (typeof STEPS)[number];
export const STEP_NAMES: Readonly<Record<Step, string>> = {
  receive: '统一接收',
  transfer: '按责转办',
  complete: '限时办结',
  report: '报告通报',
  supervise: '统一督办',
  feedback: '评价反馈',
  account: '监督问责',
};
/** 四个一 (RD-17): all supervision leaves by one mouth, the hotline's, and no unit gets it from two. */
export const ONE_MOUTH = { name: '一口督办', step: 'supervise' } as const satisfies {
  readonly name: string;
  readonly step: Step;
};

/** In which step a ticket is. Supervision has no state of its own: it goes beside the work, and its acts say so. */
export const STATE_STEPS = {
  registered: 'receive',
  underReview: 'receive',
  outOfScope: 'receive',
  dispatched: 'transfer',
  returned: 'transfer',
  signedFor: 'complete',
  inContact: 'complete',
  handling: 'complete',
  longTerm: 'complete',
  reportedDone: 'report',
  replyReview: 'report',
  returnVisit: 'feedback',
  disputed: 'feedback',
  withdrawn: 'feedback',
  closed: 'feedback',
  // From here on it is a figure in somebody's appraisal.
  archived: 'account',
} as const satisfies Readonly<Record<TicketState, Step>>;

/** Of which step each move and each note of a ticket's time line is an act. */
export const ACT_STEPS = {
  register: 'receive',
  submit: 'receive',
  sendBack: 'receive',
  declareOutOfScope: 'receive',
  closeAdvised: 'receive',
  withdraw: 'receive',
  resubmit: 'receive',
  classified: 'receive',
  incidentJoined: 'receive',
  incidentLeft: 'receive',
  threadChanged: 'receive',
  citizenRevealed: 'receive',
  listKept: 'receive',
  knowledgeGranted: 'receive',
  knowledgeEnded: 'receive',
  citizenNumberGiven: 'receive',
  incomingSettled: 'receive',

  dispatch: 'transfer',
  coordinateAnyway: 'transfer',
  signFor: 'transfer',
  returnTicket: 'transfer',
  acceptReturn: 'transfer',
  refuseReturn: 'transfer',
  handOver: 'transfer',
  accusedNamed: 'transfer',
  adjudicated: 'transfer',
  interimAssigned: 'transfer',
  partAdded: 'transfer',
  madeUrgent: 'transfer',
  urgentCalled: 'transfer',
  urgentUnanswered: 'transfer',

  contact: 'complete',
  handle: 'complete',
  shelve: 'complete',
  reviewPlan: 'complete',
  resume: 'complete',
  citizenCalled: 'complete',
  contactInsisted: 'complete',
  citizenAdded: 'complete',
  approachNoted: 'complete',
  progressNoted: 'complete',
  photoAdded: 'complete',
  interimActed: 'complete',
  partMoved: 'complete',
  calendarMissing: 'complete',
  deadlineRecounted: 'complete',
  deadlineWarning: 'complete',
  deadlineOverdue: 'complete',
  stageWarning: 'complete',
  stageOverdue: 'complete',
  partWarning: 'complete',
  partOverdue: 'complete',
  hazardOverdue: 'complete',
  planReminded: 'complete',
  extensionAsked: 'complete',
  extensionGranted: 'complete',
  extensionRefused: 'complete',
  extensionWithdrawn: 'complete',
  extensionLapsed: 'complete',

  reportDone: 'report',
  reviewReply: 'report',
  refuseReply: 'report',
  replyConfirmed: 'report',
  replyMended: 'report',
  adoptionSaid: 'report',
  complexCase: 'report',

  urged: 'supervise',
  citizenUrged: 'supervise',
  supervisionIssued: 'supervise',
  supervisionMoved: 'supervise',
  instructionMoved: 'supervise',
  meetingDecided: 'supervise',
  meetingTaskMoved: 'supervise',
  forceAsked: 'supervise',
  forced: 'supervise',
  forceRefused: 'supervise',
  forceWithdrawn: 'supervise',
  forceExpired: 'supervise',

  visit: 'feedback',
  visitAttempt: 'feedback',
  visitLinkSent: 'feedback',
  citizenRated: 'feedback',
  close: 'feedback',
  closeUnvisited: 'feedback',
  dispute: 'feedback',
  upholdResult: 'feedback',
  rework: 'feedback',
  reopen: 'feedback',

  archive: 'account',
  visitSampled: 'account',
  truthFound: 'account',
  exclusionMoved: 'account',
} as const satisfies Readonly<Record<TicketMove | TimeLineNote, Step>>;

/** What has a table of its own beside the ticket's: orders and tasks supervise, circulars tell, exclusions are the appraisal's. */
const TABLE_STEPS: readonly { readonly zh: string; readonly step: Step }[] = [
  { zh: '通报', step: 'report' },
  { zh: '督办单', step: 'supervise' },
  { zh: '会议任务', step: 'supervise' },
  { zh: '剔除', step: 'account' },
];

const isAct = (type: string): type is keyof typeof ACT_STEPS => Object.hasOwn(ACT_STEPS, type);

export interface Flow {
  /** In which step it is. */
  readonly current: Step;
  /** Those of which something was done so far, in their order. */
  readonly reached: readonly Step[];
}

/** How far a ticket has come in the seven steps, by its state and its time line. */
export function flowOf(state: TicketState, types: readonly string[]): Flow {
  const current = STATE_STEPS[state];
  const done = new Set<Step>([current, ...types.filter(isAct).map((type) => ACT_STEPS[type])]);
  return { current, reached: STEPS.filter((step) => done.has(step)) };
}

/** The steps as a drawing and a table, for the docs. */
export function flowPage(): string {
  const ofStep = (table: Readonly<Record<string, Step>>, step: Step): string =>
    Object.keys(table)
      .filter((one) => table[one] === step)
      .map((one) => `\`${one}\``)
      .join(' ');
  const tables = (step: Step): string =>
    TABLE_STEPS.filter((one) => one.step === step)
      .map(({ zh }) => zh)
      .join('、');
  const boxes = STEPS.map((step, nth) => `  ${step}["${nth + 1} ${STEP_NAMES[step]}"]`);
  return [
    '# 标准流程七步 The seven steps of the standard flow',
    '',
    'Made from `seven-steps.ts` by `npm run docs`; a change here is lost.',
    '',
    '```mermaid',
    'flowchart LR',
    ...boxes,
    `  ${STEPS.join(' --> ')}`,
    '```',
    '',
    `${ONE_MOUTH.name}：${STEP_NAMES[ONE_MOUTH.step]}皆由热线发出。All supervision is the hotline's to issue.`,
    '',
    '| 步骤 Step | 工单状态 States | 经过中的事项 Acts | 另有 Tables |',
    '|---|---|---|---|',
    ...STEPS.map(
      (step, nth) =>
        `| ${nth + 1} ${STEP_NAMES[step]} | ${ofStep(STATE_STEPS, step)} | ${ofStep(ACT_STEPS, step)} | ${tables(step)} |`,
    ),
    '',
  ].join('\n');
}
