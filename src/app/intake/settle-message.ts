import { typeInWords } from '../../domain/intake/incoming.ts';
import type { Appeal } from '../../domain/tickets/opening.ts';
import type { Actor, TicketType } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { IntakeBook } from '../ports/intake.ts';
import type { PrivacyBook } from '../ports/privacy.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';
import { type OpenTicketDeps, openTicket } from '../tickets/open-ticket.ts';
import { appealOf } from './receive-message.ts';

export type SettleWish =
  /** A ticket of it, in the clerk's words where its own do not do. */
  | {
      readonly as: 'opened';
      readonly content?: string;
      readonly type?: TicketType;
      readonly categoryCode?: string;
      readonly place?: string;
      readonly citizenNumber?: string;
      readonly note: string;
    }
  | { readonly as: 'dismissed'; readonly note: string };

/**
 * A clerk decides about a message of which no ticket could be made. His clock starts when it is registered, and the time line says
 * since when it had waited for that. Refuses with `intake.unknown` also what he may not read, with `intake.settled`, and what
 * opening a ticket refuses.
 */
export function settleMessage(
  deps: OpenTicketDeps & {
    readonly database: Database;
    readonly intake: Pick<IntakeBook, 'lock' | 'settle'>;
    readonly ticketMoves: Pick<TicketMoves, 'note'>;
    readonly privacy: Pick<PrivacyBook, 'keepToList' | 'copyGrants'>;
  },
) {
  return (id: string, wish: SettleWish, actor: Actor & { readonly accountId: string }): Promise<void> =>
    deps.database.transact(async (tx) => {
      const message = await deps.intake.lock(id, sightOf(actor), tx);
      if (message === null) throw new AppError('intake.unknown', { id });
      if (!message.waits) throw new AppError('intake.settled', { id });
      let ticketId: string | null = null;
      if (wish.as === 'opened') {
        const text = wish.content ?? message.text;
        const told = message.channel === 'wechat' ? '' : message.sender;
        const read = { type: wish.type ?? typeInWords(text), citizenNumber: wish.citizenNumber ?? told };
        const { type, categoryCode, place } = wish;
        const written = appealOf({ ...message, text }, read);
        const appeal: Appeal = {
          ...written,
          type: type ?? written.type,
          categoryCode: categoryCode ?? written.categoryCode,
          place: place ?? written.place,
          // What he adds to a matter that few may read is for no more eyes by itself.
          confidential: written.confidential === true || message.about?.confidential === true,
          anonymous: written.anonymous === true || message.about?.anonymous === true,
        };
        ({ id: ticketId } = await openTicket(deps)({ appeal, callId: null, actor }, tx));
      }
      // Behind the opening, as its line stands behind that one's.
      const at = deps.now();
      if (ticketId !== null) {
        const { channel, receivedAt } = message;
        const waitedMinutes = Math.floor((at - receivedAt) / 60_000);
        const line = { id: deps.newId(), at, actorId: actor.accountId, type: 'incomingSettled' } as const;
        const body = { channel, receivedAt: new Date(receivedAt).toISOString(), waitedMinutes };
        // The clerk's note stays with the message: a unit reads this line, and he may have named who wrote.
        await deps.ticketMoves.note(ticketId, { ...line, reason: '', body }, tx);
        if (message.about?.listedOnly === true) {
          await deps.privacy.keepToList(ticketId, true, tx);
          await deps.privacy.copyGrants({ of: message.about.ticketId, to: ticketId, at }, tx);
          const kept = { id: deps.newId(), at, actorId: actor.accountId, type: 'listKept' } as const;
          await deps.ticketMoves.note(ticketId, { ...kept, reason: '', body: { listedOnly: true } }, tx);
        }
      }
      const { as, note } = wish;
      await deps.intake.settle(id, { as, at, by: actor.accountId, note, ticketId }, tx);
    });
}
