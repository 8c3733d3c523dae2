import type { DispatchLessons, Lesson, TeachingLine } from '../ports/dispatch-lessons.ts';
import { matterOf } from './matter-of.ts';
import { type SuggestDeps, suggestAt } from './suggest-units.ts';

/** A line that was written while we looked is seen by a later look back. */
const LOOK_BACK_MS = 7 * 86_400_000;
const BATCH = 100;

const CHOICES: readonly TeachingLine['move'][] = ['dispatch', 'coordinateAnyway', 'acceptReturn'];

/**
 * Reads what dispatchers chose and what became of it off the tickets' time lines: what would have been suggested at
 * that moment, by the catalogue and the experience of that moment. Apart from the moves themselves, so that none of
 * them waits for it; each line teaches once, whoever reads it. Returns how many.
 */
export function learnLessons(deps: SuggestDeps & { readonly dispatchLessons: DispatchLessons }) {
  const suggest = suggestAt(deps);
  const lessonOf = async (line: TeachingLine): Promise<Lesson> => {
    const { version: _newest, ...matter } = await matterOf(deps.dispatchCatalogue, line);
    const key = {
      category: line.categoryCode,
      area: matter.areas[0] ?? '',
      asset: matter.assets[0] ?? '',
    };
    if (!CHOICES.includes(line.move)) return { ...key, line, suggested: null };
    const version = await deps.dispatchLessons.catalogueVersionAt(line.at);
    const { suggestions } = await suggest(line, { ms: line.at - 1, version });
    return { ...key, line, suggested: suggestions.map(({ unitCode }) => unitCode) };
  };
  return async (): Promise<number> => {
    const lines = await deps.dispatchLessons.unread(deps.now() - LOOK_BACK_MS, BATCH);
    const lessons: Lesson[] = [];
    for (const line of lines) lessons.push(await lessonOf(line));
    if (lessons.length > 0) await deps.dispatchLessons.add(lessons);
    return lines.length;
  };
}
