import {
  type RestrictionMove,
  type RestrictionRole,
  type RestrictionState,
  restrictionEdge,
} from './life.ts';
import { HOUR_MS, RESTRICTION_STEPS, type Restriction, type RestrictionStep } from './restriction.ts';

/** A restriction on the books: who asked for it, who approved it, why, for how long. */
export interface Measure extends Restriction {
  readonly state: RestrictionState;
  /** From the approval on; the end is set by it. */
  readonly hours: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedMs: number;
  readonly approvedBy: string | null;
}

export interface MeasureEvent {
  readonly measureId: string;
  readonly atMs: number;
  readonly actorId: string;
  readonly move: RestrictionMove;
  readonly from: RestrictionState | null;
  readonly to: RestrictionState;
  readonly reason: string;
}

export interface MeasureContext {
  readonly actor: { readonly id: string; readonly roles: readonly RestrictionRole[] };
  readonly nowMs: number;
  readonly reason: string;
}

/** What a request is judged by, looked up by the caller. Numbers in the one spelling. */
export interface RequestContext extends MeasureContext {
  /** Of a limit and a block. */
  readonly daysAtMost: number;
  /** Emergency numbers and those of the register: the hotline cannot refuse itself. */
  readonly neverNumbers: readonly string[];
  /** Every restriction that the number has had. */
  readonly history: readonly Measure[];
}

export interface MeasureRequest {
  readonly id: string;
  /** In the one spelling; null: withheld or unreadable. */
  readonly number: string | null;
  readonly step: RestrictionStep;
  readonly callsPerHour: number | null;
  readonly hours: number;
}

export type MeasureRefusal =
  | {
      readonly code: 'restriction.moveImpossible';
      readonly move: RestrictionMove;
      readonly state: RestrictionState | null;
    }
  | { readonly code: 'restriction.moveForbidden' }
  | { readonly code: 'restriction.ownRequest' }
  | { readonly code: 'restriction.reasonMissing' }
  | { readonly code: 'restriction.numberUnknown' }
  | { readonly code: 'restriction.numberProtected' }
  | { readonly code: 'restriction.stepSkipped'; readonly missing: RestrictionStep }
  | { readonly code: 'restriction.exists'; readonly id: string; readonly state: RestrictionState }
  | { readonly code: 'restriction.tooLong'; readonly daysAtMost: number }
  | { readonly code: 'restriction.limitInvalid'; readonly from: number; readonly to: number };

export type MeasureDecision =
  | { readonly kind: 'moved'; readonly measure: Measure; readonly event: MeasureEvent }
  | { readonly kind: 'refused'; readonly refusal: MeasureRefusal };

export const CALLS_PER_HOUR = { least: 1, most: 60 } as const;
/** A note hinders nobody. */
export const NOTE_DAYS_AT_MOST = 365;
export const USUAL_DAYS_AT_MOST = 30;
/** So long after its end a step still counts as taken before the next. */
export const STEP_REMEMBERED_DAYS = 180;
const DAY_MS = 24 * HOUR_MS;

const refused = (refusal: MeasureRefusal): MeasureDecision => ({ kind: 'refused', refusal });

/** Walks one edge of the table, or says why not. */
export function moveMeasure(
  measure: Measure,
  from: RestrictionState | null,
  move: RestrictionMove,
  change: Partial<Measure>,
  { actor, nowMs, reason }: MeasureContext,
): MeasureDecision {
  const edge = restrictionEdge(move, from);
  if (edge === null) return refused({ code: 'restriction.moveImpossible', move, state: from });
  if (!actor.roles.some((role) => edge.by.includes(role)))
    return refused({ code: 'restriction.moveForbidden' });
  if (edge.hand === 'other' && actor.id === measure.requestedBy)
    return refused({ code: 'restriction.ownRequest' });
  const why = reason.trim();
  if (edge.reason === 'required' && why === '') return refused({ code: 'restriction.reasonMissing' });
  return {
    kind: 'moved',
    measure: { ...measure, ...change, state: edge.to },
    event: { measureId: measure.id, atMs: nowMs, actorId: actor.id, move, from, to: edge.to, reason: why },
  };
}

/** Asks for a step against a number. A note acts at once, the others when another person approves. */
export function requestMeasure(request: MeasureRequest, context: RequestContext): MeasureDecision {
  const { number, step, callsPerHour, hours } = request;
  const { actor, nowMs, reason, neverNumbers, history } = context;
  if (number === null) return refused({ code: 'restriction.numberUnknown' });
  if (neverNumbers.includes(number)) return refused({ code: 'restriction.numberProtected' });
  const daysAtMost = step === 'note' ? NOTE_DAYS_AT_MOST : context.daysAtMost;
  if (hours < 1 || hours > daysAtMost * 24) return refused({ code: 'restriction.tooLong', daysAtMost });
  const { least, most } = CALLS_PER_HOUR;
  const isLimit = callsPerHour !== null && callsPerHour >= least && callsPerHour <= most;
  if (step === 'limit' ? !isLimit : callsPerHour !== null) {
    return refused({ code: 'restriction.limitInvalid', from: least, to: most });
  }
  const same = history.find(
    (one) =>
      one.step === step && (one.state === 'requested' || (one.state === 'active' && one.untilMs > nowMs)),
  );
  if (same !== undefined) return refused({ code: 'restriction.exists', id: same.id, state: same.state });
  const missing = stepBefore(step);
  if (missing !== null && !history.some((one) => one.step === missing && wasTaken(one, nowMs))) {
    return refused({ code: 'restriction.stepSkipped', missing });
  }
  const acts = step === 'note';
  const measure: Measure = {
    id: request.id,
    number,
    step,
    callsPerHour,
    hours,
    fromMs: nowMs,
    untilMs: nowMs + hours * HOUR_MS,
    note: reason.trim(),
    reason: reason.trim(),
    state: acts ? 'active' : 'requested',
    requestedBy: actor.id,
    requestedMs: nowMs,
    approvedBy: null,
  };
  return moveMeasure(measure, null, acts ? 'note' : 'request', {}, context);
}

/** Its time begins with the approval, however long that took. */
export function approveMeasure(measure: Measure, context: MeasureContext): MeasureDecision {
  const { nowMs, actor } = context;
  const change = { fromMs: nowMs, untilMs: nowMs + measure.hours * HOUR_MS, approvedBy: actor.id };
  return moveMeasure(measure, measure.state, 'approve', change, context);
}

/** Its end has come by itself. */
export function endMeasure(measure: Measure, nowMs: number): MeasureDecision {
  if (nowMs < measure.untilMs) {
    return refused({ code: 'restriction.moveImpossible', move: 'end', state: measure.state });
  }
  const system = { actor: { id: 'system', roles: ['system'] as const }, nowMs, reason: '' };
  return moveMeasure(measure, measure.state, 'end', {}, system);
}

function stepBefore(step: RestrictionStep): RestrictionStep | null {
  return RESTRICTION_STEPS[RESTRICTION_STEPS.indexOf(step) - 1] ?? null;
}

/** In force, or over by itself not long ago. One that was lifted was wrong, or is forgiven. */
function wasTaken({ state, untilMs }: Measure, nowMs: number): boolean {
  return (state === 'active' || state === 'ended') && nowMs < untilMs + STEP_REMEMBERED_DAYS * DAY_MS;
}
