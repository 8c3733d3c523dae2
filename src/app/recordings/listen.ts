import { MAIN_SEGMENT } from '../../domain/recordings/recording-table.ts';
import { AppError } from '../errors.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { Listen, ListenBook } from '../ports/listens.ts';
import type { RecordingBook } from '../ports/recordings.ts';
import type { Database } from '../ports/transaction.ts';

/** One sitting: the longest recording can be heard twice within it. */
export const LISTEN_FOR_MS = 8 * 3_600_000;

/**
 * Somebody who may hear a call's recording says what for; from then on it plays under the id of that listening, as
 * often and in whatever pieces a player asks for. Codes: recording.none, recording.notStored, recording.failed.
 */
export function listen(deps: {
  readonly database: Database;
  readonly recordings: RecordingBook;
  readonly listens: ListenBook;
  readonly audit: AuditTrail;
}) {
  return async (
    asked: Omit<Listen, 'untilMs'> & Pick<AuditEntry, 'address' | 'requestId'>,
  ): Promise<Listen> => {
    const { callId, segment } = asked;
    const found = (await deps.recordings.ofCall(callId)).find((one) => one.segment === segment);
    if (found === undefined || found.state === 'notRequested') throw new AppError('recording.none');
    if (found.state === 'started') throw new AppError('recording.notStored');
    if (found.state === 'failed') throw new AppError('recording.failed', { fault: found.fault });
    const { id, accountId, purpose, atMs, address, requestId } = asked;
    const listening: Listen = {
      id,
      callId,
      segment,
      accountId,
      purpose,
      atMs,
      untilMs: atMs + LISTEN_FOR_MS,
    };
    await deps.database.transact(async (tx) => {
      await deps.listens.add(listening, tx);
      const what = { action: 'call.recordingPlayed', subjectKind: 'call', subjectId: callId } as const;
      const reason = segment === MAIN_SEGMENT ? purpose : `${segment}: ${purpose}`;
      await deps.audit.add({ id, atMs, accountId, ...what, reason, address, requestId }, tx);
    });
    return listening;
  };
}
