import type { TableCells } from '../knowledge/imports/tables.ts';

/**
 * The places of the sample as of the day on which it is sown. Its days are those of the release; nobody can have looked at a
 * place on a day that is yet to come where the sample is sown, so that is taken for today.
 */
export function seenByToday(places: TableCells, today: string): TableCells {
  const [heads = [], ...rows] = places;
  const at = heads.indexOf('verified_on');
  return [heads, ...rows.map((row) => row.map((cell, nth) => (nth === at && cell > today ? today : cell)))];
}
