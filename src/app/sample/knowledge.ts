import type { EntryContent } from '../../domain/knowledge/entry.ts';
import { contextOf, readEntries, readPlaces, type TableCells } from '../knowledge/imports/tables.ts';
import { synonymsOf } from '../knowledge/search/begin-synonyms.ts';
import type { KnowledgeBulk } from '../ports/knowledge-bulk.ts';
import type { ExpertBook } from '../ports/knowledge-experts.ts';
import type { PlaceBook } from '../ports/places.ts';
import type { SearchIndexBook } from '../ports/search.ts';
import type { Transaction } from '../ports/transaction.ts';
import { lookedAtLately } from './looked-at-lately.ts';

/** Tables as a file has them, the first line naming the columns. */
export interface SampleKnowledge {
  readonly entries: readonly TableCells[];
  readonly places: TableCells;
  readonly experts: TableCells;
  /** Where an agent looks things up for some of the entries (TY-08): timetables, flights, the law. */
  readonly links: TableCells;
  readonly synonyms: TableCells;
}

export interface SeedKnowledgeDeps {
  readonly knowledgeBulk: KnowledgeBulk;
  readonly places: PlaceBook;
  readonly experts: Pick<ExpertBook, 'add'>;
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
  const { entries, places, experts, links, synonyms } = deps.sampleKnowledge;
  const context = contextOf({ ...known, today });
  const change = { by: null, at };
  const all = entries.map((cells) => readEntries(cells, context));
  const spots = readPlaces(lookedAtLately(places, today), context);
  const refused = [...all.flatMap((one) => one.refused), ...spots.refused];
  if (refused.length > 0) throw new Error(`sample knowledge: ${JSON.stringify(refused.slice(0, 5))}`);
  const rows = all.flatMap(({ good }) => good);
  const lookUps = new Map(links.slice(1).map(([code = '', name = '', link = '']) => [code, { name, link }]));
  const basisOf = (code: string): EntryContent['basis'] => {
    const lookUp = lookUps.get(code);
    const sample = { document: '样例', clause: '', link: '' };
    if (lookUp === undefined) return [sample];
    return [sample, { document: lookUp.name, clause: '网上查询', link: lookUp.link }];
  };
  await deps.knowledgeBulk.put(
    rows.map(({ code, row }) => ({
      id: deps.newId(),
      ref: code,
      ownerUnit: row.ownerUnit,
      content: { ...row.content, isPublic: true, basis: basisOf(code) },
    })),
    { ...change, origin: 'sample', publish: true, publishedBy: null, reason: '样例' },
    tx,
  );
  await deps.places.put(
    spots.good.map(({ code, row }) => ({
      ...{ id: deps.newId(), code, isSample: true },
      content: row,
    })),
    change,
    tx,
  );
  for (const [, unitCode = '', name = '', post = '', number = '', kinds = '', hours = ''] of experts.slice(
    1,
  )) {
    const fields = { unitCode, name, post, number, categories: kinds.split(';'), hours, account: null };
    await deps.experts.add(deps.newId(), fields, tx);
  }
  const words = synonymsOf(synonyms).map((one) => ({ id: deps.newId(), ...one }));
  await deps.searchIndex.putSynonyms(words, [], change, tx);
}
