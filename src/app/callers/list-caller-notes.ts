import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { AppError } from '../errors.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { CallerNotes } from '../ports/caller-notes.ts';
import type { PageAsked } from '../ports/page.ts';

type Listed = ReturnType<CallerNotes['list']>;

interface ListCallerNotesDeps {
  readonly callerNotes: CallerNotes;
  readonly audit: AuditTrail;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What is noted of callers, last changed first. */
export function listCallerNotes({ callerNotes }: Pick<ListCallerNotesDeps, 'callerNotes'>) {
  return async (page: PageAsked): Listed => await callerNotes.list(page);
}

/**
 * Of one caller alone, by his number as people write it. It tells whose a masked number is, and so it is on record before
 * anything is shown (invariant 10). Refuses with `caller.numberInvalid`.
 */
export function seekCallerNotes({ callerNotes, audit, now, newId }: ListCallerNotesDeps) {
  return async (
    { number: written, ...page }: PageAsked & { readonly number: string },
    onRecord: Pick<AuditEntry, 'accountId' | 'address' | 'requestId'>,
  ): Listed => {
    const number = normaliseNumber(written, await callerNotes.areaCode());
    if (number === null) throw new AppError('caller.numberInvalid');
    await audit.add({
      ...{ ...onRecord, id: newId(), atMs: now(), action: 'caller.notesSought', reason: '' },
      ...{ subjectKind: 'caller', subjectId: await callerNotes.subjectOf(number) },
    });
    return await callerNotes.list({ ...page, number });
  };
}
