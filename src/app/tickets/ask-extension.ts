import { findPersonalData } from '../../domain/privacy/personal-data.ts';
import { decideAsking } from '../../domain/tickets/extension.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { calendarsFor, limitsOf } from '../deadlines/counting.ts';
import { AppError } from '../errors.ts';
import type { TicketNotice } from '../live/notices.ts';
import type { ExtensionBook } from '../ports/extensions.ts';
import type { Database } from '../ports/transaction.ts';
import type { MoveTicketDeps } from './move-ticket.ts';

export interface ExtensionDeps extends MoveTicketDeps {
  readonly database: Database;
  readonly extensions: ExtensionBook;
}

/**
 * The unit that has a ticket asks for more time (H11). Nothing moves by asking: both clocks run on.
 *
 * Refuses with `ticket.unknown`, `extension.personalData` and what `decideAsking` refuses.
 */
export function askExtension(deps: ExtensionDeps) {
  return (request: {
    readonly ticketId: string;
    readonly amount: number;
    readonly reason: string;
    readonly evidence: string;
    readonly publicReason: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly decideBy: string }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, amount, actor, reason, evidence, publicReason } = request;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      const settings = await deps.calendar.load(tx);
      const now = deps.now();
      const { dueAt, ...standing } = await deps.extensions.standing(ticketId, tx);
      const decided = decideAsking(
        { ...ticket, ...standing, dueAt: dueAt ?? now },
        amount,
        actor,
        limitsOf(settings, ticket.acceptedAt),
        now,
        calendarsFor(settings, ticket.unitCode, ticket).unit,
      );
      if ('refusal' in decided) throw new AppError(decided.refusal, decided.data);
      refusePersonal(publicReason, ticket.citizen);
      const { accountId } = actor;
      if (accountId === null || ticket.unitCode === null || dueAt === null) {
        throw new Error('only a person of the unit asks, about a clock that runs');
      }
      const id = deps.newId();
      await deps.extensions.add(
        {
          ...{ id, ticketId, unitCode: ticket.unitCode, amount, reason, evidence, publicReason },
          ...{ askedBy: accountId, askedAt: now, decideBy: dueAt },
        },
        tx,
      );
      const decideBy = new Date(dueAt).toISOString();
      const notice: TicketNotice = {
        kind: 'extensionAsked',
        ...{ ticketId, ticketNumber: ticket.number, unitCode: ticket.unitCode, atMs: now },
        ...{ clock: null, level: null },
      };
      const note = { type: 'extensionAsked', reason } as const;
      const body = { extension: id, amount, evidence, publicReason, decideBy };
      await deps.ticketMoves.note(
        ticketId,
        { ...note, id: deps.newId(), at: now, actorId: accountId, body },
        tx,
      );
      await deps.ticketMoves.tell({ topic: 'ticketMoved', key: ticketId, body: notice }, tx);
      return { id, decideBy };
    });
}

/** What goes to the citizen, and to whoever reads over his shoulder, tells of nobody who he is. */
export function refusePersonal(
  publicReason: string,
  citizen: { readonly name: string; readonly number: string },
): void {
  const found = findPersonalData(publicReason, citizen);
  if (found.length > 0) {
    throw new AppError('extension.personalData', { kinds: [...new Set(found.map(({ kind }) => kind))] });
  }
}
