import { AppError } from '../errors.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { NoteCallerDeps } from './note-caller.ts';

/** Refuses with `callerNote.unknown`. */
export function removeCallerNote(deps: NoteCallerDeps) {
  return async (
    id: string,
    reason: string,
    onRecord: Pick<AuditEntry, 'accountId' | 'address' | 'requestId'>,
  ): Promise<void> => {
    await deps.database.transact(async (tx) => {
      if (!(await deps.callerNotes.remove(id, tx))) throw new AppError('callerNote.unknown', { note: id });
      await deps.audit.add(
        {
          ...onRecord,
          id: deps.newId(),
          atMs: deps.now(),
          action: 'caller.noteRemoved',
          subjectKind: 'callerNote',
          subjectId: id,
          reason,
        },
        tx,
      );
    });
  };
}
