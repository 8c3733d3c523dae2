import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { AppError } from '../errors.ts';
import type { CallerNotes } from '../ports/caller-notes.ts';
import type { PageAsked } from '../ports/page.ts';

type Listed = ReturnType<CallerNotes['list']>;

/** What is noted of callers, last changed first; of one alone by his number as people write it. Refuses with `caller.numberInvalid`. */
export function listCallerNotes({ callerNotes }: { readonly callerNotes: CallerNotes }) {
  return async ({ number: written, ...page }: PageAsked & { readonly number?: string }): Listed => {
    if (written === undefined) return await callerNotes.list(page);
    const number = normaliseNumber(written, await callerNotes.areaCode());
    if (number === null) throw new AppError('caller.numberInvalid');
    return await callerNotes.list({ ...page, number });
  };
}
