import { AppError } from '../errors.ts';

// Why the clock could not do what was due, as it is kept with the version.

/** `refused`: by the rules, until somebody changes something. `forNow`: it is tried again. */
export interface HeldWhy {
  readonly kind: 'refused' | 'forNow';
  /** Null: no refusal of ours; `words` says what there is to say, in whatever language. */
  readonly refusal: { readonly code: string; readonly data: Readonly<Record<string, unknown>> } | null;
  readonly words: string;
}

const FOR_NOW = '暂未成功，将再试 will be tried again: ';

const wordsOf = (error: unknown): string => {
  if (error instanceof AppError) return `${error.code} ${JSON.stringify(error.data)}`;
  return error instanceof Error ? error.message : String(error);
};
export const heldByRefusal = (error: AppError): string => wordsOf(error);
export const heldForNow = (error: unknown): string => `${FOR_NOW}${wordsOf(error)}`;

/** What cannot be read is words, as it was kept before. */
export function readHeldWhy(because: string): HeldWhy {
  const isForNow = because.startsWith(FOR_NOW);
  const words = isForNow ? because.slice(FOR_NOW.length) : because;
  return { kind: isForNow ? 'forNow' : 'refused', refusal: refusalIn(words), words };
}

function refusalIn(words: string): HeldWhy['refusal'] {
  const [, code, written] = /^([a-z][A-Za-z]*\.[A-Za-z]+) (\{.*\})$/s.exec(words) ?? [];
  if (code === undefined || written === undefined) return null;
  try {
    return { code, data: JSON.parse(written) as Readonly<Record<string, unknown>> };
  } catch {
    // Somebody's words that look alike.
    return null;
  }
}
