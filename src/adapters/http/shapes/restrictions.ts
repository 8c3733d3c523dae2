import { type Static, Type } from '@fastify/type-provider-typebox';
import type { AppealView, MeasureView } from '../../../app/ports/restrictions.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import {
  APPEAL_STATE_NAMES,
  APPEAL_STATES,
  openVerdicts,
  VERDICTS,
} from '../../../domain/restrictions/appeal.ts';
import { RESTRICTION_STATE_NAMES, RESTRICTION_STATES } from '../../../domain/restrictions/life.ts';
import { CALLS_PER_HOUR, type MeasureContext } from '../../../domain/restrictions/measure.ts';
import { RESTRICTION_STEPS, STEP_NAMES } from '../../../domain/restrictions/restriction.ts';
import { MaskedNumber } from '../masking.ts';
import { exactly, Instant, nullable, oneOf, Uuid } from './elements.ts';
import { openMovesShape } from './open-moves.ts';

const Person = exactly({ id: Type.String(), name: Type.String() });

/** One of the two: the number typed, or that of a call, which then nobody has to see. */
export const WhoseBody = {
  number: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: '主叫号码，任何写法' })),
  callId: Type.Optional(Uuid),
};
export const MeasureBody = {
  ...WhoseBody,
  step: oneOf(RESTRICTION_STEPS, { description: 'note 备注、limit 限制、block 暂停受理；须逐级进行' }),
  callsPerHour: Type.Optional(
    nullable(
      Type.Integer({
        minimum: CALLS_PER_HOUR.least,
        maximum: CALLS_PER_HOUR.most,
        description: '限制：每小时接入人工的次数',
      }),
    ),
  ),
  hours: Type.Integer({ minimum: 1, maximum: 8784, description: '时长，小时；自批准时起算' }),
};

export const MeasureShape = exactly({
  id: Type.String(),
  number: MaskedNumber,
  step: oneOf(RESTRICTION_STEPS),
  stepName: Type.String(),
  state: oneOf(RESTRICTION_STATES),
  stateName: Type.String(),
  callsPerHour: nullable(Type.Integer()),
  hours: Type.Integer(),
  from: Instant,
  until: Instant,
  reason: Type.String(),
  requestedBy: Person,
  requestedAt: Instant,
  approvedBy: Type.Union([Person, Type.Null()]),
  openAppeal: nullable(Type.String()),
  refusedCalls: Type.Integer({ description: '因此未接入人工的来电数' }),
});
export const AppealShape = exactly({
  id: Type.String(),
  restrictionId: Type.String(),
  state: oneOf(APPEAL_STATES),
  stateName: Type.String(),
  text: Type.String(),
  recordedBy: Type.Union([Person, Type.Null()], { description: 'null：市民自行提交' }),
  recordedAt: Instant,
  decidedBy: Type.Union([Person, Type.Null()]),
  decidedAt: nullable(Instant),
  answer: nullable(Type.String()),
  moves: openMovesShape(VERDICTS),
});

const iso = (atMs: number): string => new Date(atMs).toISOString();
const person = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

export function measureSeen(view: MeasureView): Static<typeof MeasureShape> {
  const { id, step, state, callsPerHour, hours, reason, openAppeal, refusedCalls } = view;
  return {
    id,
    number: maskedNumber(view.number),
    step,
    stepName: STEP_NAMES[step],
    state,
    stateName: RESTRICTION_STATE_NAMES[state],
    callsPerHour,
    hours,
    from: iso(view.fromMs),
    until: iso(view.untilMs),
    reason,
    requestedBy: { id: view.requestedBy, name: view.requestedByName },
    requestedAt: iso(view.requestedMs),
    approvedBy: person(view.approvedBy, view.approvedByName),
    openAppeal,
    refusedCalls,
  };
}

export function appealSeen(view: AppealView, actor: MeasureContext['actor']): Static<typeof AppealShape> {
  const { id, measureId, state, text, answer } = view;
  return {
    id,
    restrictionId: measureId,
    state,
    stateName: APPEAL_STATE_NAMES[state],
    text,
    recordedBy: person(view.recordedBy, view.recordedByName),
    recordedAt: iso(view.recordedMs),
    decidedBy: person(view.decidedBy, view.decidedByName),
    decidedAt: view.decidedMs === null ? null : iso(view.decidedMs),
    answer,
    moves: openVerdicts(view, view.measure, actor).map((one) => ({ ...one })),
  };
}
