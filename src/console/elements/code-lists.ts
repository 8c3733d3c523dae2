import { acceptHMRUpdate, defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { answer, api } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { onListChange } from './list-changes.ts';

/** A code that can be chosen. */
export interface Term {
  readonly code: string;
  /** With what stands above it: `城乡建设 / 供水 / 水质`. */
  readonly path: string;
  readonly name: string;
  readonly parentCode: string | null;
  /** What it is found by, in small letters. */
  readonly sought: string;
}

interface Raw {
  readonly code: string;
  readonly parentCode: string | null;
  readonly name: string;
  readonly words?: readonly string[];
}

/** Each with the names above it; a circle in the list ends where it closes. */
export function termsOf(raw: readonly Raw[]): readonly Term[] {
  const byCode = new Map(raw.map((one) => [one.code, one]));
  return raw.map((one) => {
    const chain: Raw[] = [];
    for (let at: Raw | undefined = one; at !== undefined && !chain.includes(at); ) {
      chain.unshift(at);
      at = at.parentCode === null ? undefined : byCode.get(at.parentCode);
    }
    const path = chain.map(({ name }) => name).join(' / ');
    const sought = [path, one.code, ...(one.words ?? [])].join(' ').toLowerCase();
    return { code: one.code, name: one.name, parentCode: one.parentCode, path, sought };
  });
}

/** Every word that was typed must be found; whose own name has it stands first. */
export function matching(terms: readonly Term[], typed: string, most: number): readonly Term[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  const found = terms.filter(({ sought }) => words.every((word) => sought.includes(word)));
  const own = (term: Term): boolean => words.every((word) => term.name.toLowerCase().includes(word));
  return [...found.filter(own), ...found.filter((term) => !own(term))].slice(0, most);
}

/** By what appeals and what is told of them are sorted, asked for once a session and again when a list is another one. */
export const useCodeLists = defineStore('codeLists', () => {
  const categories = shallowRef<readonly Term[]>([]);
  const subtypes = shallowRef<readonly Term[]>([]);
  const tags = shallowRef<readonly Term[]>([]);
  const areas = shallowRef<readonly Term[]>([]);
  let asked: Promise<void> | null = null;

  /** A house may have no list of this kind in force. */
  const listed = async (list: 'category' | 'type' | 'tag' | 'area'): Promise<readonly Raw[]> => {
    try {
      return (await answer(api.GET('/v1/codes/{list}', { params: { path: { list } } }))).terms;
    } catch (error) {
      if (error instanceof Problem && error.document.status === 404) return [];
      throw error;
    }
  };
  function load(): Promise<void> {
    asked ??= Promise.all([
      answer(api.GET('/v1/categories')),
      listed('category'),
      listed('type'),
      listed('tag'),
      listed('area'),
    ])
      .then(([known, named, types, tagged, placed]) => {
        const words = new Map(named.map((one) => [one.code, one.words]));
        categories.value = termsOf(
          known.categories.map((one) => ({ ...one, words: words.get(one.code) ?? [] })),
        );
        subtypes.value = termsOf(types);
        tags.value = termsOf(tagged);
        areas.value = termsOf(placed);
      })
      .catch((error: unknown) => {
        asked = null;
        throw error;
      });
    return asked;
  }
  /** After another edition of one of them began. */
  function reload(): Promise<void> {
    asked = null;
    return load();
  }
  // Who never asked asks when he needs it.
  onListChange(
    () => true,
    async () => {
      if (asked !== null) await reload();
    },
  );
  /** What is no category any more is called by its code. */
  const categoryName = (code: string): string =>
    categories.value.find((one) => one.code === code)?.path ?? code;
  const areaName = (code: string): string => areas.value.find((one) => one.code === code)?.name ?? code;
  return { categories, subtypes, tags, areas, categoryName, areaName, load, reload };
});

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useCodeLists, import.meta.hot));
