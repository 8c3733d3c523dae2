import { type ClipCut, type ClipMove, clipLeads, cutFault } from '../../domain/recordings/clip.ts';
import { MAIN_SEGMENT } from '../../domain/recordings/recording-table.ts';
import { AppError } from '../errors.ts';
import type { AuditTrail } from '../ports/audit.ts';
import type { ClipBook } from '../ports/clips.ts';
import type { RecordingBook } from '../ports/recordings.ts';
import type { Database } from '../ports/transaction.ts';

export interface ClipVerdict {
  readonly clipId: string;
  readonly auditId: string;
  readonly move: ClipMove;
  readonly reason: string;
  readonly atMs: number;
  readonly by: {
    readonly accountId: string;
    /** null: somebody of the hotline. */
    readonly unitCode: string | null;
    readonly address: string;
    readonly requestId: string;
  };
  /** To approve. */
  readonly cut?: ClipCut;
  readonly untilMs?: number;
}

/**
 * Somebody of the hotline, other than who asked, cuts the piece and approves it, refuses it, or takes it back. Codes: clip.unknown,
 * clip.ownRequest, clip.decided, clip.noRecording, clip.cutInvalid.
 */
export function decideClip(deps: {
  readonly database: Database;
  readonly recordings: RecordingBook;
  readonly clips: ClipBook;
  readonly audit: AuditTrail;
}) {
  return async (verdict: ClipVerdict): Promise<void> => {
    const { clipId, move, reason, atMs, by, cut, untilMs } = verdict;
    const clip = await deps.clips.find(clipId);
    if (clip === null) throw new AppError('clip.unknown', { id: clipId });
    // Nor does a colleague in the unit, whatever roles he has beside: it is the hotline that lets it hear.
    if (by.unitCode !== null || clip.askedBy.id === by.accountId) throw new AppError('clip.ownRequest');
    const state = clipLeads(clip.state, move);
    if (state === null || state === 'asked') throw new AppError('clip.decided', { state: clip.state });
    if (cut !== undefined) {
      const recordings = await deps.recordings.ofCall(clip.callId);
      const main = recordings.find(({ segment }) => segment === MAIN_SEGMENT);
      if (main?.durationMs == null) throw new AppError('clip.noRecording', { state: main?.state ?? null });
      const fault = cutFault(cut, main.durationMs);
      if (fault !== null) throw new AppError('clip.cutInvalid', { fault, durationMs: main.durationMs });
    }
    await deps.database.transact(async (tx) => {
      const decision = {
        ...{ state, by: by.accountId, atMs, reason },
        ...(cut === undefined ? {} : { cut }),
        ...(untilMs === undefined ? {} : { untilMs }),
      };
      if (!(await deps.clips.decide(clipId, clip.state, decision, tx)))
        throw new AppError('clip.decided', { state: clip.state });
      const { accountId, address, requestId } = by;
      const what = { action: 'call.clipDecided', subjectKind: 'call', subjectId: clip.callId } as const;
      const told = `${move} ${clip.unitCode}: ${reason}`;
      await deps.audit.add(
        { id: verdict.auditId, atMs, accountId, ...what, reason: told, address, requestId },
        tx,
      );
    });
  };
}
