import {
  readSynonym,
  readSynonymFile,
  type SynonymRefusal,
} from '../../../domain/knowledge/search/synonym-file.ts';
import { losesWords, type Synonym, sayingsOf } from '../../../domain/knowledge/search/synonyms.ts';
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
 * one out, or words out of one, says why. `onRecord` runs in the same transaction. Refuses with `knowledge.synonymInvalid`,
 * `knowledge.reasonMissing`, `knowledge.synonymGone` what somebody took out meanwhile, and `knowledge.synonymTwice` sayings that
 * another has: a file would change one of the two, and what it takes out would still be found by the other.
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
    const named = new Set(asked.put.flatMap(({ id }) => id ?? []));
    const ready = read.flatMap((one): StoredSynonym[] =>
      'synonym' in one ? [{ id: one.id, ...one.synonym }] : [],
    );
    await deps.database.transact(async (tx) => {
      const known = await deps.searchIndex.synonyms(tx);
      const standing = new Set(known.map(({ id }) => id));
      const gone = [...named].filter((id) => !standing.has(id) || asked.remove.includes(id));
      if (gone.length > 0) throw new AppError('knowledge.synonymGone', { ids: gone });
      const twice = saidTwice(
        known.filter(({ id }) => !named.has(id) && !asked.remove.includes(id)),
        ready,
      );
      if (twice !== null) throw new AppError('knowledge.synonymTwice', twice);
      if (asked.reason === '' && (asked.remove.length > 0 || takesWordsOut(known, ready)))
        throw new AppError('knowledge.reasonMissing');
      await deps.searchIndex.putSynonyms(ready, asked.remove, { by: asked.by, at: deps.now() }, tx);
      await onRecord(tx);
    });
    return { ids: ready.map(({ id }) => id) };
  };
}

/** The first that is put whose sayings another has, among those that stay and those put with it. */
function saidTwice(
  staying: readonly StoredSynonym[],
  put: readonly StoredSynonym[],
): { readonly said: readonly string[]; readonly index: number } | null {
  const taken = new Set(staying.map(sayingsOf));
  for (const [index, one] of put.entries()) {
    if (taken.has(sayingsOf(one))) return { said: one.said, index };
    taken.add(sayingsOf(one));
  }
  return null;
}

function takesWordsOut(known: readonly StoredSynonym[], put: readonly StoredSynonym[]): boolean {
  const standing = new Map(known.map((one) => [one.id, one]));
  return put.some((one) => {
    const before = standing.get(one.id);
    return before !== undefined && losesWords(before, one);
  });
}

/** What a file comes to: lines of new words, lines that put others in the place of those that are there, and lines that stand already. */
export interface SynonymsBrought {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Of those changed: by how many citizens find less than before. */
  readonly losing: number;
}

/**
 * A file brought in twice is in once: a line with the same sayings replaces the one that is there. Whose file takes words out says
 * why, as whoever does so by hand; `onRecord` runs in the transaction that writes, and not where nothing is written. Refuses with
 * `knowledge.reasonMissing`.
 */
export function importSynonyms(deps: EditDeps) {
  return async (
    asked: {
      readonly csv: string;
      readonly checkOnly: boolean;
      readonly reason: string;
      readonly by: string | null;
    },
    onRecord: (brought: SynonymsBrought, tx: Transaction) => Promise<void>,
  ): Promise<SynonymsBrought & { readonly taken: number; readonly refused: readonly SynonymRefusal[] }> => {
    const { synonyms, refused } = readSynonymFile(asked.csv);
    const told = (counts: SynonymsBrought) => ({ ...counts, taken: synonyms.length, refused });
    if (asked.checkOnly) return told(brought(deps, await deps.searchIndex.synonyms(), synonyms).counts);
    return deps.database.transact(async (tx) => {
      const { counts, ready } = brought(deps, await deps.searchIndex.synonyms(tx), synonyms);
      if (ready.length === 0) return told(counts);
      if (asked.reason === '' && counts.losing > 0) throw new AppError('knowledge.reasonMissing');
      await deps.searchIndex.putSynonyms(ready, [], { by: asked.by, at: deps.now() }, tx);
      await onRecord(counts, tx);
      return told(counts);
    });
  };
}

/** What the lines of a file make of those that are there. */
function brought(
  { newId }: Pick<EditDeps, 'newId'>,
  standing: readonly StoredSynonym[],
  synonyms: readonly Synonym[],
): { readonly counts: SynonymsBrought; readonly ready: readonly StoredSynonym[] } {
  const known = new Map(standing.map((one) => [sayingsOf(one), one]));
  const ready: StoredSynonym[] = [];
  const counts = { added: 0, changed: 0, same: 0, losing: 0 };
  for (const one of synonyms) {
    const before = known.get(sayingsOf(one));
    if (before !== undefined && isSame(before, one)) {
      counts.same += 1;
      continue;
    }
    counts[before === undefined ? 'added' : 'changed'] += 1;
    if (before !== undefined && losesWords(before, one)) counts.losing += 1;
    ready.push({ ...one, id: before?.id ?? newId() });
  }
  return { counts, ready };
}

const isSame = (one: Synonym, other: Synonym): boolean =>
  one.region === other.region && one.means.toSorted().join(';') === other.means.toSorted().join(';');
