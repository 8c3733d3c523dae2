import { TRUTH_NAMES, type Truth } from '../../domain/tickets/exclusion.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TruthBook } from '../ports/appraisal.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * Says whether an appeal is true, by its unit or by the hotline (H25); what is not simply so needs evidence. Each word
 * stays on record; the hotline's last one holds. Refuses with `ticket.unknown`, `ticket.otherUnit`, `truth.evidenceMissing`.
 */
export function findTruth(deps: {
  readonly database: Database;
  readonly truths: TruthBook;
  readonly ticketMoves: TicketMoves;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return (asked: {
    readonly ticketId: string;
    readonly truth: Truth;
    readonly evidence: string;
    readonly actor: Actor;
  }): Promise<{ readonly side: 'unit' | 'hotline' }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, truth, actor } = asked;
      const evidence = asked.evidence.trim();
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      if (actor.unitCode !== null && actor.unitCode !== ticket.unitCode)
        throw new AppError('ticket.otherUnit');
      if (truth !== 'true' && evidence === '') throw new AppError('truth.evidenceMissing', { truth });
      const side = actor.unitCode === null ? 'hotline' : 'unit';
      const at = deps.now();
      await deps.truths.add(
        { id: deps.newId(), ticketId, at, by: actor.accountId ?? '', side, truth, evidence },
        tx,
      );
      await deps.ticketMoves.note(
        ticketId,
        {
          id: deps.newId(),
          at,
          actorId: actor.accountId,
          type: 'truthFound',
          reason: `诉求${TRUTH_NAMES[truth]}${evidence === '' ? '' : `：${evidence}`}`,
          body: { truth, side },
        },
        tx,
      );
      return { side };
    });
}
