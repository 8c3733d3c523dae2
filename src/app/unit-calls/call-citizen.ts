import { isWithUnit } from '../../domain/tickets/contact-proof.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { CommandSender } from '../ports/commands.ts';
import type { TicketBook } from '../ports/tickets.ts';
import type { UnitCallBook } from '../ports/unit-calls.ts';

export interface CitizenCallRequest {
  readonly callId: string;
  readonly ticketId: string;
  readonly phoneId: string;
  readonly actor: Actor & { readonly accountId: string };
}

/**
 * A unit's own person calls the citizen of his ticket: the telephone that he chose rings, then the citizen's with 12345 on it.
 * The number is read here and handed to call control: it is in no answer and on no screen. On the books before anything rings.
 * The same `callId` asked for again is the same call.
 *
 * Refuses with `ticket.unknown`, `ticket.otherUnit`, `unitCall.notNow`, `unitCall.phoneUnknown`, `citizen.anonymous`, `outbound.*`.
 */
export function callCitizen(deps: {
  readonly tickets: Pick<TicketBook, 'detail'>;
  readonly unitCalls: UnitCallBook;
  readonly commands: CommandSender;
  readonly now: () => number;
}) {
  return async ({ callId, ticketId, phoneId, actor }: CitizenCallRequest): Promise<{ callId: string }> => {
    const { accountId, unitCode } = actor;
    const ticket = await deps.tickets.detail(ticketId, sightOf(actor));
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    if (unitCode === null || ticket.unit?.code !== unitCode) {
      throw new AppError('ticket.otherUnit', { id: ticketId });
    }
    if (!isWithUnit(ticket.state)) throw new AppError('unitCall.notNow', { state: ticket.state });
    if (ticket.anonymous) throw new AppError('citizen.anonymous', { id: ticketId });
    const phone = await deps.unitCalls.phone(phoneId);
    if (phone === null || phone.unitCode !== unitCode) {
      throw new AppError('unitCall.phoneUnknown', { id: phoneId });
    }
    await deps.unitCalls.add({ callId, ticketId, accountId, unitCode, phoneId, askedAt: deps.now() });
    const reply = await deps.commands.send({
      kind: 'callForUnit',
      accountId,
      callId,
      number: ticket.citizenNumber,
      unitNumber: phone.number,
      ticketId,
      line: ticket.line,
      about: ticket.number,
    });
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    return { callId };
  };
}
