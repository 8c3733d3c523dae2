import { AppError } from '../errors.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { QuoteBook } from '../ports/knowledge-quotes.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Database } from '../ports/transaction.ts';
import { addressKey } from './places/tell-address.ts';
import { quoteKey } from './quote-entry.ts';

/** What became of the answer in writing: there was none, it is not sent, or the citizen has it. */
export const RETRACTED_MESSAGES = ['none', 'stopped', 'sent'] as const;
type RetractedMessage = (typeof RETRACTED_MESSAGES)[number];

/**
 * The wrong key was pressed, or the citizen wants more than an answer: what was told counts no more, and the call may
 * become a ticket; so with the address of a place that he was written. It stays on record. What was to be written to the citizen and is not on its way is not sent. By the agent
 * of the quote alone.
 *
 * Refuses with `knowledge.quoteUnknown`, `call.notYours` and, as late as nothing is quoted any more, `knowledge.quoteTooLate`.
 */
export function retractQuote(deps: {
  readonly database: Database;
  readonly quotes: QuoteBook;
  readonly messages: Pick<MessageBook, 'cancelPending'>;
  readonly calendar: CalendarSource;
  readonly now: () => number;
}) {
  return async (asked: {
    readonly callId: string;
    readonly quoteId: string;
    readonly reason: string;
    readonly agentId: string;
  }): Promise<{ readonly retracted: boolean; readonly message: RetractedMessage }> => {
    const { callId, quoteId: id } = asked;
    const quotes = [...(await deps.quotes.ofCall(callId)), ...(await deps.quotes.placesOfCall(callId))];
    const quote = quotes.find((one) => one.id === id);
    if (quote === undefined) throw new AppError('knowledge.quoteUnknown', { quote: id });
    if (quote.agent.id !== asked.agentId) throw new AppError('call.notYours', { callId });
    const { forgottenCallMinutes: minutes } = await deps.calendar.load();
    const at = deps.now();
    const gone = { id, callId, at, endedSince: at - minutes * 60_000, reason: asked.reason.trim() };
    const [outcome, message] = await deps.database.transact(async (tx) => {
      const retracted = await deps.quotes.retract(gone, tx);
      if (retracted !== 'retracted' || quote.message !== 'queued') return [retracted, 'none'] as const;
      const about = { dedupeKey: 'placeId' in quote ? addressKey(quote) : quoteKey(quote) };
      const stopped = await deps.messages.cancelPending(about, at, 'retracted', tx);
      return [retracted, stopped > 0 ? 'stopped' : 'sent'] as const;
    });
    if (outcome === 'unknown') throw new AppError('knowledge.quoteUnknown', { quote: id });
    if (outcome === 'late') throw new AppError('knowledge.quoteTooLate', { callId, minutes });
    return { retracted: outcome === 'retracted', message };
  };
}
