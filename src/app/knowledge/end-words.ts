import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { NoticeBook } from '../ports/knowledge-notices.ts';
import type { QuoteBook } from '../ports/knowledge-quotes.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Transaction } from '../ports/transaction.ts';
import { quoteKey } from './quote-entry.ts';

export interface EndWordsDeps {
  readonly knowledgeNotices: NoticeBook;
  readonly configuration: ConfigurationPublisher;
  readonly quotes: Pick<QuoteBook, 'written'>;
  readonly messages: Pick<MessageBook, 'cancelPending'>;
  readonly now: () => number;
}

/** A version that is told no more, and why: withdrawn and over it is sent to nobody either. */
export interface EndedWords {
  readonly version: number;
  readonly how: 'withdraw' | 'expire' | 'replace';
}

/**
 * What is withdrawn, over or replaced is news no more: its notices end with it, and a critical one holds back nobody for words
 * that he must not tell. What was quoted in the evening and waits for the morning to be written is not written then. True:
 * call control is to hear of it.
 */
export function endWords(deps: EndWordsDeps) {
  const stop = stopAnswers(deps);
  return async (entryId: string, ended: readonly EndedWords[], tx: Transaction): Promise<boolean> => {
    if (ended.length === 0) return false;
    const at = deps.now();
    const versions = ended.map(({ version }) => version);
    const { critical } = await deps.knowledgeNotices.withdrawAbout(entryId, versions, at, tx);
    if (critical > 0) await deps.configuration.publish(tx);
    const gone = ended.filter(({ how }) => how !== 'replace').map(({ version }) => version);
    if (gone.length > 0) {
      await stop(entryId, gone, tx);
      const about = {
        subject: { kind: 'knowledgeEntry', id: entryId },
        kinds: ['knowledgeCorrected'],
      } as const;
      await deps.messages.cancelPending(about, at, 'withdrawn', tx);
    }
    return critical > 0;
  };
}

/** Answers in these versions that wait to be written are not written any more. */
export function stopAnswers(deps: Pick<EndWordsDeps, 'quotes' | 'messages' | 'now'>) {
  return async (entryId: string, versions: readonly number[], tx: Transaction): Promise<void> => {
    for (const quote of await deps.quotes.written(entryId, versions, tx)) {
      await deps.messages.cancelPending({ dedupeKey: quoteKey(quote) }, deps.now(), 'withdrawn', tx);
    }
  };
}
