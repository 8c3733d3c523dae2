import { typeInWords } from '../../domain/intake/incoming.ts';
import type { Appeal } from '../../domain/tickets/opening.ts';
import type { Actor, TicketType } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { IntakeBook } from '../ports/intake.ts';
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
 * A clerk decides about a message of which no ticket could be made. Refuses with `intake.unknown`, `intake.settled`, and what
 * opening a ticket refuses.
 */
export function settleMessage(
  deps: OpenTicketDeps & {
    readonly database: Database;
    readonly intake: Pick<IntakeBook, 'lock' | 'settle'>;
  },
) {
  return (id: string, wish: SettleWish, actor: Actor & { readonly accountId: string }): Promise<void> =>
    deps.database.transact(async (tx) => {
      const message = await deps.intake.lock(id, tx);
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
        };
        ({ id: ticketId } = await openTicket(deps)({ appeal, callId: null, actor }, tx));
      }
      const { as, note } = wish;
      await deps.intake.settle(id, { as, at: deps.now(), by: actor.accountId, note, ticketId }, tx);
    });
}
