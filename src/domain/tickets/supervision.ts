import type { WorkingCalendar } from '../deadlines/calendar.ts';
import { dueAfterWorkingDays } from '../deadlines/due.ts';
import { edgeFor, type RoleEdge } from './role-edges.ts';
import type { Actor } from './ticket.ts';
import type { TicketState } from './transitions.ts';

/**
 * 督办. Modes:
 *
 *   issued     下发: the unit has the order and its time
 *   answered   反馈: the unit says what it did
 *   closed     办结: the supervisor is satisfied
 *   cancelled  撤销: issued in error, or its reason is gone
 */
export const ORDER_STATES = ['issued', 'answered', 'closed', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** 五位一体 (HM-09): on-site inspection, written assignment, thematic meeting, media interaction, written notice. */
export const INSTRUMENTS = ['onSite', 'written', 'meeting', 'media', 'notice'] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

/** Why it was issued: by a person, or by one of the rules. */
export const RULES = [
  'overdue',
  'secondDissatisfaction',
  'thirdReturn',
  'repeatAppeal',
  'falseResult',
  'upperLevel',
  'unanswered',
  'longOverdue',
  'meetingTask',
] as const;
export type SupervisionRule = (typeof RULES)[number];
export const TRIGGERS = ['person', ...RULES] as const;
export type Trigger = (typeof TRIGGERS)[number];
export const TRIGGER_NAMES: Readonly<Record<Trigger, string>> = {
  person: '人工督办',
  overdue: '超期未办结，经催办没有进展',
  secondDissatisfaction: '市民第二次不满意',
  thirdReturn: '第三次退单',
  repeatAppeal: '同一诉求重复反映',
  falseResult: '独立复核推翻回访结果',
  upperLevel: '上级批示督办',
  unanswered: '督办逾期未反馈',
  longOverdue: '长期超期未办结',
  meetingTask: '会议任务逾期未报结',
};

interface OrderEdge extends RoleEdge<OrderState> {
  readonly side: 'unit' | 'hotline';
}

/** A pair (move, from) occurs once; every move has its reason, which for the unit is what it did. */
export const ORDER_MOVES = [
  { move: 'issue', from: null, to: 'issued', by: ['supervisor', 'lead', 'system'], side: 'hotline' },
  { move: 'answer', from: 'issued', to: 'answered', by: ['unit'], side: 'unit' },
  { move: 'refuse', from: 'answered', to: 'issued', by: ['supervisor', 'lead'], side: 'hotline' },
  { move: 'close', from: 'answered', to: 'closed', by: ['supervisor', 'lead'], side: 'hotline' },
  { move: 'cancel', from: 'issued', to: 'cancelled', by: ['supervisor', 'lead'], side: 'hotline' },
  { move: 'cancel', from: 'answered', to: 'cancelled', by: ['supervisor', 'lead'], side: 'hotline' },
] as const satisfies readonly OrderEdge[];
export type OrderMove = (typeof ORDER_MOVES)[number]['move'];

export type OrderRefusal =
  | 'supervision.moveImpossible'
  | 'supervision.moveForbidden'
  | 'supervision.ownUnit'
  | 'supervision.otherUnit'
  | 'supervision.reasonMissing';

/** Invariant 9 holds here as well: a unit answers an order and never issues, judges or cancels its own. */
export function decideOrderMove(input: {
  readonly move: OrderMove;
  readonly from: OrderState | null;
  readonly unitCode: string;
  readonly actor: Actor;
  readonly reason: string;
}): { readonly to: OrderState } | { readonly refusal: OrderRefusal } {
  const { unitCode, actor } = input;
  const edge = edgeFor<OrderEdge>(ORDER_MOVES, input);
  if (typeof edge === 'string') return { refusal: `supervision.${edge}` };
  const own = actor.unitCode === unitCode;
  if (edge.side === 'hotline' && own) return { refusal: 'supervision.ownUnit' };
  if (edge.side === 'unit' && !own) return { refusal: 'supervision.otherUnit' };
  if (input.reason.trim() === '') return { refusal: 'supervision.reasonMissing' };
  return { to: edge.to };
}

export function orderDiagram(): string {
  const lines = ORDER_MOVES.map(({ move, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${move}`);
  return ['stateDiagram-v2', ...lines, '  closed --> [*]', '  cancelled --> [*]', ''].join('\n');
}

/** What an order has where its author names no time: as a ticket that is looked at again (Shanghai). */
export const ORDER_WORKING_DAYS = 3;

/** What the rules say after something happened to a ticket; counts include what just happened. */
export function triggerOf(happened: {
  readonly what: 'rework' | 'returned' | 'repeated';
  readonly times: number;
}): SupervisionRule | null {
  switch (happened.what) {
    case 'rework':
      return happened.times >= 2 ? 'secondDissatisfaction' : null;
    case 'returned':
      return happened.times >= 3 ? 'thirdReturn' : null;
    case 'repeated':
      return happened.times >= 3 ? 'repeatAppeal' : null;
    default:
      return happened.what satisfies never;
  }
}

/**
 * Where a unit is told of in a circular: while it has the work. A return lies with its adjudicator, and what is on the books
 * has a plan to which the hotline agreed.
 */
export const CIRCULATED_STATES = [
  'dispatched',
  'signedFor',
  'inContact',
  'handling',
] as const satisfies readonly TicketState[];
export const isCirculated = (state: TicketState): boolean => CIRCULATED_STATES.some((one) => one === state);

/**
 * From when on a ticket that its unit let run over is told of in a circular: when so many working days more are over (超期5个工作日
 * 以上的予以通报). `overdueAt`: the end of the unit's time. Null: only by somebody's hand.
 */
export function circularFrom(
  overdueAt: number,
  workingDays: number | null,
  calendar: WorkingCalendar,
): number | null {
  return workingDays === null ? null : dueAfterWorkingDays(overdueAt, workingDays, calendar).dueAt;
}

/** An order that nobody answered in time is followed by a graver one; after the circular there is none (HM-09). */
export function graverThan(instrument: Instrument): Instrument | null {
  switch (instrument) {
    case 'onSite':
    case 'meeting':
    case 'media':
      return 'written';
    case 'written':
      return 'notice';
    case 'notice':
      return null;
    default:
      return instrument satisfies never;
  }
}

/** What each instrument's own form says: when it is ordered, and when it is closed. The rest of it is the order's. */
export const INSTRUMENT_FORMS = {
  onSite: { document: ['place', 'at', 'participants'], outcome: ['findings'] },
  written: { document: [], outcome: [] },
  meeting: { document: ['topic', 'at', 'chair', 'participants'], outcome: ['decision'] },
  media: { document: ['medium', 'question'], outcome: ['published'] },
  notice: { document: ['facts'], outcome: [] },
} as const satisfies Record<
  Instrument,
  { readonly document: readonly string[]; readonly outcome: readonly string[] }
>;

/** A field of a form that is filled in when an order is issued. */
export type FormField = (typeof INSTRUMENT_FORMS)[Instrument]['document'][number];

/** What was filled in, in the form's own order. */
export function formFields(
  instrument: Instrument,
  given: Readonly<Record<string, string>>,
): readonly { readonly field: FormField; readonly value: string }[] {
  const fields: readonly FormField[] = INSTRUMENT_FORMS[instrument].document;
  return fields.flatMap((field) => (given[field] === undefined ? [] : [{ field, value: given[field] }]));
}

/** The first field of a form that is missing, blank or a stranger to it; null: it is whole. */
export function formFault(
  instrument: Instrument,
  part: 'document' | 'outcome',
  given: Readonly<Record<string, string>>,
): { readonly field: string; readonly fault: 'missing' | 'unknown' } | null {
  const fields: readonly string[] = INSTRUMENT_FORMS[instrument][part];
  const missing = fields.find((field) => (given[field] ?? '').trim() === '');
  if (missing !== undefined) return { field: missing, fault: 'missing' };
  const stranger = Object.keys(given).find((field) => !fields.includes(field));
  return stranger === undefined ? null : { field: stranger, fault: 'unknown' };
}
