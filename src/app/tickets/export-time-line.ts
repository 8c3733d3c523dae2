import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { PrivacyBook } from '../ports/privacy.ts';
import type { TimeLineProof, TimeLines } from '../ports/ticket-moves.ts';

/**
 * A ticket's time line as it was written, for evidence. What is confidential is read, and printed with a watermark, and never
 * carried out of the house as data (H20). Refuses with `ticket.unknown`, `document.noExport`.
 */
export function exportTimeLine(deps: {
  readonly timeLines: Pick<TimeLines, 'proofOf'>;
  readonly privacy: Pick<PrivacyBook, 'citizen'>;
}) {
  return async (id: string, actor: Actor): Promise<TimeLineProof> => {
    const sight = sightOf(actor);
    const ticket = await deps.privacy.citizen(id, sight);
    const proof = ticket === null ? null : await deps.timeLines.proofOf(id, sight);
    if (ticket === null || proof === null) throw new AppError('ticket.unknown', { id });
    if (ticket.confidential || ticket.listedOnly) throw new AppError('document.noExport', { id });
    return proof;
  };
}
