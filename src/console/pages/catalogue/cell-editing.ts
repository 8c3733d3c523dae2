import { ref } from 'vue';
import type { CatalogueRow, Column } from './cells.ts';

/** The cell at which its reader stands. */
export interface CellHere {
  readonly row: CatalogueRow;
  readonly column: Column;
}

/** One cell at a time is written into: closed, it is told what it is to be, or left as it was. */
export function useCellEditing(of: {
  readonly here: () => CellHere | null;
  readonly mayEdit: (cell: CellHere) => boolean;
  readonly shown: (cell: CellHere) => string;
  readonly write: (cell: CellHere, text: string) => void;
}) {
  const editing = ref(false);
  const typed = ref('');
  /** By a letter, which stands in the cell already. */
  const begun = ref(false);
  return {
    editing,
    typed,
    begun,
    open(text?: string): void {
      const cell = of.here();
      if (cell === null || !of.mayEdit(cell)) return;
      typed.value = text ?? of.shown(cell);
      begun.value = text !== undefined;
      editing.value = true;
    },
    close(isKept: boolean): void {
      if (!editing.value) return;
      editing.value = false;
      const cell = of.here();
      if (isKept && cell !== null) of.write(cell, typed.value);
    },
  };
}
