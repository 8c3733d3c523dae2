import { readSynonym } from '../../domain/knowledge/search/synonym-file.ts';
import { contextOf, readEntries, readPlaces, type TableCells } from '../knowledge/imports/tables.ts';
import type { KnowledgeBulk } from '../ports/knowledge-bulk.ts';
import type { PlaceBook } from '../ports/places.ts';
import type { SearchIndexBook } from '../ports/search.ts';
import type { Transaction } from '../ports/transaction.ts';

/** Tables as a file has them, the first line naming the columns. */
export interface SampleKnowledge {
  readonly entries: readonly TableCells[];
  readonly places: TableCells;
  readonly synonyms: TableCells;
}

export interface SeedKnowledgeDeps {
  readonly knowledgeBulk: KnowledgeBulk;
  readonly places: PlaceBook;
  readonly searchIndex: Pick<SearchIndexBook, 'putSynonyms'>;
  readonly sampleKnowledge: SampleKnowledge;
  readonly newId: () => string;
}

type Named = readonly { readonly code: string; readonly name: string }[];

/** 样例知识库: what a new user finds. The tables come with the program: one that cannot be read is a defect. */
export async function seedKnowledge(
  deps: SeedKnowledgeDeps,
  known: {
    readonly units: Named;
    readonly categories: Named;
    readonly areas: Named;
    readonly lines: readonly string[];
  },
  { today, at }: { readonly today: string; readonly at: number },
  tx: Transaction,
): Promise<void> {
  const { entries, places, synonyms } = deps.sampleKnowledge;
  const context = contextOf({ ...known, today });
  const change = { by: null, at };
  const all = entries.map((cells) => readEntries(cells, context));
  const spots = readPlaces(places, context);
  const refused = [...all.flatMap((one) => one.refused), ...spots.refused];
  if (refused.length > 0) throw new Error(`sample knowledge: ${JSON.stringify(refused.slice(0, 5))}`);
  const rows = all.flatMap(({ good }) => good);
  await deps.knowledgeBulk.put(
    rows.map(({ code, row }) => ({
      id: deps.newId(),
      ref: code,
      ownerUnit: row.ownerUnit,
      content: { ...row.content, isPublic: true, basis: [{ document: '样例', clause: '', link: '' }] },
    })),
    { ...change, origin: 'sample', publish: true, publishedBy: null, reason: '样例' },
    tx,
  );
  await deps.places.put(
    spots.good.map(({ code, row }) => ({ id: deps.newId(), code, content: row, isSample: true })),
    change,
    tx,
  );
  const words = synonyms.slice(1).map(([said = '', means = '', region = '']) => {
    const read = readSynonym({ said: said.split(';'), means: means.split(';'), region });
    if ('wrong' in read) throw new Error(`sample synonyms: ${said}: ${read.wrong}`);
    return { id: deps.newId(), ...read.synonym };
  });
  await deps.searchIndex.putSynonyms(words, [], change, tx);
}
