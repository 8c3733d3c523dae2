import type { Role } from '../../app/ports/accounts.ts';

/** `public`: without a session. `signedIn`: any account. A list: one of these roles. */
export type Access = 'public' | 'signedIn' | readonly Role[];

/** Who works on tickets at the hotline; what each may do to one is the table's business. */
const TICKET_DESK = [
  'agent',
  'lead',
  'operator',
  'reviewer',
  'dispatcher',
  'adjudicator',
  'supervisor',
  'returnVisitor',
] as const;
const ALL_STAFF = [...TICKET_DESK, 'admin'] as const;

const RULE_READERS = ['operator', 'lead', 'supervisor', 'admin'] as const;

/** Who says whose a kind of matter is. */
const CATALOGUE_EDITORS = ['operator', 'dispatcher'] as const;

/** Who acts on incidents and nuisance callers; nights have a lead and no operator. */
const NOTICE_DESK = ['operator', 'lead'] as const;
const NOTICE_READERS = ['operator', 'lead', 'supervisor'] as const;

/** Every operation of the API and who may ask for it. What depends on the thing itself (own call, own unit) is refused in its route. */
export const POLICY = {
  openSession: 'public',
  closeSession: 'signedIn',
  readSession: 'signedIn',

  agentSignIn: ['agent'],
  agentSignOut: ['agent'],
  agentReady: ['agent'],
  agentNotReady: ['agent'],
  agentEndWrapUp: ['agent'],
  agentReleaseCall: ['agent'],
  agentWithdrawRequest: ['agent'],
  agentExtendWrapUp: ['agent'],
  agentHeartbeat: ['agent'],
  agentUsePhone: ['agent'],
  agentCall: ['agent'],
  agentNotReached: ['agent'],
  openOtherPhone: ['agent'],
  setPersistentLeg: ['lead', 'admin'],
  readOwnDay: ['agent'],
  readAgentDay: ['lead', 'operator', 'supervisor'],
  readPresenceRules: ALL_STAFF,
  changePresenceRules: ['operator'],
  forceAgentSignOut: ['lead'],
  setAgentSkills: ['lead', 'admin'],
  listAgents: ALL_STAFF,

  talkHold: ['agent'],
  talkResume: ['agent'],
  talkMute: ['agent'],
  talkUnmute: ['agent'],
  talkDigits: ['agent'],
  talkTransfer: ['agent'],
  talkConsult: ['agent'],
  talkInvite: ['agent'],
  talkSwap: ['agent'],
  talkCancel: ['agent'],
  talkComplete: ['agent'],
  talkMerge: ['agent'],
  talkRemove: ['agent'],
  talkAccepted: ['agent'],
  talkLeave: ['agent'],
  readDirectory: ALL_STAFF,

  listLiveCalls: ALL_STAFF,
  listCalls: ['agent', 'lead', 'operator', 'supervisor', 'returnVisitor'],
  readCall: ['agent', 'lead', 'operator', 'supervisor', 'returnVisitor'],
  revealCaller: ['agent', 'lead', 'operator', 'supervisor', 'returnVisitor'],
  readRecordings: ['agent', 'lead', 'supervisor'],
  listenToRecording: ['agent', 'lead', 'supervisor'],
  playRecording: ['agent', 'lead', 'supervisor'],
  listRecordings: ['lead', 'operator', 'supervisor', 'admin'],
  countRecordings: ['lead', 'operator', 'supervisor', 'admin'],
  listenIn: ['lead'],
  endListening: ['lead'],
  pauseRecording: ['agent'],
  resumeRecording: ['agent'],
  listAlarms: ['lead', 'operator', 'supervisor', 'admin'],
  closeAlarm: ['lead', 'operator'],
  closeCall: ['agent', 'lead'],
  readTotals: ['lead', 'operator', 'supervisor', 'admin'],

  listCallbacks: ['lead', 'operator', 'supervisor'],
  cancelCallback: ['lead', 'operator'],
  readOutboundRules: RULE_READERS,
  changeOutboundRules: ['operator'],

  listVoiceMessages: ['agent', 'lead', 'operator', 'supervisor'],
  playVoiceMessage: ['agent', 'lead', 'supervisor'],

  noteCaller: ['agent', 'lead'],
  listCallerNotes: ['agent', 'lead', 'supervisor'],
  removeCallerNote: ['agent', 'lead'],

  openTicket: ['agent', 'lead', 'operator'],
  listTickets: [...TICKET_DESK, 'unit'],
  readTicket: [...TICKET_DESK, 'unit'],
  moveTicket: [...TICKET_DESK, 'unit'],
  listTicketMoves: [...TICKET_DESK, 'unit'],
  exportTimeLine: ['lead', 'operator', 'adjudicator', 'supervisor'],
  revealCitizen: [...TICKET_DESK, 'unit'],
  viewCitizen: [...TICKET_DESK, 'unit'],
  listGrants: ['lead', 'supervisor', 'adjudicator'],
  grantKnowledge: ['lead', 'supervisor'],
  endKnowledge: ['lead', 'supervisor'],
  keepToList: ['lead', 'supervisor'],
  confirmReply: ['reviewer', 'operator', 'lead'],
  mendReply: ['reviewer', 'operator', 'lead', 'unit'],
  callCitizen: ['unit'],
  listCitizenCalls: [...TICKET_DESK, 'unit'],
  listUnitPhones: ['unit', 'operator', 'lead', 'admin'],
  addUnitPhone: ['operator', 'admin'],
  removeUnitPhone: ['operator', 'admin'],
  reportCitizenViews: ['lead', 'supervisor', 'admin'],
  listMissedCalls: ['agent', 'lead', 'operator', 'supervisor', 'returnVisitor'],
  claimMissedCall: ['agent', 'returnVisitor'],
  releaseMissedCall: ['agent', 'returnVisitor'],
  callMissedCall: ['agent'],
  finishMissedCall: ['agent', 'returnVisitor'],
  readMissedCallRules: ['agent', 'lead', 'operator', 'supervisor', 'returnVisitor'],
  setMissedCallRules: ['operator', 'lead'],

  listVisits: ['returnVisitor', 'lead'],
  recordVisit: ['returnVisitor', 'lead'],
  countVisits: ['lead', 'operator', 'supervisor', 'admin'],
  listSupervision: ['lead', 'operator', 'supervisor', 'adjudicator', 'unit'],
  issueSupervision: ['supervisor', 'lead'],
  moveSupervision: ['supervisor', 'lead', 'unit'],
  listDeadlines: ['lead', 'operator', 'supervisor', 'returnVisitor', 'unit'],

  readDispatchCatalogue: 'signedIn',
  askResponsible: 'signedIn',
  exportDispatchCatalogue: 'signedIn',
  listDispatchVersions: ALL_STAFF,
  lintDispatchCatalogue: ALL_STAFF,
  suggestUnits: TICKET_DESK,
  suggestUnitsForText: TICKET_DESK,
  countSuggestions: ['lead', 'operator', 'dispatcher', 'supervisor', 'admin'],
  editDispatchCatalogue: CATALOGUE_EDITORS,
  importDispatchCatalogue: CATALOGUE_EDITORS,

  listLines: 'signedIn',
  readLine: 'signedIn',
  listUnits: 'signedIn',
  listQueues: 'signedIn',
  listCategories: 'signedIn',

  listRuleVersions: RULE_READERS,
  readRuleVersion: RULE_READERS,
  readRules: RULE_READERS,
  draftRules: ['operator'],
  editRules: ['operator'],
  rebaseRules: ['operator'],
  validateRules: ['operator'],
  publishRules: ['operator'],
  approveRules: ['operator'],
  rejectRules: ['operator'],
  withdrawRules: ['operator'],
  rollBackRules: ['operator'],
  lintRules: RULE_READERS,
  tryRules: RULE_READERS,
  diffRules: RULE_READERS,
  replayRules: RULE_READERS,
  readRuleImpact: RULE_READERS,
  exportRegister: RULE_READERS,
  countRegister: RULE_READERS,
  listTransitions: RULE_READERS,
  importRegister: ['operator'],
  readNumberHistory: RULE_READERS,
  extendTransition: ['operator'],
  listMenus: RULE_READERS,
  readMenu: RULE_READERS,
  replaceMenu: ['operator'],
  removeMenu: ['operator'],
  listPresets: RULE_READERS,
  openSurgeKey: ['operator'],
  endSurgeKey: ['operator'],
  countMenuKeys: RULE_READERS,

  listPrompts: RULE_READERS,
  readPrompt: RULE_READERS,
  sayPrompt: ['operator'],
  uploadPrompt: ['operator'],
  hearPrompt: RULE_READERS,
  approvePrompt: ['operator'],
  retirePrompt: ['operator'],
  listPromptHearers: RULE_READERS,
  listTrunks: RULE_READERS,
  listTrunkCalls: ['operator', 'lead'],

  readConnectionRate: ['lead', 'operator', 'supervisor', 'admin'],
  reportLines: RULE_READERS,
  reportHandOvers: RULE_READERS,
  reportQueues: RULE_READERS,
  reportRatings: ['lead', 'operator', 'supervisor', 'admin'],
  reportLine: RULE_READERS,
  readLineTraffic: RULE_READERS,
  reportCalls: ['unit', 'operator', 'lead'],

  listWorkItems: RULE_READERS,
  finishWorkItem: ['operator', 'lead'],
  dismissWorkItem: ['operator', 'lead'],

  listMessages: ['operator', 'lead'],
  retryMessage: ['operator', 'lead'],
  readMessageSettings: RULE_READERS,
  changeMessageSettings: ['operator'],

  listAnnouncements: ALL_STAFF,
  readAnnouncement: ALL_STAFF,
  makeAnnouncement: NOTICE_DESK,
  editAnnouncement: NOTICE_DESK,
  startAnnouncement: NOTICE_DESK,
  prolongAnnouncement: NOTICE_DESK,
  closeAnnouncement: NOTICE_DESK,
  withdrawAnnouncement: NOTICE_DESK,
  revealSubscribers: NOTICE_DESK,

  listRestrictions: NOTICE_READERS,
  readRestriction: NOTICE_READERS,
  restrictNumber: ['agent', 'lead', 'operator'],
  approveRestriction: NOTICE_DESK,
  rejectRestriction: NOTICE_DESK,
  withdrawRestriction: NOTICE_DESK,
  liftRestriction: NOTICE_DESK,
  readRestrictionSettings: NOTICE_READERS,
  setRestrictionSettings: ['operator'],
  listAppeals: NOTICE_READERS,
  recordAppeal: ['agent', 'lead', 'operator'],
  judgeAppeal: NOTICE_DESK,
  lodgeAppeal: 'public',

  listAccounts: ['admin'],
  createAccount: ['admin'],
  setPassword: 'signedIn',

  watchLive: 'signedIn',
  connectPhone: ['agent'],

  listProblems: 'public',
  checkHealth: 'public',
  checkReadiness: 'public',
  readApiDescription: 'public',
  readLandingPage: 'public',
} as const satisfies Readonly<Record<string, Access>>;

export type OperationId = keyof typeof POLICY;

export function isOperationId(id: string | undefined): id is OperationId {
  return id !== undefined && Object.hasOwn(POLICY, id);
}

export function mayUse(access: Access, roles: readonly Role[]): boolean {
  if (access === 'public' || access === 'signedIn') return true;
  return access.some((role) => roles.includes(role));
}
