import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { AppError } from '../errors.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { CallerNote, CallerNotes } from '../ports/caller-notes.ts';
import type { Database } from '../ports/transaction.ts';

export interface NoteCallerRequest {
  /** By number, or by a call: an agent does not see the numbers of callers. */
  readonly caller: { readonly number: string } | { readonly callId: string };
  readonly vulnerable: boolean;
  readonly language: string | null;
  readonly note: string;
  readonly by: string;
}

export interface NoteCallerDeps {
  readonly database: Database;
  readonly callerNotes: CallerNotes;
  readonly audit: AuditTrail;
  readonly now: () => number;
  readonly newId: () => string;
}

type OnRecord = Pick<AuditEntry, 'accountId' | 'address' | 'requestId'>;

/** Refuses with `call.unknown`, `caller.withheld`, `caller.numberInvalid`. Counts from the caller's next call on. */
export function noteCaller(deps: NoteCallerDeps) {
  return async (request: NoteCallerRequest, onRecord: OnRecord): Promise<CallerNote> => {
    const number = await numberOf(deps, request.caller);
    const { vulnerable, language, by: notedBy } = request;
    const note = request.note.replace(/[^\P{Cc}\n]|\p{Cs}/gu, '').trim();
    const atMs = deps.now();
    return deps.database.transact(async (tx) => {
      const id = deps.newId();
      const written = await deps.callerNotes.write(
        { id, number, vulnerable, language, note, notedBy, atMs },
        tx,
      );
      await deps.audit.add(
        {
          ...onRecord,
          id: deps.newId(),
          atMs,
          action: 'caller.noted',
          subjectKind: 'callerNote',
          subjectId: written.id,
          reason: note,
        },
        tx,
      );
      return written;
    });
  };
}

async function numberOf(
  { callerNotes }: NoteCallerDeps,
  caller: NoteCallerRequest['caller'],
): Promise<string> {
  if ('number' in caller) {
    const number = normaliseNumber(caller.number, await callerNotes.areaCode());
    if (number === null) throw new AppError('caller.numberInvalid');
    return number;
  }
  const { callId } = caller;
  const raw = await callerNotes.callerOf(callId);
  if (raw === null) throw new AppError('call.unknown', { call: callId });
  const number = normaliseNumber(raw, await callerNotes.areaCode());
  if (number === null) throw new AppError('caller.withheld', { call: callId });
  return number;
}
