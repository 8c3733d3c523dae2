import { isUnsettled } from '../api/problem.ts';

/** A UUID also where the page came over plain HTTP, and `crypto.randomUUID` is not to be had. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * One key for each wish of a person. Pressed again after an answer that did not come, it is the same wish under the same
 * key; once carried out, the next press is another.
 */
export function useIntentions() {
  const keys = new Map<string, string>();
  return {
    /** `wish`: what is wanted, with everything that makes it another wish. */
    keyOf(wish: string): string {
      const key = keys.get(wish) ?? newKey();
      keys.set(wish, key);
      return key;
    },
    done(wish: string): void {
      keys.delete(wish);
    },
    /** A refusal is an answer: pressed again it is another wish. What nobody can say is none. */
    refused(wish: string, error: unknown): void {
      if (!isUnsettled(error)) keys.delete(wish);
    },
  };
}
