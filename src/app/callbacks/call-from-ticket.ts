import type { OutboundPurpose } from '../../domain/callbacks/purposes.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { AgentView } from '../ports/agent-view.ts';
import type { CommandSender } from '../ports/commands.ts';
import type { TicketBook } from '../ports/tickets.ts';

/**
 * Calls the citizen of a ticket, the agent first. The number is read here and handed to call control: it is in no answer
 * and on no screen. The same `callId` asked for again is the same call (F-17). Refuses with `ticket.unknown`, `ticket.ownUnit`,
 * `outbound.*`, `agent.*`.
 */
export function callFromTicket(deps: { readonly tickets: TicketBook; readonly commands: CommandSender }) {
  return async (asked: {
    readonly callId: string;
    readonly ticketId: string;
    readonly purpose: Extract<OutboundPurpose, 'ticket' | 'returnVisit'>;
    readonly agentId: string;
    readonly actor: Actor;
  }): Promise<{ readonly callId: string; readonly agent: AgentView | null }> => {
    const { callId, ticketId, purpose, agentId, actor } = asked;
    const ticket = await deps.tickets.detail(ticketId, sightOf(actor));
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    // A unit speaks with its citizen about its work, and never asks him how it was (invariant 9).
    const own = actor.unitCode !== null && actor.unitCode === ticket.unit?.code;
    if (purpose === 'returnVisit' && own) throw new AppError('ticket.ownUnit', { id: ticketId });
    const reply = await deps.commands.send({
      kind: 'call',
      agentId,
      callId,
      purpose,
      // An anonymous ticket has none: call control says so by its code.
      number: ticket.citizenNumber ?? '',
      subject: { callbackId: null, ticketId, missedCallId: null },
      line: ticket.line,
      about: ticket.number,
    });
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    return { callId, agent: reply.agent };
  };
}
