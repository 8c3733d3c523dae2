import { type EvidenceRef, lacksEvidence, onceEach, strangersTo } from '../../domain/tickets/evidence.ts';
import { TRUTH_NAMES, type Truth } from '../../domain/tickets/exclusion.ts';
import { OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { TruthBook } from '../ports/appraisal.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * Says whether an appeal is true, by its unit or by the hotline (H25); what is not simply so needs evidence: words, and
 * things of this ticket that show it, none of them his own word. Recordings among the hotline's are kept for good. Each word stays on record; the hotline's last
 * one holds. Refuses with `ticket.unknown`, `ticket.otherUnit`, `truth.evidenceMissing`, `truth.evidenceUnknown`.
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
    readonly refs: readonly EvidenceRef[];
    readonly actor: Actor;
  }): Promise<{ readonly side: 'unit' | 'hotline' }> =>
    deps.database.transact(async (tx) => {
      const { ticketId, truth, actor } = asked;
      const evidence = asked.evidence.trim();
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      if (actor.unitCode !== null && actor.unitCode !== ticket.unitCode)
        throw new AppError('ticket.otherUnit');
      const refs = onceEach(asked.refs);
      const lacking = lacksEvidence(truth, evidence, refs);
      if (lacking !== null) throw new AppError('truth.evidenceMissing', { truth, lacking });
      const strangers = strangersTo(refs, await deps.truths.evidenceOf(ticketId, refs, actor, tx));
      if (strangers.length > 0) throw new AppError('truth.evidenceUnknown', { refs: strangers });
      const side = actor.unitCode === null ? 'hotline' : 'unit';
      const at = deps.now();
      const found = OWN_FRAMES.truth(TRUTH_NAMES[truth]);
      await deps.truths.add(
        { id: deps.newId(), ticketId, at, by: actor.accountId ?? '', side, truth, evidence, refs },
        tx,
      );
      await deps.ticketMoves.note(
        ticketId,
        {
          id: deps.newId(),
          at,
          actorId: actor.accountId,
          type: 'truthFound',
          reason: evidence === '' ? found : OWN_FRAMES.said(found, evidence),
          body: { truth, side, ...(refs.length === 0 ? {} : { refs }) },
        },
        tx,
      );
      return { side };
    });
}
