import { isFalseContent } from '../../domain/callbacks/sample.ts';
import { saidInWords, type VisitAnswers } from '../../domain/callbacks/visit-answers.ts';
import { ASKED_BY, NOT_REACHED, OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { SampleBook } from '../ports/appraisal.ts';
import type { Database } from '../ports/transaction.ts';
import { issueByRule, type SupervisionDeps } from '../supervision/issue-order.ts';
import { moveTicketInside } from '../tickets/move-ticket.ts';

/** After so many tries nobody asks again: the first word stands uncompared. */
const TRIES = 3;

/** Worked on already, archived, or closed for longer than a matter may be opened again. */
const OVER: ReadonlySet<string> = new Set(['ticket.moveImpossible', 'ticket.reopenTooLate']);

export interface RecordedSample {
  readonly state: 'open' | 'answered' | 'unreached';
  readonly falseContent: boolean | null;
  readonly reopened: boolean;
  /** Number of the order that its unit got; null: none, or one stands already. */
  readonly order: string | null;
}

/**
 * What the second visitor heard, with a line on the ticket's time line. Never by who asked first, nor by anybody of the
 * unit. `falseContent`: the first word is taken back. Then the matter was closed on a false result: its unit works on it again
 * and is supervised (RD-15); what can be opened no more is supervised all the same. Refuses with `sample.unknown`, `sample.over`, `sample.samePerson`,
 * `ticket.ownUnit`, `ticket.unknown`.
 */
export function recordSample(
  deps: SupervisionDeps & { readonly database: Database; readonly samples: SampleBook },
) {
  const move = moveTicketInside(deps);
  const supervise = issueByRule(deps);
  return (asked: {
    readonly id: string;
    /** null: nobody was reached. */
    readonly answers: VisitAnswers | null;
    readonly actor: Actor;
  }): Promise<RecordedSample> =>
    deps.database.transact(async (tx) => {
      const { id, answers, actor } = asked;
      const sample = await deps.samples.lock(id, tx);
      if (sample === null) throw new AppError('sample.unknown', { id });
      if (sample.state !== 'open') throw new AppError('sample.over', { state: sample.state });
      if (sample.firstBy !== null && sample.firstBy === actor.accountId)
        throw new AppError('sample.samePerson');
      if (actor.unitCode !== null && actor.unitCode === sample.unitCode) throw new AppError('ticket.ownUnit');
      const ticket = await deps.ticketMoves.lock(sample.ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: sample.ticketId });
      const tries = sample.tries + 1;
      const state = answers !== null ? 'answered' : tries >= TRIES ? 'unreached' : 'open';
      const falseContent = answers === null ? null : isFalseContent(sample.first, answers);
      const at = deps.now();
      await deps.samples.write(
        id,
        { state, tries, by: actor.accountId ?? '', at, answers, falseContent },
        tx,
      );
      await deps.ticketMoves.note(
        sample.ticketId,
        {
          id: deps.newId(),
          at,
          actorId: actor.accountId,
          type: 'visitSampled',
          reason: OWN_FRAMES.said(ASKED_BY.second, answers === null ? NOT_REACHED : saidInWords(answers)),
          body: { sample: id, falseContent },
        },
        tx,
      );
      if (answers === null || falseContent !== true) {
        return { state, falseContent, reopened: false, order: null };
      }
      const reason = OWN_FRAMES.said(ASKED_BY.overturned, saidInWords(answers));
      const again = {
        id: sample.ticketId,
        move: 'reopen',
        version: null,
        reason,
        details: {},
        actor,
      } as const;
      const reopened = await move(again, tx).then(
        () => true,
        (error: unknown) => {
          if (error instanceof AppError && OVER.has(error.code)) return false;
          throw error;
        },
      );
      const issued = ticket.unitCode === null ? null : await supervise(sample.ticketId, 'falseResult', tx);
      return { state, falseContent, reopened, order: issued?.number ?? null };
    });
}
