import { readSynonym } from '../../../domain/knowledge/search/synonym-file.ts';
import { type Synonym, sayingsOf } from '../../../domain/knowledge/search/synonyms.ts';
import type { SearchIndexBook } from '../../ports/search.ts';
import type { Database } from '../../ports/transaction.ts';
import type { TableCells } from '../imports/tables.ts';

/** Raised when the list that comes with the product gets new lines, so that an installation takes them once. */
const EDITION = 1;

/** A table of the product's own, its first line naming the columns: one that cannot be read is a defect. */
export function synonymsOf(table: TableCells): readonly Synonym[] {
  return table.slice(1).map(([said = '', means = '', region = '']) => {
    const read = readSynonym({ said: said.split(';'), means: means.split(';'), region });
    if ('wrong' in read) throw new Error(`synonyms: ${said}: ${read.wrong}`);
    return read.synonym;
  });
}

/**
 * Every installation, with the sample or without it, begins with what citizens everywhere say. Once for each edition: what an
 * operator took out does not come back with the next start, and what he wrote himself is not touched. Returns how many were
 * added.
 */
export function beginSynonyms(deps: {
  readonly database: Database;
  readonly searchIndex: Pick<SearchIndexBook, 'synonyms' | 'putSynonyms' | 'takeEdition'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return (table: TableCells): Promise<number> =>
    deps.database.transact(async (tx) => {
      // First of all: so does whoever brings in a file meanwhile.
      const known = new Set((await deps.searchIndex.synonyms(tx)).map(sayingsOf));
      if (!(await deps.searchIndex.takeEdition(EDITION, tx))) return 0;
      const fresh = synonymsOf(table).filter((one) => !known.has(sayingsOf(one)));
      const ready = fresh.map((one) => ({ id: deps.newId(), ...one }));
      await deps.searchIndex.putSynonyms(ready, [], { by: null, at: deps.now() }, tx);
      return fresh.length;
    });
}
