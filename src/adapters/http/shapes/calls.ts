import { Type } from '@fastify/type-provider-typebox';
import { CALL_OUTCOMES, type CallDetail, type CallRow } from '../../../app/ports/calls.ts';
import type { MeasuredTalk } from '../../../app/ports/talk-quality.ts';
import { DIAL_OUTCOME_NAMES } from '../../../domain/callbacks/dial-outcome.ts';
import { OUTBOUND_PURPOSES } from '../../../domain/callbacks/purposes.ts';
import { callReasonInEnglish, OWN_REASON_OF } from '../../../domain/calls/call-reasons.ts';
import { CALL_RESULTS } from '../../../domain/calls/facts.ts';
import { maskedNumber, maskedRuns, maskedText } from '../../../domain/privacy/masked.ts';
import { MaskedNumber } from '../masking.ts';
import { exactly, Instant, nullable, oneOf } from './elements.ts';
import { MeasuredTalkShape } from './talk-quality.ts';

const row = {
  id: Type.String(),
  arrivedAt: Instant,
  dialled: Type.String(),
  callerNumber: MaskedNumber,
  line: nullable(Type.String()),
  lineName: nullable(Type.String()),
  mode: nullable(Type.String()),
  queue: nullable(Type.String()),
  queuedAt: nullable(Instant),
  agentId: nullable(Type.String()),
  agentNumber: nullable(Type.String()),
  agentName: nullable(Type.String()),
  answeredAt: nullable(Instant),
  talkStartedAt: nullable(Instant),
  endedAt: nullable(Instant),
  releasedBy: nullable(oneOf(['caller', 'agent', 'unit', 'centre', 'system'])),
  result: nullable(oneOf(CALL_RESULTS)),
  direction: oneOf(['inbound', 'outbound']),
  purpose: nullable(oneOf(OUTBOUND_PURPOSES, { description: '外呼事由；来电为空' })),
  dialOutcome: nullable(oneOf(DIAL_OUTCOME_NAMES, { description: '外呼未接通的原因' })),
  aboutTicket: nullable(Type.String({ description: '外呼所涉工单' })),
  outcome: nullable(oneOf(CALL_OUTCOMES)),
  ticketId: nullable(Type.String()),
};
export const CallRowShape = exactly(row);

export const CallDetailShape = exactly({
  ...row,
  trunk: Type.String(),
  recognisedBy: nullable(Type.String()),
  confidence: nullable(Type.String()),
  configurationVersion: nullable(Type.Integer()),
  recorded: Type.Boolean({ description: '有录音；见 /v1/calls/{id}/recordings' }),
  closing: Type.Union([
    exactly({
      type: nullable(Type.String()),
      category: nullable(Type.String()),
      reason: nullable(Type.String()),
      closedBy: nullable(Type.String()),
      closedAt: Instant,
    }),
    Type.Null(),
  ]),
  quality: Type.Array(MeasuredTalkShape, { description: '各路通话的音质；未测得的不在其中' }),
  legs: Type.Array(
    exactly({
      leg: Type.String(),
      agentId: nullable(Type.String()),
      agentNumber: nullable(Type.String()),
      number: nullable(Type.String()),
      reason: Type.String(),
      rangAt: Instant,
      answeredAt: nullable(Instant),
      endedAt: nullable(Instant),
      how: nullable(Type.String()),
    }),
  ),
  facts: Type.Array(
    exactly({
      seq: Type.Integer(),
      at: Instant,
      type: Type.String(),
      body: Type.Object({}, { additionalProperties: true }),
    }),
    {
      description:
        '依次发生的事实。waitExplained：当时为何仍在等待（why、reason，英文 reasonEn）及所在队列（queues）；legRang 的 reason：为何选此话务员，queueEntered 的 reason：为何进入该队列；系统所写者另有英文 reasonEn',
    },
  ),
});

export function shownRow(call: CallRow): CallRow {
  return { ...call, callerNumber: maskedNumber(call.callerNumber) };
}

/** The path of the recording stays inside; the raw headers of a fact name the caller as well. */
export function shownDetail({ recording, ...call }: CallDetail, quality: readonly MeasuredTalk[]): object {
  return {
    ...call,
    quality,
    callerNumber: maskedNumber(call.callerNumber),
    recorded: recording !== '',
    legs: call.legs.map((leg) => ({ ...leg, number: shownNumber(leg.leg, leg.number) })),
    facts: call.facts.map(({ body, ...fact }) => ({
      ...fact,
      body: shownBody(OWN_REASON_OF.has(fact.type) ? withEnglish(body) : body),
    })),
  };
}

/** What the machine itself gave as its reason, as it is read in English too. */
function withEnglish(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { reason, reasonEn } = body;
  if (typeof reason !== 'string' || reasonEn !== undefined) return body;
  const english = callReasonInEnglish(reason);
  return english === null ? body : { ...body, reasonEn: english };
}

/** A number that an agent brought in may be a person's; those of units, centres and emergency desks are public. */
const shownNumber = (leg: string, number: string | null): string | null =>
  number === null || /\.[uce]\d+$/.test(leg) ? number : maskedNumber(number);

const HIDDEN_FIELDS = new Set(['recording', 'digit', 'dtmf']);

function shownBody(body: Readonly<Record<string, unknown>>): object {
  const shown = Object.entries(body).filter(([name]) => !HIDDEN_FIELDS.has(name));
  return Object.fromEntries(
    shown.map(([name, value]) => [
      name,
      name === 'headers'
        ? shownAll(value, (text) => maskedRuns(text))
        : name === 'number' && typeof value === 'string'
          ? maskedText(shownNumber(String(body.leg), value) ?? '')
          : shownField(name, value),
    ]),
  );
}

function shownField(name: string, value: unknown): unknown {
  if (name === 'callerNumber' && typeof value === 'string') return maskedNumber(value);
  return shownAll(value, maskedText);
}

function shownAll(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((one) => shownAll(one, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shownAll(inner, mask)]));
}
