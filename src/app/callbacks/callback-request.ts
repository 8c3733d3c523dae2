import type { CallbackRequest } from '../../domain/callbacks/callback.ts';
import type { Call } from '../../domain/calls/call.ts';

type Asked = Pick<CallbackRequest, 'id' | 'number' | 'queue' | 'priority' | 'sinceMs' | 'stands' | 'rule'>;

/** What is asked for in this call: the line that was dialled and the citizen's open ticket go with it to who calls him back. */
export function requestOf(call: Call, asked: Asked): CallbackRequest {
  const { line } = call.plan.recognition;
  const ticket = call.caller?.openTicket ?? null;
  return {
    ...asked,
    callId: call.id,
    line: line?.number ?? null,
    lineName: line?.name ?? '',
    ticketId: ticket?.id ?? null,
    ticketNumber: ticket?.number ?? null,
  };
}
