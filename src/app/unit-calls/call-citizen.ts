import { isWithUnit } from '../../domain/tickets/contact-proof.ts';
import { hasPart } from '../../domain/tickets/parts/part.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { CommandSender } from '../ports/commands.ts';
import type { TicketParts } from '../ports/ticket-parts.ts';
import type { TicketBook, TicketDetail } from '../ports/tickets.ts';
import type { UnitCallBook } from '../ports/unit-calls.ts';
import { type SparingDeps, spareCitizen } from './spare-citizen.ts';

export interface CitizenCallRequest {
  readonly callId: string;
  readonly ticketId: string;
  readonly phoneId: string;
  /** Why he is called once more today; empty: he was not called often. */
  readonly reason: string;
  readonly actor: Actor & { readonly accountId: string };
}

/**
 * A unit's own person calls the citizen of his ticket: the telephone that he chose rings, then the citizen's with 12345 on it.
 * The number is read here and handed to call control: it is in no answer and on no screen. On the books before anything rings.
 * The same `callId` asked for again is the same call. A unit that has a part of the ticket, beside the lead or within it, calls
 * as the lead does.
 *
 * Refuses with `ticket.unknown`, `ticket.otherUnit`, `unitCall.partOver`, `unitCall.notNow`, `unitCall.phoneUnknown`, `citizen.anonymous`,
 * `contact.held`, `contact.tooOften`, `outbound.*`.
 */
export function callCitizen(
  deps: SparingDeps & {
    readonly tickets: Pick<TicketBook, 'detail'>;
    readonly ticketParts: Pick<TicketParts, 'sees' | 'readTree'>;
    readonly unitCalls: UnitCallBook;
    readonly commands: CommandSender;
  },
) {
  const spare = spareCitizen(deps);
  const ofPart = async (ticketId: string, actor: Actor, unitCode: string): Promise<TicketDetail | null> => {
    if (!(await deps.ticketParts.sees(ticketId, sightOf(actor)))) return null;
    const read = await deps.ticketParts.readTree(ticketId);
    if (read === null) return null;
    if (!hasPart(read.tree, unitCode)) throw new AppError('unitCall.partOver', { id: ticketId });
    return deps.tickets.detail(ticketId, sightOf(SYSTEM));
  };
  return async ({
    callId,
    ticketId,
    phoneId,
    reason,
    actor,
  }: CitizenCallRequest): Promise<{ callId: string }> => {
    const { accountId, unitCode } = actor;
    if (unitCode === null) throw new AppError('ticket.otherUnit', { id: ticketId });
    const ticket =
      (await deps.tickets.detail(ticketId, sightOf(actor))) ?? (await ofPart(ticketId, actor, unitCode));
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    if (!isWithUnit(ticket.state)) throw new AppError('unitCall.notNow', { state: ticket.state });
    if (ticket.anonymous) throw new AppError('citizen.anonymous', { id: ticketId });
    const phone = await deps.unitCalls.phone(phoneId);
    if (phone === null || phone.unitCode !== unitCode) {
      throw new AppError('unitCall.phoneUnknown', { id: phoneId });
    }
    await spare(ticketId, reason, actor);
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
