import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { quoteRefusal } from '../../domain/knowledge/quoting.ts';
import { TEXT_MAX } from '../../domain/messages/kinds.ts';
import type { TicketType } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import { queueMessages } from '../messages/queue-messages.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { NewQuote, QuoteBook, QuotedVersion, QuoteMessage } from '../ports/knowledge-quotes.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { CallOutcomeKind } from '../ports/tickets.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { answeredCall } from './answered-call.ts';

export interface QuoteDeps {
  readonly database: Database;
  readonly quotes: QuoteBook;
  readonly messages: MessageBook;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface QuotedEntry {
  readonly id: string;
  readonly callId: string;
  readonly entryNumber: string;
  readonly version: number;
  /** What the call counts as: a ticket that was opened before stays one. */
  readonly outcome: CallOutcomeKind;
  readonly message: QuoteMessage;
}

/**
 * 以此答复: what an agent read to the citizen on his line, by entry and version; with it the call is answered on the spot,
 * and the citizen has it in writing where that is wanted, at once or when he asks for it later in the call. Asked again it is
 * the first one.
 *
 * Refuses with `call.unknown`, `call.notAnswered`, `call.notYours`, `call.outcomeExists`, `knowledge.quoteTooLate`,
 * `knowledge.unknown`, `knowledge.versionUnknown`, `knowledge.messageMissing`, and by the version's standing
 * `knowledge.expired`, `.withdrawn`, `.replaced`, `.notYetValid`, `.unpublished`.
 */
export function quoteEntry(deps: QuoteDeps) {
  return async (asked: {
    readonly id: string;
    readonly callId: string;
    readonly entryId: string;
    readonly version: number;
    readonly type: TicketType;
    readonly withMessage: boolean;
    readonly agentId: string;
  }): Promise<QuotedEntry> => {
    const { calendar, forgottenCallMinutes } = await deps.calendar.load();
    const at = deps.now();
    const day = localDateOf(at, calendar.zone);
    const { callId, entryId, agentId } = asked;
    return deps.database.transact(async (tx) => {
      const { call: found, entryKnown, version } = await deps.quotes.facts({ ...asked, day }, tx);
      const limit = { minutes: forgottenCallMinutes, late: 'knowledge.quoteTooLate' } as const;
      const call = answeredCall(found, { callId, agentId, at, ...limit });
      if (!entryKnown) throw new AppError('knowledge.unknown', { entry: entryId });
      if (version === null) throw new AppError('knowledge.versionUnknown', { version: asked.version });
      const earlier = await deps.quotes.standing(asked, tx);
      const wantsItNow = asked.withMessage && earlier?.message === 'notAsked';
      if (earlier !== null && !wantsItNow) {
        const { id, entryNumber, message } = earlier;
        const kind = call.outcome?.kind ?? 'answeredOnSpot';
        return { id, callId, entryNumber, version: version.number, outcome: kind, message };
      }
      const code = quoteRefusal(version, { day, since: call.arrivedAt });
      if (code !== null) {
        const { state, validFrom, validTo, currentNumber } = version;
        throw new AppError(code, {
          version: version.number,
          state,
          validFrom,
          validTo,
          current: currentNumber,
        });
      }
      if (call.outcome?.kind === 'invalid')
        throw new AppError('call.outcomeExists', { callId, kind: 'invalid' });
      if (asked.withMessage && version.message === '')
        throw new AppError('knowledge.messageMissing', { entry: entryId });
      const message = asked.withMessage
        ? await write(deps, version, asked, call.callerNumber, tx)
        : 'notAsked';
      if (earlier !== null) {
        await deps.quotes.setMessage(earlier.id, message, tx);
        const kind = call.outcome?.kind ?? 'answeredOnSpot';
        const { id, entryNumber } = earlier;
        return { id, callId, entryNumber, version: version.number, outcome: kind, message };
      }
      const quote: NewQuote = {
        id: asked.id,
        callId,
        entryId,
        version: version.number,
        at,
        agentId,
        message,
      };
      await deps.quotes.add(quote, tx);
      const [category = 'uncategorised'] = version.categories;
      const outcome = await deps.quotes.close({ quote, type: asked.type, category }, tx);
      return {
        id: asked.id,
        callId,
        entryNumber: version.entryNumber,
        version: version.number,
        outcome,
        message,
      };
    });
  };
}

/** Of the message that goes with an answer. */
export const quoteKey = ({ callId, entryId, version }: Pick<NewQuote, 'callId' | 'entryId' | 'version'>) =>
  `knowledge:${callId}:${entryId}:${version}`;

/** What a message under such a key writes; null: the key is another's. */
export function quotedBy(key: string): Pick<NewQuote, 'callId' | 'entryId' | 'version'> | null {
  const [, callId, entryId, version] = /^knowledge:([^:]+):([^:]+):(\d+)$/.exec(key) ?? [];
  return callId === undefined || entryId === undefined ? null : { callId, entryId, version: Number(version) };
}

async function write(
  deps: QuoteDeps,
  { message, number }: QuotedVersion,
  { callId, entryId }: { readonly callId: string; readonly entryId: string },
  callerNumber: string,
  tx: Transaction,
): Promise<QuoteMessage> {
  const { municipality, mainNumber } = await deps.messages.settings(tx);
  const head = `【${municipality}${mainNumber}】`;
  const text = [...`${head}${message}`].slice(0, TEXT_MAX).join('');
  const { queued, unreachable } = await queueMessages(deps)(
    [
      {
        kind: 'knowledgeAnswer',
        callerNumber,
        text,
        subject: { kind: 'knowledgeEntry', id: entryId },
        dedupeKey: quoteKey({ callId, entryId, version: number }),
      },
    ],
    tx,
  );
  if (unreachable > 0) return 'unreachable';
  return queued > 0 ? 'queued' : 'known';
}
