import type { PersonalDatum } from '../../domain/privacy/personal-data.ts';
import { replyBody, replyRefusal } from '../../domain/tickets/reply.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

export interface ReplyDeps {
  readonly database: Database;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface ReplyRequest {
  readonly id: string;
  /** `version` of the ticket as the actor saw it: what was written since is not what he read. */
  readonly version: number;
  readonly reason: string;
  /** null: what stands is confirmed. */
  readonly mended: string | null;
  readonly actor: Actor;
}

export interface ReplyState {
  readonly held: boolean;
  /** In a mended text: where something personal stands. */
  readonly personalData: readonly PersonalDatum[];
}

/**
 * A held reply is let go: confirmed as it stands, for a reason, or mended. A mended one is looked at anew, and may be held again.
 * Refuses with `ticket.unknown`, `ticket.movedMeanwhile`, `ticket.reasonMissing`, `reply.none`, `reply.notHeld`,
 * `ticket.moveForbidden`, `ticket.ownUnit`, `ticket.otherUnit`.
 */
export function releaseReply(deps: ReplyDeps) {
  return ({ id, version, reason, mended, actor }: ReplyRequest): Promise<ReplyState> =>
    deps.database.transact(async (tx) => {
      const ticket = await deps.ticketMoves.lock(id, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id });
      const { lastMove, replySeq } = ticket;
      if (lastMove.seq > version || replySeq > version) {
        throw new AppError('ticket.movedMeanwhile', { ...lastMove, state: ticket.state });
      }
      const refusal = replyRefusal(mended === null ? 'confirm' : 'mend', ticket, actor);
      if (refusal !== null) throw new AppError(refusal, { id, state: ticket.state });
      const why = reason.trim();
      if (why === '') throw new AppError('ticket.reasonMissing', { id });
      const { personalData = [] } = mended === null ? {} : replyBody(mended, ticket.citizen);
      await deps.ticketMoves.note(
        id,
        {
          id: deps.newId(),
          at: deps.now(),
          actorId: actor.accountId,
          type: mended === null ? 'replyConfirmed' : 'replyMended',
          reason: why,
          body: mended === null ? {} : { reply: mended, personalData },
        },
        tx,
      );
      return { held: personalData.length > 0, personalData };
    });
}
