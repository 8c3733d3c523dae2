import { understand } from '../../../domain/knowledge/search/understand.ts';
import type { SearchIndexBook } from '../../ports/search.ts';
import type { Database } from '../../ports/transaction.ts';
import { saidIn } from './find-answers.ts';
import type { SearchMemory } from './search-memory.ts';

const BATCH = 200;

/**
 * What agents looked for and then quoted: the words lead there sooner the next time. Each quote teaches once, and one
 * that was taken back no more.
 */
export function learnQuotes(deps: {
  readonly database: Database;
  readonly searchIndex: SearchIndexBook;
  readonly searchMemory: SearchMemory;
  readonly now: () => number;
}) {
  return async (): Promise<number> => {
    const by = await deps.searchMemory.current();
    return deps.database.transact(async (tx) => {
      if (!(await deps.searchIndex.lock(tx))) return 0;
      const gone = await deps.searchIndex.unlearn(BATCH, tx);
      const quotes = await deps.searchIndex.unlearned(BATCH, tx);
      if (quotes.length === 0) return gone;
      const lessons = quotes.map(({ words, ...quote }) => ({
        ...quote,
        tokens: [...new Set(words.flatMap((question) => saidIn(understand(question, by))))].filter(
          (said) => said.length > 1,
        ),
      }));
      await deps.searchIndex.learn(lessons, deps.now(), tx);
      return gone + quotes.length;
    });
  };
}
