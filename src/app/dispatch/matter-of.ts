import { chainOf } from '../../domain/dispatch/entry.ts';
import { type NameFinder, nameFinder } from '../../domain/dispatch/names.ts';
import type { Matter } from '../../domain/dispatch/responsible.ts';
import type { MatterNames } from '../../domain/dispatch/suggest.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';
import type { MatterText } from '../ports/dispatch-lessons.ts';
import type { Transaction } from '../ports/transaction.ts';
import { categoryChain } from './ask-catalogue.ts';

/** What a dispatcher knows better than the text says. */
export interface MatterSaid {
  readonly area?: string;
  readonly asset?: string;
}

interface Known {
  readonly version: number;
  readonly areas: NameFinder;
  readonly assets: NameFinder;
  readonly categories: Awaited<ReturnType<DispatchCatalogue['categories']>>;
  readonly names: Omit<MatterNames, 'unit'>;
}

/** Twenty thousand villages are read once a version of the catalogue, not once a ticket. */
const kept = new WeakMap<DispatchCatalogue, Known>();

async function known(book: DispatchCatalogue, tx?: Transaction): Promise<Known> {
  const version = await book.version(tx);
  const before = kept.get(book);
  if (before !== undefined && before.version === version) return before;
  const [areas, assets] = [await book.names('area', tx), await book.names('asset', tx)];
  const categories = await book.categories(tx);
  const now: Known = {
    version,
    areas: nameFinder(areas),
    assets: nameFinder(assets),
    categories,
    names: { category: called(categories), area: called(areas), asset: called(assets) },
  };
  // What a transaction reads may be its own change, which is undone with it.
  if (tx === undefined) kept.set(book, now);
  return now;
}

const called = (
  things: readonly { readonly code: string; readonly name: string }[],
): ReadonlyMap<string, string> => new Map(things.map(({ code, name }) => [code, name]));

/** What the codes of the catalogue, and of these units, are called. */
export async function namesFor(book: DispatchCatalogue, units: readonly string[]): Promise<MatterNames> {
  const { names } = await known(book);
  return { ...names, unit: called(await book.units([...new Set(units)])) };
}

/** Category, areas and things of a matter, read from its words where nobody said. */
export async function matterOf(
  book: DispatchCatalogue,
  { categoryCode, text }: MatterText,
  said: MatterSaid = {},
  tx?: Transaction,
): Promise<Matter & { readonly version: number }> {
  const { version, areas, assets, categories } = await known(book, tx);
  const places = said.area === undefined ? areas.find(text) : [said.area];
  const chain = [...new Set(places.flatMap(chainOf))].sort((a, b) => chainOf(b).length - chainOf(a).length);
  return {
    version,
    categories: categoryChain(categories, categoryCode),
    areas: chain,
    assets: said.asset === undefined ? assets.find(text) : [said.asset],
  };
}
