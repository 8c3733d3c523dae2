import {
  readSynonym,
  readSynonymFile,
  type SynonymRefusal,
} from '../../../domain/knowledge/search/synonym-file.ts';
import { losesWords, type Synonym } from '../../../domain/knowledge/search/synonyms.ts';
import { AppError } from '../../errors.ts';
import type { SearchIndexBook, StoredSynonym } from '../../ports/search.ts';
import type { Database, Transaction } from '../../ports/transaction.ts';

interface EditDeps {
  readonly database: Database;
  readonly searchIndex: Pick<SearchIndexBook, 'synonyms' | 'putSynonyms'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Puts synonyms in and takes others out, all or none; what citizens say is found no more without them, so that whoever takes
 * one out, or words out of one, says why. `onRecord` runs in the same transaction. Refuses with `knowledge.synonymInvalid` and
 * `knowledge.reasonMissing`.
 */
export function editSynonyms(deps: EditDeps) {
  return async (
    asked: {
      readonly put: readonly (Synonym & { readonly id?: string })[];
      readonly remove: readonly string[];
      readonly reason: string;
      readonly by: string;
    },
    onRecord: (tx: Transaction) => Promise<void>,
  ): Promise<{ readonly ids: readonly string[] }> => {
    const read = asked.put.map((one) => ({ id: one.id ?? deps.newId(), ...readSynonym(one) }));
    const faults = read.flatMap((one, index) => {
      if (!('wrong' in one)) return [];
      const { wrong, right, wrongEn, rightEn } = one;
      return [{ index, wrong, right, wrongEn, rightEn }];
    });
    if (faults.length > 0) throw new AppError('knowledge.synonymInvalid', { faults });
    const ready = read.flatMap((one): StoredSynonym[] =>
      'synonym' in one ? [{ id: one.id, ...one.synonym }] : [],
    );
    if (asked.reason === '' && (asked.remove.length > 0 || (await takesWordsOut(deps, ready))))
      throw new AppError('knowledge.reasonMissing');
    await deps.database.transact(async (tx) => {
      await deps.searchIndex.putSynonyms(ready, asked.remove, { by: asked.by, at: deps.now() }, tx);
      await onRecord(tx);
    });
    return { ids: ready.map(({ id }) => id) };
  };
}

async function takesWordsOut(
  { searchIndex }: Pick<EditDeps, 'searchIndex'>,
  put: readonly StoredSynonym[],
): Promise<boolean> {
  const known = new Map((await searchIndex.synonyms()).map((one) => [one.id, one]));
  return put.some((one) => {
    const before = known.get(one.id);
    return before !== undefined && losesWords(before, one);
  });
}

/** A file brought in twice is in once: a line with the same sayings replaces the one that is there. */
export function importSynonyms(deps: EditDeps) {
  return async (asked: {
    readonly csv: string;
    readonly checkOnly: boolean;
    readonly by: string | null;
  }): Promise<{ readonly taken: number; readonly refused: readonly SynonymRefusal[] }> => {
    const { synonyms, refused } = readSynonymFile(asked.csv);
    if (asked.checkOnly || synonyms.length === 0) return { taken: synonyms.length, refused };
    const known = new Map((await deps.searchIndex.synonyms()).map(({ id, said }) => [said.join(';'), id]));
    // Of two lines of one file with the same sayings the later counts.
    const ready = new Map(
      synonyms.map((one) => {
        const key = one.said.join(';');
        return [key, { ...one, id: known.get(key) ?? deps.newId() }];
      }),
    );
    await deps.database.transact((tx) =>
      deps.searchIndex.putSynonyms([...ready.values()], [], { by: asked.by, at: deps.now() }, tx),
    );
    return { taken: synonyms.length, refused };
  };
}
