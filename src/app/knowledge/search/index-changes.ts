import { localDateOf } from '../../../domain/deadlines/local-time.ts';
import type { Language } from '../../../domain/knowledge/search/language.ts';
import { fieldTokens, wordsIn } from '../../../domain/knowledge/search/tokens.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { SearchIndexBook } from '../../ports/search.ts';
import type { Database } from '../../ports/transaction.ts';

export interface IndexDeps {
  readonly database: Database;
  readonly searchIndex: SearchIndexBook;
  readonly calendar: CalendarSource;
  readonly language: Language;
  readonly now: () => number;
}

const BATCH = 500;
const HAN_WORD = /^\p{Script=Han}{2,8}$/u;

/**
 * Reads anew what changed since, and writes what it is found by. One at a time; what another holds is left to him. Asked
 * again after a crash it goes on where the last whole batch ended.
 */
export function indexChanges(deps: IndexDeps) {
  return async (): Promise<number> => {
    const { calendar } = await deps.calendar.load();
    const day = localDateOf(deps.now(), calendar.zone);
    return deps.database.transact(async (tx) => {
      const { searchIndex, language } = deps;
      if (!(await searchIndex.lock(tx))) return 0;
      const keys = await searchIndex.takeChanges(BATCH, tx);
      if (keys.length === 0) return 0;
      const sources = await searchIndex.sources(keys, day, tx);
      const standing = new Set(sources.map(({ kind, ref }) => `${kind} ${ref}`));
      const gone = keys.filter(({ kind, ref }) => !standing.has(`${kind} ${ref}`));
      const words = new Set<string>();
      const documents = sources.map(({ text, ...source }) => {
        for (const part of [text.head, ...text.aliases, ...text.body]) {
          for (const word of wordsIn(part, language)) words.add(word);
        }
        return { ...source, tokens: fieldTokens(text, language) };
      });
      const soundOf = (token: string): string | null =>
        words.has(token) && HAN_WORD.test(token) ? language.syllables(token).join(' ') : null;
      await searchIndex.write(documents, gone, soundOf, tx);
      return keys.length;
    });
  };
}
