import {
  decideOrderMove,
  formFault,
  type OrderMove,
  type OrderState,
} from '../../domain/tickets/supervision.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { AppError } from '../errors.ts';
import { matterRow } from '../ports/oversight-jobs.ts';
import type { Database } from '../ports/transaction.ts';
import type { SupervisionDeps } from './issue-order.ts';

/**
 * The unit answers, the supervisor is satisfied or not, or takes the order back; each with a line on the ticket's time line in
 * the same transaction. What an order that is closed brought about is counted behind it (`measureEffects`). Refuses with
 * `supervision.unknown` and what `decideOrderMove` refuses.
 */
export function moveOrder(deps: Omit<SupervisionDeps, 'calendar'> & { readonly database: Database }) {
  return (request: {
    readonly id: string;
    readonly move: Exclude<OrderMove, 'issue'>;
    /** For the unit: what it did. For the supervisor: why. */
    readonly words: string;
    /** When it is closed: what its instrument's form asks for. */
    readonly outcome?: Readonly<Record<string, string>>;
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly number: string; readonly state: OrderState }> =>
    deps.database.transact(async (tx) => {
      const { id, move, actor } = request;
      const order = await deps.supervision.lock(id, sightOf(actor), tx);
      if (order === null) throw new AppError('supervision.unknown', { id });
      const { state: from, unitCode, number, ticketId } = order;
      const words = request.words.trim();
      const decided = decideOrderMove({ move, from, unitCode, actor, reason: words });
      if ('refusal' in decided) throw new AppError(decided.refusal, { move, state: from });
      const { instrument } = order;
      const outcome = request.outcome ?? {};
      const fault =
        move === 'close'
          ? formFault(instrument, 'outcome', outcome)
          : formFault('written', 'outcome', outcome);
      if (fault !== null) throw new AppError('supervision.formFault', { ...fault, instrument });
      const now = deps.now();
      await deps.supervision.move(order, move, decided.to, words, now, outcome, tx);
      await deps.ticketMoves.note(
        ticketId,
        {
          id: deps.newId(),
          at: now,
          actorId: actor.accountId,
          type: 'supervisionMoved',
          reason: words,
          body: { order: number, move, state: decided.to },
        },
        tx,
      );
      // Its time runs on, or is over already.
      if (decided.to === 'issued') await deps.ticketMoves.tell(matterRow({ kind: 'order', id }), tx);
      return { id, number, state: decided.to };
    });
}
