import { PHOTOS_MOST, type PhotoType, photoRefusal } from '../../domain/tickets/photos.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { TicketPhotoBook } from '../ports/ticket-photos.ts';
import type { TicketBook } from '../ports/tickets.ts';
import type { Database } from '../ports/transaction.ts';

/** Adds a photo to a ticket, with its hash on the time line. Refuses with `ticket.unknown` and what `photoRefusal` refuses. */
export function addPhoto(deps: {
  readonly database: Database;
  readonly ticketPhotos: TicketPhotoBook;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return (asked: {
    /** The same for the same request. */
    readonly id: string;
    readonly ticketId: string;
    readonly name: string;
    readonly mediaType: PhotoType;
    readonly bytes: Uint8Array;
    readonly actor: Actor & { readonly accountId: string };
  }): Promise<{ readonly id: string }> =>
    deps.database.transact(async (tx) => {
      const { id, ticketId, name, mediaType, bytes, actor } = asked;
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      // A request that came twice is no second photo, whatever the ticket has become since.
      if (await deps.ticketPhotos.has(id, tx)) return { id };
      const there = await deps.ticketPhotos.count(ticketId, tx);
      const refusal = photoRefusal(ticket, there, actor);
      if (refusal !== null) throw new AppError(refusal, { state: ticket.state, most: PHOTOS_MOST });
      const at = deps.now();
      const { accountId: by, unitCode } = actor;
      const photo = { id, ticketId, name, mediaType, bytes, by, unitCode, at };
      const sha256 = await deps.ticketPhotos.add(photo, tx);
      // Between the look and here nobody else adds to a ticket that is locked.
      if (sha256 === null) return { id };
      const line = { id: deps.newId(), at, actorId: by, type: 'photoAdded', reason: name } as const;
      await deps.ticketMoves.note(ticketId, { ...line, body: { photo: id, sha256 } }, tx);
      return { id };
    });
}

/** Photos of a ticket, and one of them, for who sees the ticket. Refuse with `ticket.unknown`, `photo.unknown`. */
export function readPhotos(deps: {
  readonly tickets: Pick<TicketBook, 'detail'>;
  readonly ticketPhotos: TicketPhotoBook;
}) {
  return {
    async of(ticketId: string, actor: Actor) {
      if ((await deps.tickets.detail(ticketId, sightOf(actor))) === null) {
        throw new AppError('ticket.unknown', { id: ticketId });
      }
      return deps.ticketPhotos.list(ticketId);
    },
    async one(id: string, actor: Actor) {
      const photo = await deps.ticketPhotos.find(id);
      const seen = photo === null ? null : await deps.tickets.detail(photo.ticketId, sightOf(actor));
      if (photo === null || seen === null) throw new AppError('photo.unknown', { id });
      return photo;
    },
  };
}
