import { type Actor, TICKET_TYPES, type TicketType } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { CallOutcome, OutcomeBook } from '../ports/tickets.ts';
import { refuseUnknownClass } from './classification.ts';

export interface CloseCallRequest {
  readonly callId: string;
  readonly actor: Actor;
  readonly outcome:
    | {
        readonly kind: 'answeredOnSpot';
        readonly type: TicketType;
        readonly categoryCode: string;
        readonly subtypeCode?: string | null;
        readonly tags?: readonly string[];
      }
    | { readonly kind: 'invalid'; readonly reason: string };
}

export interface ClosedCall {
  readonly callId: string;
  readonly outcome: 'answeredOnSpot' | 'invalid';
  /** ISO 8601, UTC. */
  readonly closedAt: string;
}

export const INVALID_REASON_MAX = 500;

/**
 * Gives an answered call, or a message that was left, its outcome without a ticket (invariant 5: exactly one).
 *
 * Refuses with `call.unknown`, `call.notAnswered`, `call.outcomeExists`, `call.reasonMissing`, `call.reasonTooLong`,
 * `call.closeForbidden`, `ticket.typeUnknown`, and what `refuseUnknownClass` refuses.
 */
export function closeCall(deps: { readonly outcomes: OutcomeBook; readonly now: () => number }) {
  return async ({ callId, actor, outcome }: CloseCallRequest): Promise<ClosedCall> => {
    if (!actor.roles.some((role) => role === 'agent' || role === 'lead' || role === 'operator')) {
      throw new AppError('call.closeForbidden', { callId });
    }
    const onSpot = outcome.kind === 'answeredOnSpot';
    const reason = onSpot ? null : outcome.reason.replace(/\p{Cc}/gu, ' ').trim();
    if (reason === '') throw new AppError('call.reasonMissing', { callId });
    if (reason !== null && [...reason].length > INVALID_REASON_MAX) {
      throw new AppError('call.reasonTooLong', { callId, max: INVALID_REASON_MAX });
    }
    if (onSpot && !TICKET_TYPES.includes(outcome.type)) {
      throw new AppError('ticket.typeUnknown', { type: String(outcome.type).slice(0, 40) });
    }
    const sorted = onSpot
      ? { subtypeCode: null, tags: [], ...outcome }
      : { type: null, categoryCode: null, subtypeCode: null, tags: [] };
    const { call, ...known } = await deps.outcomes.callFacts(callId, sorted);
    if (call === null) throw new AppError('call.unknown', { callId });
    if (!call.answered && !call.messageLeft) throw new AppError('call.notAnswered', { callId });
    refuseUnknownClass(known, sorted);
    if (call.outcome !== null) throw new AppError('call.outcomeExists', { callId, ...call.outcome });

    const closedAt = deps.now();
    const record: CallOutcome = {
      callId,
      outcome: outcome.kind,
      type: sorted.type,
      category: sorted.categoryCode,
      subtype: sorted.subtypeCode,
      tags: sorted.tags,
      reason,
      closedBy: actor.accountId,
      closedAt,
    };
    if ((await deps.outcomes.record(record)) === 'exists')
      throw new AppError('call.outcomeExists', { callId });
    return { callId, outcome: outcome.kind, closedAt: new Date(closedAt).toISOString() };
  };
}
