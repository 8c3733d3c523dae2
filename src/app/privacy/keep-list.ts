import { grantRefusal } from '../../domain/tickets/need-to-know.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import type { TimeLineNote } from '../../domain/tickets/time-line.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { Citizen, GrantView, PrivacyBook } from '../ports/privacy.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database, Transaction } from '../ports/transaction.ts';

export interface ListDeps {
  readonly database: Database;
  readonly privacy: PrivacyBook;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface ListKeeper extends Actor {
  readonly accountId: string;
}

/**
 * The list of those who need to know a confidential ticket (H20): who is put on it, until when and why; who is taken off; and
 * whether the ticket is kept to it. Each change stands on the ticket's time line, in one transaction.
 */
export function keepList(deps: ListDeps) {
  const onTicket = <T>(
    id: string,
    keeper: ListKeeper,
    work: (ticket: Citizen, tx: Transaction) => Promise<T>,
  ): Promise<T> =>
    deps.database.transact(async (tx) => {
      const sight = sightOf(keeper);
      if ((await deps.ticketMoves.lock(id, sight, tx)) === null) throw new AppError('ticket.unknown', { id });
      const ticket = await deps.privacy.citizen(id, sight, tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id });
      return work(ticket, tx);
    });
  const note = (
    ticketId: string,
    { accountId }: ListKeeper,
    type: TimeLineNote,
    reason: string,
    body: object,
    tx: Transaction,
  ) => {
    const event = {
      id: deps.newId(),
      at: deps.now(),
      actorId: accountId,
      type,
      reason,
      body: { ...body },
    };
    return deps.ticketMoves.note(ticketId, event, tx);
  };

  return {
    /** Refuses with `ticket.unknown`, `account.unknown`, `grant.*`. `grantId`: the same asked for again is the same entry. */
    grant: (
      asked: { id: string; grantId: string; accountId: string; until: number; reason: string },
      keeper: ListKeeper,
    ): Promise<readonly GrantView[]> =>
      onTicket(asked.id, keeper, async (ticket, tx) => {
        const { id, grantId, accountId, until, reason } = asked;
        const at = deps.now();
        const wanted = { accountId, by: keeper.accountId, untilMs: until };
        const refusal = grantRefusal(ticket, wanted, at);
        if (refusal !== null) throw new AppError(refusal.code, { ...refusal });
        if (!(await deps.privacy.accountKnown(accountId, tx))) {
          throw new AppError('account.unknown', { id: accountId });
        }
        const grant = { id: grantId, ticketId: id, accountId, reason, by: keeper.accountId, at, until };
        await deps.privacy.addGrant(grant, tx);
        const body = { accountId, until: new Date(until).toISOString() };
        await note(id, keeper, 'knowledgeGranted', reason, body, tx);
      }).then(() => deps.privacy.grants(asked.id)),

    /** Refuses with `ticket.unknown`, `grant.unknown`. */
    end: (
      asked: { id: string; grantId: string; reason: string },
      keeper: ListKeeper,
    ): Promise<readonly GrantView[]> =>
      onTicket(asked.id, keeper, async (_ticket, tx) => {
        const { id, grantId, reason } = asked;
        const end = { by: keeper.accountId, at: deps.now(), reason };
        const ended = await deps.privacy.endGrant({ id: grantId, ticketId: id }, end, tx);
        if (ended === null) throw new AppError('grant.unknown', { id: grantId });
        await note(id, keeper, 'knowledgeEnded', reason, ended, tx);
      }).then(() => deps.privacy.grants(asked.id)),

    /** Refuses with `ticket.unknown`, `grant.notConfidential`. What is so already is granted. */
    keep: (
      asked: { id: string; listedOnly: boolean; reason: string },
      keeper: ListKeeper,
    ): Promise<{ readonly listedOnly: boolean }> =>
      onTicket(asked.id, keeper, async (ticket, tx) => {
        const { id, listedOnly, reason } = asked;
        if (!ticket.confidential) throw new AppError('grant.notConfidential', { id });
        if (ticket.listedOnly !== listedOnly) {
          await deps.privacy.keepToList(id, listedOnly, tx);
          await note(id, keeper, 'listKept', reason, { listedOnly }, tx);
        }
        return { listedOnly };
      }),

    /** Refuses with `ticket.unknown`. */
    async read(id: string, reader: Actor): Promise<readonly GrantView[]> {
      if ((await deps.privacy.citizen(id, sightOf(reader))) === null) {
        throw new AppError('ticket.unknown', { id });
      }
      return deps.privacy.grants(id);
    },
  };
}
