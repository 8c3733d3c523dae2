/** What a field of the rules may hold: a word, a figure, or data without behaviour. */
export type FieldValue = string | number | boolean | null | object;

/** One text for equal contents, in whatever order the fields were written. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : held,
  );
}

export const sameContent = (a: FieldValue, b: FieldValue): boolean =>
  a === b ||
  (typeof a === 'object' &&
    typeof b === 'object' &&
    a !== null &&
    b !== null &&
    canonical(a) === canonical(b));
