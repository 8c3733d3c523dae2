import { type CatalogueRow, COLUMNS } from './cells.ts';
import type { Names } from './names.ts';

export const SHOWS = ['all', 'edited', 'wrong', 'gaps'] as const;
export type Show = (typeof SHOWS)[number];

/** Lines of this kind in which every word that was typed is found, by name or code; a line that is being written is always there. */
export function lookedFor(
  rows: readonly CatalogueRow[],
  { wanted, show }: { readonly wanted: string; readonly show: Show },
  names: Names,
  isWrong: (row: CatalogueRow) => boolean,
): readonly CatalogueRow[] {
  const words = wanted
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const has = (row: CatalogueRow): boolean => {
    if (words.length === 0 || row.state === 'new') return true;
    const text = COLUMNS.flatMap((column) => [row.cells[column], names.shown(column, row.cells[column])])
      .concat(names.categoryPath(row.cells.category))
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const fits: Readonly<Record<Show, (row: CatalogueRow) => boolean>> = {
    all: () => true,
    edited: ({ state }) => state !== 'same' && state !== 'gap',
    wrong: isWrong,
    gaps: ({ state }) => state === 'gap',
  };
  return rows.filter((row) => fits[show](row) && has(row));
}
