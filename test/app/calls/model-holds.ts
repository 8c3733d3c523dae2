import { expect } from 'vitest';

// What is looked at after each of a million steps: an `expect` costs more than what it looks at, so it is asked only where
// something does not hold, and for its words.

type Words = () => string;

/** Both are the same, as `toBe`. */
export function is<T>(found: T, wanted: T, words?: Words): void {
  if (!Object.is(found, wanted)) expect(found, words?.()).toBe(wanted);
}

export function holds(fact: boolean, words?: Words): void {
  if (!fact) expect(fact, words?.()).toBe(true);
}

/** One of these. */
export function among<T>(found: T, wanted: readonly T[], words?: Words): void {
  if (!wanted.includes(found)) expect(wanted, words?.()).toContain(found);
}

export function empty(found: readonly unknown[], words?: Words): void {
  if (found.length > 0) expect(found, words?.()).toEqual([]);
}
