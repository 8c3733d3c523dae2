import type { Role } from './ticket.ts';

/**
 * The life of a ticket. Modes:
 *
 *   registered    登记: accepted and numbered; the citizen's clock runs from here and never pauses
 *   dispatched    派单: with a unit; the unit's clock runs from here, signed for or not
 *   signedFor     签收: the unit has confirmed receipt
 *   returned      退单: the unit says it is not theirs; waits for adjudication
 *   handling      办理: the unit works on it
 *   longTerm      挂账: on the books with an approved plan; still open, still counted
 *   reportedDone  办结上报: the unit says it is done; nobody else has confirmed
 *   returnVisit   回访: the hotline asks the citizen
 *   closed        结案: the hotline is satisfied; may be reopened
 *   archived      归档: for good
 */
export const TICKET_STATES = [
  'registered',
  'dispatched',
  'signedFor',
  'returned',
  'handling',
  'longTerm',
  'reportedDone',
  'returnVisit',
  'closed',
  'archived',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const TICKET_STATE_NAMES: Readonly<Record<TicketState, string>> = {
  registered: '已登记',
  dispatched: '已派单',
  signedFor: '已签收',
  returned: '已退单',
  handling: '办理中',
  longTerm: '挂账',
  reportedDone: '已办结上报',
  returnVisit: '回访中',
  closed: '已结案',
  archived: '已归档',
};

interface Edge {
  readonly move: string;
  /** null: the ticket does not exist yet. */
  readonly from: TicketState | null;
  readonly to: TicketState;
  readonly by: readonly Role[];
  /** `required`: the move means nothing without a reason on the time line. */
  readonly reason: 'required' | 'optional';
  /** `unit`: by the ticket's own handling unit; `hotline`: never by it (invariant 9); `any`: no such rule. */
  readonly side: 'unit' | 'hotline' | 'any';
}

/** The only table of moves. A pair (move, from) occurs once. */
export const TRANSITIONS = [
  {
    move: 'register',
    from: null,
    to: 'registered',
    by: ['agent', 'lead', 'operator'],
    reason: 'optional',
    side: 'any',
  },
  {
    move: 'dispatch',
    from: 'registered',
    to: 'dispatched',
    by: ['agent', 'lead', 'operator'],
    reason: 'optional',
    side: 'hotline',
  },
  {
    move: 'signFor',
    from: 'dispatched',
    to: 'signedFor',
    by: ['unit', 'system'],
    reason: 'optional',
    side: 'unit',
  },
  {
    move: 'returnTicket',
    from: 'dispatched',
    to: 'returned',
    by: ['unit'],
    reason: 'required',
    side: 'unit',
  },
  { move: 'returnTicket', from: 'signedFor', to: 'returned', by: ['unit'], reason: 'required', side: 'unit' },
  {
    move: 'acceptReturn',
    from: 'returned',
    to: 'registered',
    by: ['operator', 'lead'],
    reason: 'required',
    side: 'hotline',
  },
  {
    move: 'refuseReturn',
    from: 'returned',
    to: 'dispatched',
    by: ['operator', 'lead'],
    reason: 'required',
    side: 'hotline',
  },
  { move: 'handle', from: 'signedFor', to: 'handling', by: ['unit'], reason: 'optional', side: 'unit' },
  {
    move: 'shelve',
    from: 'handling',
    to: 'longTerm',
    by: ['supervisor', 'lead'],
    reason: 'required',
    side: 'hotline',
  },
  {
    move: 'resume',
    from: 'longTerm',
    to: 'handling',
    by: ['supervisor', 'lead'],
    reason: 'required',
    side: 'hotline',
  },
  {
    move: 'reportDone',
    from: 'handling',
    to: 'reportedDone',
    by: ['unit'],
    reason: 'required',
    side: 'unit',
  },
  {
    move: 'refuseReply',
    from: 'reportedDone',
    to: 'handling',
    by: ['operator', 'lead', 'supervisor'],
    reason: 'required',
    side: 'hotline',
  },
  {
    move: 'visit',
    from: 'reportedDone',
    to: 'returnVisit',
    by: ['returnVisitor', 'operator', 'lead', 'system'],
    reason: 'optional',
    side: 'hotline',
  },
  {
    move: 'rework',
    from: 'returnVisit',
    to: 'handling',
    by: ['returnVisitor', 'lead', 'supervisor'],
    reason: 'required',
    side: 'hotline',
  },
  {
    move: 'close',
    from: 'returnVisit',
    to: 'closed',
    by: ['returnVisitor', 'lead'],
    reason: 'required',
    side: 'hotline',
  },
  // An anonymous citizen cannot be visited; somebody answers for closing without asking.
  {
    move: 'closeUnvisited',
    from: 'reportedDone',
    to: 'closed',
    by: ['lead'],
    reason: 'required',
    side: 'hotline',
  },
  {
    move: 'reopen',
    from: 'closed',
    to: 'handling',
    by: ['returnVisitor', 'operator', 'lead', 'supervisor'],
    reason: 'required',
    side: 'hotline',
  },
  {
    move: 'archive',
    from: 'closed',
    to: 'archived',
    by: ['operator', 'system'],
    reason: 'optional',
    side: 'hotline',
  },
] as const satisfies readonly Edge[];

export type TicketMove = (typeof TRANSITIONS)[number]['move'];

export function edgeOf(move: TicketMove, from: TicketState | null): Edge | null {
  return TRANSITIONS.find((edge) => edge.move === move && edge.from === from) ?? null;
}

/** Mermaid source of the table, for the docs: the drawing cannot differ from what runs. */
export function transitionDiagram(): string {
  const lines = TRANSITIONS.map((edge) => `  ${edge.from ?? '[*]'} --> ${edge.to}: ${edge.move}`);
  return ['stateDiagram-v2', ...lines, '  archived --> [*]', ''].join('\n');
}
