import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { dueAfterWorkingDays } from '../deadlines/due.ts';
import type { LimitSet } from '../deadlines/limit-set.ts';
import type { Urgency } from '../deadlines/stages.ts';
import type { Actor, Role } from './ticket.ts';
import type { TicketState } from './transitions.ts';

/**
 * 延期. Modes:
 *
 *   asked      申请: the unit wants more time; nothing moves yet, both clocks run on
 *   granted    批准: both clocks have the longer limit, the citizen is told why
 *   refused    不批准: nothing moved
 *   withdrawn  撤回: the unit manages after all
 *   lapsed     失效: the time was over before anybody decided
 */
export const EXTENSION_STATES = ['asked', 'granted', 'refused', 'withdrawn', 'lapsed'] as const;
export type ExtensionState = (typeof EXTENSION_STATES)[number];

interface ExtensionEdge {
  readonly move: string;
  readonly from: ExtensionState | null;
  readonly to: ExtensionState;
  readonly by: readonly Role[];
  /** `unit`: the one that has the ticket; `centre`: nobody of any unit, and not who asked. */
  readonly side: 'unit' | 'centre' | 'system';
}

const DECIDERS = ['operator', 'lead', 'supervisor'] as const;

/** A pair (move, from) occurs once. */
export const EXTENSION_EDGES = [
  { move: 'ask', from: null, to: 'asked', by: ['unit'], side: 'unit' },
  { move: 'grant', from: 'asked', to: 'granted', by: DECIDERS, side: 'centre' },
  { move: 'refuse', from: 'asked', to: 'refused', by: DECIDERS, side: 'centre' },
  { move: 'withdraw', from: 'asked', to: 'withdrawn', by: ['unit'], side: 'unit' },
  { move: 'lapse', from: 'asked', to: 'lapsed', by: ['system'], side: 'system' },
] as const satisfies readonly ExtensionEdge[];
export type ExtensionMove = (typeof EXTENSION_EDGES)[number]['move'];
export const EXTENSION_DECISIONS = [
  'grant',
  'refuse',
  'withdraw',
] as const satisfies readonly ExtensionMove[];
export type ExtensionDecision = (typeof EXTENSION_DECISIONS)[number];

/** While the unit works on it; what is not signed for is not known well enough to ask for more. */
const ASKED_IN: readonly TicketState[] = ['signedFor', 'inContact', 'handling'];

export type ExtensionRefusal =
  | 'extension.moveImpossible'
  | 'extension.moveForbidden'
  | 'extension.otherUnit'
  | 'extension.ownWork'
  | 'extension.notNow'
  | 'extension.urgent'
  | 'extension.tooOften'
  | 'extension.tooLong'
  | 'extension.tooLate'
  | 'extension.ticketMoved'
  | 'extension.askedAlready';
export interface RefusedExtension {
  readonly refusal: ExtensionRefusal;
  readonly data: Readonly<Record<string, unknown>>;
}
const refused = (refusal: ExtensionRefusal, data: RefusedExtension['data'] = {}): RefusedExtension => ({
  refusal,
  data,
});

export interface ExtendedTicket {
  readonly state: TicketState;
  readonly unitCode: string | null;
  readonly urgency: Urgency;
  /** Granted before. */
  readonly granted: number;
  /** One waits for its decision. */
  readonly asked: boolean;
  /** When the first of the two clocks is over. */
  readonly dueAt: number;
}

/**
 * Whether the unit may ask for so much more now. It asks so many working days before the time is over: were they
 * counted from today, the last of them would still end within it.
 */
export function decideAsking(
  ticket: ExtendedTicket,
  amount: number,
  actor: Actor,
  limits: LimitSet,
  now: number,
  calendar: WorkingCalendar,
): { readonly to: 'asked' } | RefusedExtension {
  const barrier = barrierOf('ask', null, ticket.unitCode, null, actor);
  if (barrier !== null) return refused(barrier);
  if (!ASKED_IN.includes(ticket.state)) return refused('extension.notNow', { state: ticket.state });
  // What endangers life or safety is not put off.
  if (ticket.urgency === 'urgent') return refused('extension.urgent');
  if (ticket.asked) return refused('extension.askedAlready');
  const { times, askWorkingDaysBefore, longest } = limits.extension;
  if (ticket.granted >= times) return refused('extension.tooOften', { times });
  if (amount > longest) return refused('extension.tooLong', { longest });
  const latest =
    askWorkingDaysBefore === 0 ? now + 1 : dueAfterWorkingDays(now, askWorkingDaysBefore, calendar).dueAt;
  if (latest > ticket.dueAt) {
    return refused('extension.tooLate', {
      askWorkingDaysBefore,
      dueAt: new Date(ticket.dueAt).toISOString(),
    });
  }
  return { to: 'asked' };
}

/** Whether this actor may decide it now. What is asked in time and decided too late has lapsed: nothing moves. */
export function decideExtension(
  move: ExtensionDecision | 'lapse',
  extension: {
    readonly state: ExtensionState;
    readonly unitCode: string;
    readonly askedBy: string;
    readonly decideBy: number;
  },
  actor: Actor,
  now: number,
): { readonly to: ExtensionState } | RefusedExtension {
  const edge = edgeOf(move, extension.state);
  if (edge === null) return refused('extension.moveImpossible', { state: extension.state });
  const barrier = barrierOf(move, extension.state, extension.unitCode, extension.askedBy, actor);
  if (barrier !== null) return refused(barrier);
  if (move === 'grant' && now >= extension.decideBy) {
    return refused('extension.tooLate', { dueAt: new Date(extension.decideBy).toISOString() });
  }
  return { to: edge.to };
}

/** Why no time can be given any more to the unit that asked, or null: it works on the ticket still. */
export function grantRefusal(
  ticket: Pick<ExtendedTicket, 'state' | 'unitCode'>,
  unitCode: string,
): RefusedExtension | null {
  if (ticket.unitCode === unitCode && ASKED_IN.includes(ticket.state)) return null;
  return refused('extension.ticketMoved', { state: ticket.state });
}

function edgeOf(move: ExtensionMove, from: ExtensionState | null): ExtensionEdge | null {
  return EXTENSION_EDGES.find((edge) => edge.move === move && edge.from === from) ?? null;
}

function barrierOf(
  move: ExtensionMove,
  from: ExtensionState | null,
  unitCode: string | null,
  askedBy: string | null,
  actor: Actor,
): ExtensionRefusal | null {
  const edge = edgeOf(move, from);
  if (edge === null) return 'extension.moveImpossible';
  if (!actor.roles.some((role) => edge.by.includes(role))) return 'extension.moveForbidden';
  switch (edge.side) {
    case 'unit':
      return unitCode !== null && actor.unitCode === unitCode ? null : 'extension.otherUnit';
    case 'centre':
      // Invariant 9 in spirit: nobody of a unit gives a unit time, whatever else the account may do.
      if (actor.unitCode !== null) return 'extension.moveForbidden';
      return actor.accountId === askedBy ? 'extension.ownWork' : null;
    case 'system':
      return null;
    default:
      return edge.side satisfies never;
  }
}

export function extensionDiagram(): string {
  const lines = EXTENSION_EDGES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  const ends = EXTENSION_STATES.filter((state) => state !== 'asked').map((state) => `  ${state} --> [*]`);
  return ['stateDiagram-v2', ...lines, ...ends, ''].join('\n');
}
