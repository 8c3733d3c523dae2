import type { Role } from './ticket.ts';

/**
 * The life of a ticket. Modes:
 *
 *   registered    登记: accepted and numbered; the citizen's clock runs from here and never pauses
 *   underReview   待审核: the registration is checked before a unit gets it
 *   outOfScope    不予受理: not the hotline's matter; the citizen is advised whose it is
 *   dispatched    派单: with a unit; the unit's clock runs from here, signed for or not
 *   signedFor     签收: the unit has confirmed receipt
 *   returned      退单: the unit says it is not theirs; waits for adjudication
 *   inContact     联系中: the unit has spoken with the citizen
 *   handling      办理: the unit works on it
 *   longTerm      挂账: on the books with an approved plan; still open, still counted
 *   reportedDone  办结上报: the unit says it is done; nobody else has confirmed
 *   replyReview   答复审核: the hotline holds the reply against the appeal
 *   returnVisit   回访: the hotline asks the citizen
 *   disputed      异议复核: the citizen says by himself that it is not done; a person of the hotline looks
 *   withdrawn     撤回: the citizen asked for no more
 *   closed        结案: the hotline is satisfied; may be reopened
 *   archived      归档: for good
 */
export const TICKET_STATES = [
  'registered',
  'underReview',
  'outOfScope',
  'dispatched',
  'signedFor',
  'returned',
  'inContact',
  'handling',
  'longTerm',
  'reportedDone',
  'replyReview',
  'returnVisit',
  'disputed',
  'withdrawn',
  'closed',
  'archived',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const TICKET_STATE_NAMES: Readonly<Record<TicketState, string>> = {
  registered: '已登记',
  underReview: '待审核',
  outOfScope: '不予受理',
  dispatched: '已派单',
  signedFor: '已签收',
  returned: '已退单',
  inContact: '联系中',
  handling: '办理中',
  longTerm: '挂账',
  reportedDone: '已办结上报',
  replyReview: '答复审核中',
  returnVisit: '回访中',
  disputed: '异议复核中',
  withdrawn: '已撤回',
  closed: '已结案',
  archived: '已归档',
};

/** `required`: the move means nothing without a reason on the time line. */
type ReasonRule = 'required' | 'optional';
/** `unit`: by the ticket's own handling unit; `hotline`: never by it (invariant 9); `any`: no such rule. */
type Side = 'unit' | 'hotline' | 'any';

export interface Edge {
  readonly move: TicketMove;
  /** null: the ticket does not exist yet. */
  readonly from: TicketState | null;
  readonly to: TicketState;
  readonly by: readonly Role[];
  readonly reason: ReasonRule;
  readonly side: Side;
}

const CLERKS = ['agent', 'lead', 'operator'] as const;
const REVIEWERS = ['reviewer', 'operator', 'lead'] as const;
const DISPATCHERS = ['dispatcher', 'operator', 'lead'] as const;
/** `system`: what the hotline itself asks of a unit by its rules. */
const REGISTRARS = [...CLERKS, 'system'] as const;
const FIRST_DISPATCH = ['agent', ...DISPATCHERS, 'system'] as const;
const ADJUDICATORS = ['adjudicator', 'operator', 'lead'] as const;
const OVERSEERS = ['supervisor', 'lead'] as const;
/** `system`: an automatic return visit. */
const VISITORS = ['returnVisitor', 'lead', 'system'] as const;
const REWORKERS = ['returnVisitor', 'lead', 'supervisor', 'system'] as const;
const AFTER_REPLY = ['reviewer', 'operator', 'lead', 'supervisor'] as const;
/** The citizen's own word, written down by whatever page or person took it. */
const CITIZEN = ['system'] as const;
const REOPENERS = ['returnVisitor', 'operator', 'lead', 'supervisor'] as const;
const SIGNERS = ['unit', 'system'] as const;
const ARCHIVERS = ['operator', 'system'] as const;
const UNIT = ['unit'] as const;
const LEAD = ['lead'] as const;

/** The only table of moves. A pair (move, from) occurs once. Columns as in `Edge`. */
const ROWS = [
  ['register', null, 'registered', REGISTRARS, 'optional', 'any'],
  ['submit', 'registered', 'underReview', CLERKS, 'optional', 'hotline'],
  ['sendBack', 'underReview', 'registered', REVIEWERS, 'required', 'hotline'],
  ['declareOutOfScope', 'registered', 'outOfScope', REVIEWERS, 'required', 'hotline'],
  ['declareOutOfScope', 'underReview', 'outOfScope', REVIEWERS, 'required', 'hotline'],
  // JS-12: whose matter it is may be open for long; the citizen's problem is not.
  ['coordinateAnyway', 'outOfScope', 'dispatched', DISPATCHERS, 'required', 'hotline'],
  ['closeAdvised', 'outOfScope', 'closed', REVIEWERS, 'required', 'hotline'],
  ['dispatch', 'registered', 'dispatched', FIRST_DISPATCH, 'optional', 'hotline'],
  ['dispatch', 'underReview', 'dispatched', DISPATCHERS, 'optional', 'hotline'],
  ['signFor', 'dispatched', 'signedFor', SIGNERS, 'optional', 'unit'],
  ['returnTicket', 'dispatched', 'returned', UNIT, 'required', 'unit'],
  ['returnTicket', 'signedFor', 'returned', UNIT, 'required', 'unit'],
  ['acceptReturn', 'returned', 'dispatched', ADJUDICATORS, 'required', 'hotline'],
  ['refuseReturn', 'returned', 'signedFor', ADJUDICATORS, 'required', 'hotline'],
  // 改派: an adjudicator gives to another what a unit has; whose it is was settled while it worked.
  ['handOver', 'dispatched', 'dispatched', ADJUDICATORS, 'required', 'hotline'],
  ['handOver', 'signedFor', 'dispatched', ADJUDICATORS, 'required', 'hotline'],
  ['handOver', 'inContact', 'dispatched', ADJUDICATORS, 'required', 'hotline'],
  ['handOver', 'handling', 'dispatched', ADJUDICATORS, 'required', 'hotline'],
  ['handOver', 'longTerm', 'dispatched', ADJUDICATORS, 'required', 'hotline'],
  // With its proof: the words say when, from which telephone and what came of it; a call through the platform says so itself.
  ['contact', 'signedFor', 'inContact', UNIT, 'required', 'unit'],
  // Who began to work before he called owes the citizen his call still, until it is proven.
  ['contact', 'handling', 'handling', UNIT, 'required', 'unit'],
  ['contact', 'longTerm', 'longTerm', UNIT, 'required', 'unit'],
  ['contact', 'reportedDone', 'reportedDone', UNIT, 'required', 'unit'],
  ['handle', 'signedFor', 'handling', UNIT, 'optional', 'unit'],
  ['handle', 'inContact', 'handling', UNIT, 'optional', 'unit'],
  ['shelve', 'handling', 'longTerm', OVERSEERS, 'required', 'hotline'],
  // The plan is looked at on its day: it goes on, with another day.
  ['reviewPlan', 'longTerm', 'longTerm', OVERSEERS, 'required', 'hotline'],
  ['resume', 'longTerm', 'handling', OVERSEERS, 'required', 'hotline'],
  ['reportDone', 'inContact', 'reportedDone', UNIT, 'required', 'unit'],
  ['reportDone', 'handling', 'reportedDone', UNIT, 'required', 'unit'],
  ['reviewReply', 'reportedDone', 'replyReview', AFTER_REPLY, 'optional', 'hotline'],
  ['refuseReply', 'reportedDone', 'handling', AFTER_REPLY, 'required', 'hotline'],
  ['refuseReply', 'replyReview', 'handling', AFTER_REPLY, 'required', 'hotline'],
  // Who lets it go has reviewed it, in one step or in two.
  ['visit', 'reportedDone', 'returnVisit', AFTER_REPLY, 'optional', 'hotline'],
  ['visit', 'replyReview', 'returnVisit', AFTER_REPLY, 'optional', 'hotline'],
  ['rework', 'returnVisit', 'handling', REWORKERS, 'required', 'hotline'],
  ['close', 'returnVisit', 'closed', VISITORS, 'required', 'hotline'],
  ['closeUnvisited', 'returnVisit', 'closed', VISITORS, 'required', 'hotline'],
  // An anonymous citizen cannot be visited; somebody answers for closing without asking.
  ['closeUnvisited', 'reportedDone', 'closed', LEAD, 'required', 'hotline'],
  ['closeUnvisited', 'replyReview', 'closed', LEAD, 'required', 'hotline'],
  // G6, L3: he rates it himself and is not content. Whether he is right a person says, and never the unit.
  ['dispute', 'returnVisit', 'disputed', CITIZEN, 'required', 'hotline'],
  ['dispute', 'closed', 'disputed', CITIZEN, 'required', 'hotline'],
  ['rework', 'disputed', 'handling', AFTER_REPLY, 'required', 'hotline'],
  ['upholdResult', 'disputed', 'closed', AFTER_REPLY, 'required', 'hotline'],
  // What was closed with advice has no unit that could do it again.
  ['coordinateAnyway', 'disputed', 'dispatched', DISPATCHERS, 'required', 'hotline'],
  ['withdraw', 'registered', 'withdrawn', CLERKS, 'required', 'hotline'],
  ['withdraw', 'underReview', 'withdrawn', CLERKS, 'required', 'hotline'],
  ['withdraw', 'dispatched', 'withdrawn', CLERKS, 'required', 'hotline'],
  ['withdraw', 'signedFor', 'withdrawn', CLERKS, 'required', 'hotline'],
  ['withdraw', 'inContact', 'withdrawn', CLERKS, 'required', 'hotline'],
  ['withdraw', 'handling', 'withdrawn', CLERKS, 'required', 'hotline'],
  // The citizen thought better of it: the matter begins anew, its clock never stopped.
  ['resubmit', 'withdrawn', 'registered', CLERKS, 'required', 'hotline'],
  ['reopen', 'closed', 'handling', REOPENERS, 'required', 'hotline'],
  ['archive', 'closed', 'archived', ARCHIVERS, 'optional', 'hotline'],
  ['archive', 'withdrawn', 'archived', ARCHIVERS, 'optional', 'hotline'],
] as const satisfies readonly (readonly [
  string,
  TicketState | null,
  TicketState,
  readonly Role[],
  ReasonRule,
  Side,
])[];

export type TicketMove = (typeof ROWS)[number][0];

export const TRANSITIONS: readonly Edge[] = ROWS.map(([move, from, to, by, reason, side]) => ({
  move,
  from,
  to,
  by,
  reason,
  side,
}));

export const TICKET_MOVES: readonly TicketMove[] = [...new Set(ROWS.map(([move]) => move))];

export function edgeOf(move: TicketMove, from: TicketState | null): Edge | null {
  return TRANSITIONS.find((edge) => edge.move === move && edge.from === from) ?? null;
}

/** Mermaid source of the table, for the docs: the drawing cannot differ from what runs. */
export function transitionDiagram(): string {
  const lines = TRANSITIONS.map((edge) => `  ${edge.from ?? '[*]'} --> ${edge.to}: ${edge.move}`);
  return ['stateDiagram-v2', ...lines, '  archived --> [*]', ''].join('\n');
}
