/** The so many of a long list that come first, without keeping the rest: batch upon batch. */
export function soonest<T>(
  kept: readonly T[],
  more: readonly T[],
  at: (one: T) => number,
  most: number,
): readonly T[] {
  if (more.length === 0) return kept;
  return [...kept, ...more].toSorted((one, other) => at(one) - at(other)).slice(0, most);
}
