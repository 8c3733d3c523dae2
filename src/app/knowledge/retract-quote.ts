import { AppError } from '../errors.ts';
import type { QuoteBook } from '../ports/knowledge-quotes.ts';
import type { Database } from '../ports/transaction.ts';

/**
 * The wrong key was pressed, or the citizen wants more than an answer: what was told counts no more, and the call may
 * become a ticket. It stays on record. By the agent of the quote alone.
 *
 * Refuses with `knowledge.quoteUnknown` and `call.notYours`.
 */
export function retractQuote(deps: {
  readonly database: Database;
  readonly quotes: QuoteBook;
  readonly now: () => number;
}) {
  return async (asked: {
    readonly callId: string;
    readonly quoteId: string;
    readonly reason: string;
    readonly agentId: string;
  }): Promise<{ readonly retracted: boolean }> => {
    const { callId, quoteId: id } = asked;
    const quote = (await deps.quotes.ofCall(callId)).find((one) => one.id === id);
    if (quote === undefined) throw new AppError('knowledge.quoteUnknown', { quote: id });
    if (quote.agent.id !== asked.agentId) throw new AppError('call.notYours', { callId });
    const gone = { id, callId, at: deps.now(), reason: asked.reason.trim() };
    const outcome = await deps.database.transact((tx) => deps.quotes.retract(gone, tx));
    if (outcome === 'unknown') throw new AppError('knowledge.quoteUnknown', { quote: id });
    return { retracted: outcome === 'retracted' };
  };
}
