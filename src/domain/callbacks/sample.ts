import { GRADES } from '../rating/grades.ts';
import type { VisitAnswers } from './visit-answers.ts';

/** A visit that ended a ticket, as far as drawing it needs: who was asked about, and an id that no one chose. */
export interface SampledVisit {
  readonly id: string;
  readonly unitCode: string | null;
}

/**
 * The visits of a day that are made once more, by somebody else (G7): of each unit so many percent, rounded up, so that a
 * small unit is looked at too. Seeded by the day: who knows it can draw again and gets the same, and nobody can choose.
 */
export function drawSample<T extends SampledVisit>(
  visits: readonly T[],
  { day, percent }: { readonly day: string; readonly percent: number },
): readonly T[] {
  const byUnit = new Map<string, T[]>();
  for (const visit of visits) {
    const unit = visit.unitCode ?? '';
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), visit]);
  }
  return [...byUnit.keys()].sort().flatMap((unit) => {
    const ranked = (byUnit.get(unit) ?? [])
      .map((visit) => ({ visit, rank: rankOf(`${day}\n${visit.id}`) }))
      .sort((a, b) => a.rank - b.rank || (a.visit.id < b.visit.id ? -1 : 1));
    return ranked.slice(0, Math.ceil((ranked.length * percent) / 100)).map(({ visit }) => visit);
  });
}

/** FNV-1a, 32 bits, stirred once more: neighbours in the alphabet are no neighbours in the draw. */
function rankOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Content in one's own count of three answers: solved, and the result good enough. */
export const isContent = ({ resolved, result }: Pick<VisitAnswers, 'resolved' | 'result'>): boolean =>
  resolved && GRADES[result].satisfied;

/** The second word takes back the first: it was told that he was content, and he is not (false satisfaction). */
export const isFalseContent = (
  first: Pick<VisitAnswers, 'resolved' | 'result'>,
  second: Pick<VisitAnswers, 'resolved' | 'result'>,
): boolean => isContent(first) && !isContent(second);
