import type { Unwritable } from '../../domain/knowledge/quoting.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { CorrectionBook } from '../ports/knowledge-corrections.ts';
import type { NoticeBook } from '../ports/knowledge-notices.ts';
import type { QuoteBook } from '../ports/knowledge-quotes.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Transaction } from '../ports/transaction.ts';
import { quoteKey } from './quote-entry.ts';
import { type TellUnwrittenDeps, tellUnwritten } from './tell-unwritten.ts';

export interface EndWordsDeps extends TellUnwrittenDeps {
  readonly knowledgeNotices: NoticeBook;
  readonly configuration: ConfigurationPublisher;
  readonly quotes: Pick<QuoteBook, 'written'>;
  readonly corrections: Pick<CorrectionBook, 'writtenWith' | 'reopen'>;
  readonly messages: Pick<MessageBook, 'cancelPending'>;
}

/** A version that is told no more, and why: withdrawn and over it is sent to nobody either. */
export interface EndedWords {
  readonly version: number;
  readonly how: 'withdraw' | 'expire' | 'replace';
}

/**
 * What is withdrawn, over or replaced is news no more: its notices end with it, and a critical one holds back nobody for words
 * that he must not tell. What was quoted in the evening and waits for the morning to be written is not written then, and its owner is
 * told that somebody waits for it in vain. True: call control is to hear of it.
 */
export function endWords(deps: EndWordsDeps) {
  const stop = stopAnswers(deps);
  const tell = tellUnwritten(deps);
  return async (entryId: string, ended: readonly EndedWords[], tx: Transaction): Promise<boolean> => {
    if (ended.length === 0) return false;
    const at = deps.now();
    const versions = ended.map(({ version }) => version);
    const { critical } = await deps.knowledgeNotices.withdrawAbout(entryId, versions, at, tx);
    if (critical > 0) await deps.configuration.publish(tx);
    for (const { version, how } of ended) {
      if (how === 'replace') continue;
      const why = how === 'expire' ? 'expired' : 'withdrawn';
      let stopped = await stop(entryId, [version], why, tx);
      // Of this version alone: what another one corrects with is right still.
      for (const dedupeKey of await deps.corrections.writtenWith(entryId, version, tx)) {
        const unsent = await deps.messages.cancelPending({ dedupeKey }, at, why, tx);
        // He stands in the list again: with what, whoever works it off sees then.
        if (unsent > 0) await deps.corrections.reopen(dedupeKey, why, tx);
        stopped += unsent;
      }
      if (stopped > 0) await tell({ entryId, version, why }, tx);
    }
    return critical > 0;
  };
}

/** Answers in these versions that wait to be written are not written any more; returns how many. */
export function stopAnswers(deps: Pick<EndWordsDeps, 'quotes' | 'messages' | 'now'>) {
  return async (
    entryId: string,
    versions: readonly number[],
    why: Unwritable,
    tx: Transaction,
  ): Promise<number> => {
    let stopped = 0;
    for (const quote of await deps.quotes.written(entryId, versions, tx)) {
      stopped += await deps.messages.cancelPending({ dedupeKey: quoteKey(quote) }, deps.now(), why, tx);
    }
    return stopped;
  };
}
