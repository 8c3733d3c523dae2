import { computed, shallowRef } from 'vue';
import { answer, api } from '../../api/client.ts';
import { useCodeLists } from '../../elements/code-lists.ts';
import { useUnits } from '../../elements/units.ts';
import type { Column } from './cells.ts';

interface Named {
  readonly code: string;
  readonly name: string;
}
interface Lookup {
  readonly nameOf: ReadonlyMap<string, string>;
  /** By name; null: several are called so. */
  readonly codeOf: ReadonlyMap<string, string | null>;
  /** What is offered while somebody types: the name, or the code where the name is not one thing's alone. */
  readonly offered: readonly Named[];
}

function lookup(things: readonly Named[]): Lookup {
  const codeOf = new Map<string, string | null>();
  for (const { code, name } of things) codeOf.set(name, codeOf.has(name) ? null : code);
  return {
    nameOf: new Map(things.map(({ code, name }) => [code, name])),
    codeOf,
    offered: things.map(({ code, name }) =>
      codeOf.get(name) === null ? { code: name, name: code } : { code, name },
    ),
  };
}
const NOTHING = lookup([]);
const BETWEEN = /[;；、]/;

/** What codes are called in the grid, and which code somebody means who writes a name. */
export function useNames() {
  const units = useUnits();
  const lists = useCodeLists();
  const areas = shallowRef<readonly Named[]>([]);
  const assets = shallowRef<readonly Named[]>([]);

  async function load(): Promise<void> {
    const [named] = await Promise.all([answer(api.GET('/v1/dispatch/names')), units.load(), lists.load()]);
    areas.value = named.areas;
    assets.value = named.assets;
  }
  const lookups = computed(() => ({
    unit: lookup(units.units),
    category: lookup(lists.categories),
    area: lookup(areas.value),
    asset: lookup(assets.value),
  }));
  const KINDS: Partial<Record<Column, keyof typeof lookups.value>> = {
    ...{ category: 'category', area: 'area', asset: 'asset', lead: 'unit', assist: 'unit' },
  };
  const of = (column: Column): Lookup => {
    const kind = KINDS[column];
    return kind === undefined ? NOTHING : lookups.value[kind];
  };
  const each = (column: Column, text: string, look: (word: string) => string, between: string): string =>
    column === 'assist'
      ? text
          .split(BETWEEN)
          .map((word) => word.trim())
          .filter((word) => word !== '')
          .map(look)
          .join(between)
      : look(text.trim());

  return {
    load,
    /** As it is shown and edited. */
    shown: (column: Column, text: string): string =>
      each(column, text, (word) => of(column).nameOf.get(word) ?? word, '、'),
    /** As it is kept: the code, where the word means one thing; else the word itself, of which the check says what is wrong. */
    meant: (column: Column, text: string): string =>
      each(
        column,
        text,
        (word) => (of(column).nameOf.has(word) ? word : (of(column).codeOf.get(word) ?? word)),
        ';',
      ),
    offered: (column: Column): readonly Named[] => of(column).offered,
    categoryPath: lists.categoryName,
    unitName: (code: string | null): string | null => (code === null ? null : units.nameOf(code)),
  };
}
export type Names = ReturnType<typeof useNames>;
