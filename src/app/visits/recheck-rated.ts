import { type VisitAnswers, verdictOf } from '../../domain/callbacks/visit-answers.ts';
import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { Transaction } from '../ports/transaction.ts';
import { superviseAfter } from '../supervision/after-move.ts';
import type { SupervisionDeps } from '../supervision/issue-order.ts';
import { moveTicketInside } from '../tickets/move-ticket.ts';

/**
 * What comes of a citizen's own rating of his matter beside that it is counted:
 *
 *   none     he is content
 *   begun    a person of the hotline looks at it, within a time of its own (G6, L3); what was begun before goes on
 *   before   that was done once since it was last reported done
 *   tooLate  it was closed for longer than it may be opened again
 */
export const RECHECKS = ['none', 'begun', 'before', 'tooLate'] as const;
export type Recheck = (typeof RECHECKS)[number];

const LEFT: Readonly<Record<string, Recheck>> = {
  'ticket.disputedBefore': 'before',
  'ticket.reopenTooLate': 'tooLate',
};

/**
 * Whose matter is not solved, or badly, by his own word has it looked at again, in the transaction in which he said so; the
 * second time its unit is supervised at once.
 */
export function recheckRated(deps: SupervisionDeps) {
  const move = moveTicketInside(deps);
  const supervise = superviseAfter(deps);
  return async (id: string, answers: VisitAnswers, tx: Transaction): Promise<Recheck> => {
    if (verdictOf(answers) === 'close') return 'none';
    try {
      await move(
        { id, move: 'dispute', version: null, reason: OWN_REASONS.disputed, details: {}, actor: SYSTEM },
        tx,
      );
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // He corrects himself or says it again: somebody looks at it already.
      if (error.code === 'ticket.moveImpossible') return error.data.state === 'disputed' ? 'begun' : 'none';
      const left = LEFT[error.code];
      if (left === undefined) throw error;
      return left;
    }
    await supervise(id, 'dispute', tx);
    return 'begun';
  };
}
