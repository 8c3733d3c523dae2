import { outcomeFault, type SaidOutcome } from './outcome.ts';
import type { ReplyChecklist } from './reply-checklist.ts';
import type { TicketMove } from './transitions.ts';

/** What a move says beside its reason. Days are local, `YYYY-MM-DD`. */
export interface MoveDetails extends SaidOutcome {
  /** Who is to handle it. */
  readonly unitCode?: string;
  /** A return: what shows that it is not theirs, and whose it is. */
  readonly evidence?: string;
  readonly suggestedUnitCode?: string;
  /** Out of scope: where the citizen is sent instead. Looked at again and upheld: what he is told. */
  readonly advice?: string;
  /** On the books: what is planned, and when it is looked at again. */
  readonly plan?: string;
  readonly reviewOn?: string;
  /** Work begins: how the unit means to handle it (处理方式). */
  readonly approach?: string;
  /** Reported done: what the citizen is told. */
  readonly reply?: string;
  /** Reported done: what stays in the house (内部答复). */
  readonly internalReply?: string;
  /** Reported done while a unit's part is open: why it is not waited for. */
  readonly withoutParts?: string;
  /** A reply leaves its review: what it was held against. */
  readonly checklist?: ReplyChecklist;
}
export type MoveDetail = keyof MoveDetails;
type WordDetail = Exclude<MoveDetail, 'checklist' | 'outcome'>;

/** The details without which a move means nothing. */
const TAKES: Partial<Record<TicketMove, readonly WordDetail[]>> = {
  dispatch: ['unitCode'],
  coordinateAnyway: ['unitCode'],
  acceptReturn: ['unitCode'],
  handOver: ['unitCode'],
  returnTicket: ['evidence', 'suggestedUnitCode'],
  declareOutOfScope: ['advice'],
  shelve: ['plan', 'reviewOn'],
  reviewPlan: ['plan', 'reviewOn'],
  reportDone: ['reply'],
  upholdResult: ['advice'],
};

/** What a move takes as well, and means something without. */
const MAY_TAKE: Partial<Record<TicketMove, readonly MoveDetail[]>> = {
  handle: ['approach'],
  // Which of these an outcome takes `outcome.ts` says.
  reportDone: ['internalReply', 'withoutParts', 'outcome', 'caseNumber', 'caseFiledBy'],
  visit: ['checklist'],
  closeUnvisited: ['checklist'],
  refuseReply: ['checklist'],
};

export function detailsOf(move: TicketMove): readonly WordDetail[] {
  return TAKES[move] ?? [];
}

export type DetailFault =
  | { readonly code: 'ticket.detailMissing'; readonly field: MoveDetail }
  | { readonly code: 'ticket.detailOutOfPlace'; readonly field: MoveDetail };

/** The first thing wrong with what was given, or null. A blank detail is none. */
export function detailFault(move: TicketMove, given: MoveDetails): DetailFault | null {
  const takes = detailsOf(move);
  const known = [...takes, ...(MAY_TAKE[move] ?? [])];
  const stranger = (Object.keys(given) as MoveDetail[]).find((field) => !known.includes(field));
  if (stranger !== undefined) return { code: 'ticket.detailOutOfPlace', field: stranger };
  const missing = takes.find((field) => (given[field] ?? '').trim() === '');
  if (missing !== undefined) return { code: 'ticket.detailMissing', field: missing };
  const fault = outcomeFault(given);
  if (fault === null) return null;
  return {
    code: fault.kind === 'missing' ? 'ticket.detailMissing' : 'ticket.detailOutOfPlace',
    field: fault.field,
  };
}
