import { computed, type Ref, ref } from 'vue';
import { useKeptWords } from '../../elements/kept-words.ts';
import {
  type CatalogueRow,
  type Cells,
  COLUMNS,
  type Column,
  type Edits,
  EMPTY_CELLS,
  emptyEdits,
  isUnedited,
  KEY_COLUMNS,
} from './cells.ts';
import type { Names } from './names.ts';

const UNDONE_AT_MOST = 100;

/** What a person does to the grid; each deed can be taken back. */
export function useEdits(names: Names, effective: Ref<string>) {
  const { form: edits, drop } = useKeptWords(() => 'catalogue.edits', emptyEdits);
  const before = ref<string[]>([]);
  let made = 0;

  function remember(): void {
    before.value = [...before.value, JSON.stringify(edits.value)].slice(-UNDONE_AT_MOST);
  }
  function undo(): void {
    const last = before.value.at(-1);
    if (last === undefined) return;
    before.value = before.value.slice(0, -1);
    // Of the draft it is the latest saving that counts, whatever is taken back.
    const { draftId, revision, title } = edits.value;
    edits.value = { ...(JSON.parse(last) as Edits), draftId, revision, title };
  }
  const newId = (): string => {
    made += 1;
    return `new ${Date.now()}-${made}`;
  };

  function mayEdit(row: CatalogueRow, column: Column): boolean {
    if (row.state === 'removed') return false;
    if (row.state === 'gap') return column !== 'category';
    return row.base === null || !KEY_COLUMNS.includes(column);
  }

  /** The line with one cell written; another unit begins on the day that is chosen, what stands goes on until then. */
  function written(row: CatalogueRow, column: Column, text: string): Cells {
    const cells = { ...row.cells, [column]: names.meant(column, text) };
    const isOthers = column === 'lead' || column === 'assist';
    const stands = row.base !== null && row.cells.validFrom === row.base.validFrom;
    if (isOthers && stands && cells.validFrom < effective.value) cells.validFrom = effective.value;
    return cells;
  }
  function put(row: CatalogueRow, cells: Cells): void {
    if (row.base !== null) {
      edits.value.changed = { ...edits.value.changed, [row.id]: cells };
      return;
    }
    const isThere = edits.value.added.some(({ id }) => id === row.id);
    const line = { id: isThere ? row.id : newId(), ...cells };
    edits.value.added = isThere
      ? edits.value.added.map((one) => (one.id === row.id ? line : one))
      : [...edits.value.added, { ...line, validFrom: line.validFrom || effective.value }];
  }

  return {
    edits,
    before,
    undo,
    mayEdit,
    isUnedited: computed(() => isUnedited(edits.value)),
    /** Another draft lies in the grid: what was done to the last one cannot be taken back in this one. */
    beginAnew(): void {
      before.value = [];
    },
    drop(): void {
      before.value = [];
      drop();
    },
    write(row: CatalogueRow, column: Column, text: string): void {
      if (!mayEdit(row, column) || names.meant(column, text) === row.cells[column]) return;
      remember();
      put(row, written(row, column, text));
    },
    add(cells: Partial<Cells> = {}): string {
      remember();
      const id = newId();
      edits.value.added = [
        ...edits.value.added,
        { ...EMPTY_CELLS, validFrom: effective.value, ...cells, id },
      ];
      return id;
    },
    /** A new line is gone; one that stands is taken out when the draft is published, and comes back when asked again. */
    remove(row: CatalogueRow): void {
      if (row.state === 'gap') return;
      remember();
      if (row.base === null) edits.value.added = edits.value.added.filter(({ id }) => id !== row.id);
      else if (row.state === 'removed')
        edits.value.removed = edits.value.removed.filter((id) => id !== row.id);
      else {
        edits.value.removed = [...edits.value.removed, row.id];
        const { [row.id]: _, ...others } = edits.value.changed;
        edits.value.changed = others;
      }
    },
    /** As it was before it was changed. */
    restore(row: CatalogueRow): void {
      remember();
      const { [row.id]: _, ...others } = edits.value.changed;
      edits.value.changed = others;
      edits.value.removed = edits.value.removed.filter((id) => id !== row.id);
    },
    /** A block from a spreadsheet, from a cell on; below the last line new ones begin. Returns how many cells were not taken. */
    paste(
      rows: readonly CatalogueRow[],
      at: number,
      column: Column,
      block: readonly (readonly string[])[],
    ): number {
      remember();
      const first = COLUMNS.indexOf(column);
      let refused = 0;
      for (const [down, line] of block.entries()) {
        const row = rows[at + down] ?? { id: '', state: 'new', base: null, cells: EMPTY_CELLS };
        let { cells } = row;
        for (const [right, text] of line.entries()) {
          const here = COLUMNS[first + right];
          if (here === undefined) continue;
          if (mayEdit(row, here)) cells = written({ ...row, cells }, here, text);
          else if (names.meant(here, text) !== cells[here]) refused += 1;
        }
        if (JSON.stringify(cells) !== JSON.stringify(row.cells)) put(row, cells);
      }
      return refused;
    },
  };
}
