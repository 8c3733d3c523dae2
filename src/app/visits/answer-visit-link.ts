import type { VisitAnswers } from '../../domain/callbacks/visit-answers.ts';
import { linkRefusal } from '../../domain/callbacks/visit-link.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { SecretMint } from '../ports/accounts.ts';
import type { Transaction } from '../ports/transaction.ts';
import type { VisitLink, VisitLinkBook } from '../ports/visit-links.ts';
import { type RecordVisitDeps, recordVisitInside } from './record-visit.ts';

export interface AnswerLinkDeps extends RecordVisitDeps {
  readonly visitLinks: VisitLinkBook;
  readonly mint: Pick<SecretMint, 'hashToken'>;
}

/** Refuses with `visitLink.unknown`, `visitLink.used`, `visitLink.over`. */
async function open(deps: AnswerLinkDeps, token: string, tx: Transaction): Promise<VisitLink> {
  const link = await deps.visitLinks.lock(deps.mint.hashToken(token), tx);
  if (link === null) throw new AppError('visitLink.unknown');
  const refusal = linkRefusal(link, deps.now());
  if (refusal !== null) throw new AppError(refusal);
  return link;
}

/** What a link is about, for the page that asks the questions: no more than the message said. */
export function readVisitLink(deps: AnswerLinkDeps) {
  return (token: string): Promise<VisitLink> => deps.database.transact((tx) => open(deps, token, tx));
}

/**
 * A citizen answers the three questions himself: by the very use case that a clerk's return visit goes through, so that
 * closing, rework and supervision are those of any visit. Once; a visit that ended meanwhile is over for the link too.
 */
export function answerVisitLink(deps: AnswerLinkDeps) {
  const record = recordVisitInside(deps);
  return async (token: string, answers: VisitAnswers): Promise<{ readonly ticketNumber: string }> => {
    try {
      return await deps.database.transact(async (tx) => {
        const { id, ticketId, ticketNumber, visitSeq } = await open(deps, token, tx);
        await deps.visitLinks.answered(id, deps.now(), tx);
        await record(
          {
            tickets: [{ id: ticketId, version: visitSeq, answers }],
            outcome: 'answered',
            callAgainAt: null,
            actor: SYSTEM,
            linkId: id,
          },
          tx,
        );
        return { ticketNumber };
      });
    } catch (error) {
      const ended = ['ticket.movedMeanwhile', 'visit.notDue'];
      // What became of the ticket is told to nobody who only holds a link.
      if (error instanceof AppError && ended.includes(error.code)) throw new AppError('visitLink.over');
      throw error;
    }
  };
}
