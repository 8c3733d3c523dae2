import { addDays } from '../../domain/deadlines/local-time.ts';
import type { TableCells } from '../knowledge/imports/tables.ts';

/**
 * The places of the sample with their days moved, all by as many, so that the latest is the day on which it is sown: earlier, and
 * every unit would be asked about places on its first day; later, and nobody can have looked at them.
 */
export function lookedAtLately(places: TableCells, today: string): TableCells {
  const [heads = [], ...rows] = places;
  const at = heads.indexOf('verified_on');
  const newest = rows
    .map((row) => row[at] ?? '')
    .sort()
    .at(-1);
  if (newest === undefined || newest === '') return places;
  const later = Math.round((Date.parse(today) - Date.parse(newest)) / 86_400_000);
  const moved = (cell: string, nth: number) => (nth === at && cell !== '' ? addDays(cell, later) : cell);
  return [heads, ...rows.map((row) => row.map(moved))];
}
