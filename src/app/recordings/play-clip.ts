import { type ClipCut, silences } from '../../domain/recordings/clip.ts';
import type { Stretch } from '../../domain/recordings/judge.ts';
import { MAIN_SEGMENT } from '../../domain/recordings/recording-table.ts';
import { AppError } from '../errors.ts';
import type { AuditTrail } from '../ports/audit.ts';
import type { Clip, ClipBook } from '../ports/clips.ts';
import type { RecordingBook } from '../ports/recordings.ts';
import type { TicketBook } from '../ports/tickets.ts';
import { readTicket } from '../tickets/read-tickets.ts';
import type { Asker } from './ask-clip.ts';

/** What is to be played: from which file below the folder of recordings, and what of the piece is silence. */
export interface ClipSound {
  readonly clip: Clip;
  readonly file: string;
  readonly cut: ClipCut;
  readonly silent: readonly Stretch[];
}

/**
 * Each hearing of a piece is on record before it is heard, and only who may see its ticket at that moment hears it: a unit
 * from which the ticket was taken has no business with the voice any more. Codes: clip.unknown (also of another unit's),
 * ticket.unknown, clip.notApproved, clip.over, recording.none.
 */
export function playClip(deps: {
  readonly recordings: RecordingBook;
  readonly clips: ClipBook;
  readonly audit: AuditTrail;
  readonly tickets: TicketBook;
}) {
  const read = readTicket(deps);
  return async (asked: {
    readonly clipId: string;
    readonly auditId: string;
    readonly atMs: number;
    readonly by: Asker & { readonly accountId: string };
  }): Promise<ClipSound> => {
    const { by, atMs } = asked;
    const clip = await deps.clips.find(asked.clipId);
    if (clip === null || (by.unitCode !== null && clip.unitCode !== by.unitCode))
      throw new AppError('clip.unknown');
    await read(clip.ticketId, by);
    if (clip.state === 'ended') throw new AppError('clip.over');
    if (clip.state !== 'approved' || clip.cut === null || clip.until === null)
      throw new AppError('clip.notApproved');
    if (Date.parse(clip.until) <= atMs) throw new AppError('clip.over');
    const main = (await deps.recordings.ofCall(clip.callId)).find(({ segment }) => segment === MAIN_SEGMENT);
    if (main?.file == null) throw new AppError('recording.none');
    const { accountId, address, requestId } = by;
    await deps.audit.add({
      id: asked.auditId,
      ...{ atMs, accountId, action: 'call.clipPlayed', subjectKind: 'call', subjectId: clip.callId },
      reason: `${clip.unitCode}: ${clip.purpose}`,
      address,
      requestId,
    });
    return { clip, file: main.file, cut: clip.cut, silent: silences(clip.cut, main.gaps) };
  };
}
