import { ADOPTION_NAMES, type Adoption, decideAdoption } from '../../domain/tickets/adoption.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import type { AdoptionBook } from '../ports/adoptions.ts';
import type { TicketMoves } from '../ports/ticket-moves.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * Says what became of a suggestion, on its time line in the same transaction. Each word stays on record; the hotline's last one
 * holds. Refuses with `ticket.unknown` and what `decideAdoption` refuses.
 */
export function sayAdoption(deps: {
  readonly database: Database;
  readonly adoptions: AdoptionBook;
  readonly ticketMoves: Pick<TicketMoves, 'lock' | 'note'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return (asked: {
    /** The same for the same request. */
    readonly id: string;
    readonly ticketId: string;
    readonly outcome: Adoption;
    readonly words: string;
    readonly publication: string;
    readonly summary: string;
    readonly actor: Actor & { readonly accountId: string };
  }): Promise<{ readonly side: 'unit' | 'hotline' }> =>
    deps.database.transact(async (tx) => {
      const { id, ticketId, outcome, actor } = asked;
      const [words, publication] = [asked.words.trim(), asked.publication.trim()];
      const summary = asked.summary.trim();
      const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
      if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
      const secret = await deps.adoptions.isSecret(ticketId, tx);
      const decided = decideAdoption({
        ...{ ticket: { ...ticket, secret }, actor, outcome, words, publication, summary },
      });
      if ('refusal' in decided) throw new AppError(decided.refusal, { id: ticketId, state: ticket.state });
      const { side } = decided;
      const at = deps.now();
      const said = { id, ticketId, at, by: actor.accountId, side, outcome, words, publication, summary };
      if ((await deps.adoptions.add(said, tx)) === 'known') return { side };
      await deps.ticketMoves.note(
        ticketId,
        {
          ...{ id: deps.newId(), at, actorId: actor.accountId, fromState: null, toState: null },
          ...{ type: 'adoptionSaid', reason: `${ADOPTION_NAMES[outcome]}：${words}` },
          body: { outcome, side, publication, ...(summary === '' ? {} : { summary }) },
        },
        tx,
      );
      return { side };
    });
}
