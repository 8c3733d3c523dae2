import { type CatalogueEntry, chainOf } from '../../domain/dispatch/entry.ts';
import { type CatalogueFinding, lintCatalogue } from '../../domain/dispatch/lint.ts';
import { keysFor, type Matter, responsibleOn } from '../../domain/dispatch/responsible.ts';
import { localDate } from '../../domain/hotlines/local-date.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { DispatchCatalogue } from '../ports/dispatch.ts';

interface AskDeps {
  readonly dispatchCatalogue: DispatchCatalogue;
  readonly calendar: CalendarSource;
  readonly now: () => number;
}

const today = async ({ calendar, now }: Omit<AskDeps, 'dispatchCatalogue'>): Promise<string> =>
  localDate(now(), (await calendar.load()).calendar.zone);

/** Who was, is or will be responsible on a day; as the catalogue stood at a version when one is named. */
export function askResponsible(deps: AskDeps) {
  const { dispatchCatalogue: book } = deps;
  return async (asked: {
    readonly category?: string;
    readonly area?: string;
    readonly asset?: string;
    readonly day?: string;
    readonly version?: number;
  }): Promise<{
    readonly day: string;
    readonly version: number;
    readonly entries: readonly CatalogueEntry[];
  }> => {
    const day = asked.day ?? (await today(deps));
    const version = asked.version ?? (await book.version());
    const categories = categoryChain(await book.categories(), asked.category ?? '');
    const assets = asked.asset === undefined ? [] : [asked.asset];
    const matter: Matter = { categories, areas: chainOf(asked.area ?? ''), assets };
    const standing = await book.asOf(keysFor(matter), day, version);
    return { day, version, entries: responsibleOn(standing, matter, day) };
  };
}

/** A category and those above it, the nearest first; empty for one that there is none of. */
export function categoryChain(
  categories: readonly { readonly code: string; readonly parentCode: string | null }[],
  code: string,
): readonly string[] {
  const parentOf = new Map(categories.map((one) => [one.code, one.parentCode]));
  const chain: string[] = [];
  for (let at: string | null = code; at !== null && parentOf.has(at) && !chain.includes(at); ) {
    chain.push(at);
    at = parentOf.get(at) ?? null;
  }
  return chain;
}

export function checkCatalogue(deps: AskDeps) {
  const { dispatchCatalogue: book } = deps;
  return async (): Promise<{
    readonly day: string;
    readonly version: number;
    readonly findings: readonly CatalogueFinding[];
  }> => {
    const day = await today(deps);
    const [version, entries, areas, assets, categories] = await Promise.all([
      book.version(),
      book.all(),
      book.names('area'),
      book.names('asset'),
      book.categories(),
    ]);
    return { day, version, findings: lintCatalogue({ entries, areas, assets, categories }, day) };
  };
}
