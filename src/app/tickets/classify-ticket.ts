import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { ClassificationBook, TicketClass } from '../ports/classification.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';
import { refuseUnknownClass, TAGS_MOST } from './classification.ts';

/**
 * Sorts a ticket anew: another category (it was wrong, or its own was split and a person knows which part it is), another
 * sub-type, other tags. Its times stay as they were promised. What it was stands on the time line. Only what changes must be
 * in today's lists. Refuses with `ticket.unknown`, `ticket.ownUnit`, `ticket.reasonMissing`, `ticket.tagsTooMany`, and what
 * `refuseUnknownClass` refuses.
 */
export function classifyTicket(deps: {
  readonly database: Database;
  readonly classifications: ClassificationBook;
  readonly ticketMoves: TicketMoves;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return (asked: {
    readonly ticketId: string;
    readonly categoryCode?: string;
    readonly subtypeCode?: string | null;
    readonly addTags: readonly string[];
    readonly removeTags: readonly string[];
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<TicketClass> =>
    deps.database.transact(async (tx) => {
      const { ticketId, actor, addTags, removeTags } = asked;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      if (actor.unitCode !== null && actor.unitCode === ticket.unitCode) throw new AppError('ticket.ownUnit');
      const from = await deps.classifications.of(ticketId, tx);
      const tags = [...new Set([...from.tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
      const { categoryCode = from.categoryCode, subtypeCode = from.subtypeCode } = asked;
      if (tags.length > TAGS_MOST) throw new AppError('ticket.tagsTooMany', { max: TAGS_MOST });
      const recategorised = categoryCode !== from.categoryCode;
      const reason = asked.reason.trim();
      if (recategorised && reason === '') throw new AppError('ticket.reasonMissing');
      const added = tags.filter((tag) => !from.tags.includes(tag));
      const changes = {
        type: ticket.type,
        categoryCode: recategorised ? categoryCode : null,
        subtypeCode: subtypeCode === from.subtypeCode ? null : subtypeCode,
        tags: added,
      };
      refuseUnknownClass(await deps.classifications.known(changes, tx), changes);
      const to: TicketClass = { categoryCode, subtypeCode, tags };
      const isSame =
        !recategorised &&
        subtypeCode === from.subtypeCode &&
        added.length === 0 &&
        tags.length === from.tags.length;
      if (isSame) return to;
      const at = deps.now();
      await deps.classifications.write(ticketId, to, recategorised ? at : null, tx);
      await deps.ticketMoves.note(
        ticketId,
        {
          ...{ id: deps.newId(), at, actorId: actor.accountId, type: 'classified', reason },
          body: { from, to },
        },
        tx,
      );
      return to;
    });
}
